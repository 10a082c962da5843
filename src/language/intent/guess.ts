import { normalise } from "../normalise.ts";
import { momentOf } from "../when/moment.ts";
import { readPhrases } from "../when/when.ts";

/** What a client may have meant, and what a practitioner may have. */
export type Meaning = "book" | "bookings" | "move" | "cancel" | "packages" | "help" | "requests" | "today" | "time-off";

/** Words that hint at a meaning. Each one found counts once. */
const signs: Readonly<Record<"client" | "practitioner", readonly (readonly [Meaning, readonly RegExp[]])[]>> = {
  client: [
    [
      "book",
      [
        /\b(?:book|booking|schedule|arrange|reserve|request)\b/,
        /\b(?:want|need|like|wish|looking|could|can)\b/,
        /\b(?:slots?|times?|available|free|open)\b/,
        /\b(?:see|come|visit|meet|new|another)\b/,
        /<[dtwpsbai]\d+>/,
      ],
    ],
    [
      "bookings",
      [
        /\b(?:my|mine|have|had|i've)\b/,
        /\b(?:sessions?|appointments?|bookings?|visits?)\b/,
        /\b(?:when|next|upcoming|what time|where|past|last)\b/,
      ],
    ],
    [
      "move",
      [
        /\b(?:move|change|switch|swap|shift|resched\w*|postpone|delay|push|different|instead|rather|other)\b/,
        /\b(?:later|earlier|late)\b/,
        /\b(?:can't|cannot|won't|not|might not|unable|busy|clash\w*)\b/,
        /\bmake it\b/,
      ],
    ],
    [
      "cancel",
      [
        /\b(?:cancel\w*|drop|skip|call off|delete|remove|miss)\b/,
        /\b(?:can't|cannot|won't|not|might not|unable|no longer)\b/,
        /\b(?:make it|come|attend)\b/,
      ],
    ],
    ["packages", [/\b(?:packages?|credits?|bundle|pack)\b/, /\b(?:left|remaining|expire\w*)\b/]],
    ["help", [/\b(?:how|help|why|problem|wrong|human|someone|question)\b/, /\b(?:talk|speak|call|contact|phone)\b/]],
  ],
  practitioner: [
    ["requests", [/\b(?:requests?|waiting|new|pending|confirm\w*|accept\w*|anything)\b/, /\b(?:what|any|anybody)\b/]],
    [
      "today",
      [/\b(?:today|day|now)\b/, /\b(?:who|what|when|clients?|coming|next)\b/, /\b(?:sessions?|appointments?)\b/],
    ],
    [
      "bookings",
      [
        /\b(?:sessions?|appointments?|bookings?|calendar|schedule|diary|agenda)\b/,
        /\b(?:move|cancel\w*|change|late|missed|show)\b/,
        /<[dtwpsbai]\d+>/,
      ],
    ],
    [
      "time-off",
      [
        /\b(?:off|away|out|block|holiday|vacation|leave|close|free|busy|break|lunch)\b/,
        /\b(?:can't|cannot|won't|not|no)\b/,
        /<[dtwpsbai]\d+>/,
      ],
    ],
    ["help", [/\b(?:how|help|why|problem|wrong|question)\b/]],
  ],
};

const anyMoment = momentOf({ nowMs: 0, zone: "UTC" });
const most = 3;

/** The three likeliest meanings of words that no rule is sure of, likeliest first. Always exactly three. */
export function guessMeanings(text: string, role: "client" | "practitioner"): readonly Meaning[] {
  const said = normalise(text);
  const { text: marked } = readPhrases(said, anyMoment);
  const scored = signs[role].map(([meaning, patterns]) => ({
    meaning,
    score: patterns.filter((pattern) => pattern.test(said) || pattern.test(marked)).length,
  }));
  // The sort is stable: equal counts keep the order of the list, which begins with the most common meanings.
  return scored
    .toSorted((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ meaning }) => meaning);
}

import { type Sentence, type Span, spanOf } from "./sentence.ts";

/** Days that the grammar cannot date: feasts, school breaks, seasons. */
const undated =
  "(?:easter|christmas|xmas|boxing day|new year|thanksgiving|hallowe'?en|ramadan|eid|passover|hanukkah|diwali|lent|carnival|half term|term|(?:bank|public|school|summer|christmas|easter) holidays?|(?:spring|summer|winter|autumn) break)(?:'s)?(?: (?:day|eve|holidays?|break|weekend|week))?";
const season = "(?:spring|summer|autumn|winter)";
/** An event that a time is counted from. Pronouns start a clause about something else. */
const event =
  "(?:the |my |our |your |his |her |their )?(?!(?:the|my|our|your|his|her|their|all|that|this|these|it|them|which|what|when|i|i'm|i've|you|we|they|he|she|a|an|and|or|to|of|for|on|in|at|as|if|not|then|now|work|noon)\\b)[\\p{L}'-]{2,}(?: (?!(?:i|you|we|they|he|she|it|is|was|are|please|and|or|but|if|with|on|at|for|in|to|of)\\b)[\\p{L}'-]+){0,2}";

const phrases = new RegExp(
  [
    `\\b(?:(?:some ?time |any ?time |right |just |shortly )?(?:after|before|until|by|since|during|over|around|at|for|from|on) )?(?:the )?${undated}\\b`,
    `\\b(?:in|during|this|next|early|late|until|by|before|after)(?: the)? ${season}\\b`,
    `\\b(?:on|by|until|from|after|before) (?:the )?\\d{1,3}(?:st|nd|rd|th)\\b(?! (?:one|1|session|appointment|option|slot|floor))`,
    `\\b(?:the )?(?:day|week|month|morning|night) (?:of|before|after) ${event}`,
    `\\b(?:some ?time |any ?time |right |just |shortly )?(?:after|until|since|during) ${event}`,
    `\\bbefore (?:the |my |our )${event}`,
  ].join("|"),
  "gu",
);

/** Time phrases that no rule understood: "after easter", "during half term", "until my exam". */
export function unreadIn(sentence: Sentence): readonly Span[] {
  return [...sentence.text.matchAll(phrases)].map(({ index, 0: words }) =>
    spanOf(sentence, index, index + words.trimEnd().length),
  );
}

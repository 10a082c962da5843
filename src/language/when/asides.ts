import { mark, type Sentence } from "./sentence.ts";
import type { Want } from "./want.ts";

/** What "earliest" and "latest" may refer to: "the earliest slot you have". */
const ofSlots = "(?: (?:possible|available|you have|slot|time|appointment|session|opening|one))*";
const earliest = [
  "as (?:soon|early) as (?:possible|you can)",
  `(?:the )?(?:very )?(?:earliest|soonest)${ofSlots}`,
  `(?:the )?(?:very )?(?:1st|next) (?:available|free|open|possible)${ofSlots}`,
  "the sooner the better|right away|immediately",
];
const latest = [
  "as late as (?:possible|you can)",
  `(?:the )?(?:very )?latest${ofSlots}`,
  "(?:the )?last (?:slot|appointment|session|one) of the day",
];
/** "Any time" before a bound or a day adds nothing to that bound or day. */
const any = [
  "(?:at )?any ?time(?: is (?:fine|good|ok|okay))?(?! (?:before|after|between|from|next|this|in|during|until|by|on|but|except|other|<))",
  "whenever(?: (?:is fine|you can|works|you have time))?",
  "any day(?: is (?:fine|good|ok))?(?! (?:but|except|other))",
];

/** Which of the fitting times is wanted: "as soon as possible", "the latest you have", "any time". */
export function orders(sentence: Sentence): Sentence {
  const order = (read: Sentence, words: readonly string[], said: Want["order"]) =>
    mark(read, new RegExp(`\\b(?:${words.join("|")})\\b`, "g"), () => ({ kind: "order", order: said }));
  return order(order(order(sentence, earliest, "earliest"), latest, "latest"), any, "any");
}

/** Zones by name. Several: the abbreviation is used in more than one part of the world, so the desk asks. */
const zones: Readonly<Record<string, readonly string[]>> = {
  et: ["America/New_York"],
  est: ["America/New_York"],
  edt: ["America/New_York"],
  eastern: ["America/New_York"],
  "new york": ["America/New_York"],
  ct: ["America/Chicago"],
  cdt: ["America/Chicago"],
  central: ["America/Chicago"],
  chicago: ["America/Chicago"],
  cst: ["America/Chicago", "Asia/Shanghai"],
  mt: ["America/Denver"],
  mst: ["America/Denver"],
  mdt: ["America/Denver"],
  mountain: ["America/Denver"],
  pt: ["America/Los_Angeles"],
  pst: ["America/Los_Angeles"],
  pdt: ["America/Los_Angeles"],
  pacific: ["America/Los_Angeles"],
  "los angeles": ["America/Los_Angeles"],
  utc: ["UTC"],
  gmt: ["UTC"],
  london: ["Europe/London"],
  uk: ["Europe/London"],
  bst: ["Europe/London", "Asia/Dhaka"],
  dublin: ["Europe/Dublin"],
  lisbon: ["Europe/Lisbon"],
  wet: ["Europe/Lisbon"],
  cet: ["Europe/Paris"],
  cest: ["Europe/Paris"],
  berlin: ["Europe/Berlin"],
  paris: ["Europe/Paris"],
  madrid: ["Europe/Madrid"],
  amsterdam: ["Europe/Amsterdam"],
  eet: ["Europe/Athens"],
  ist: ["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"],
  india: ["Asia/Kolkata"],
  singapore: ["Asia/Singapore"],
  sgt: ["Asia/Singapore"],
  tokyo: ["Asia/Tokyo"],
  jst: ["Asia/Tokyo"],
  sydney: ["Australia/Sydney"],
  aest: ["Australia/Sydney"],
  aedt: ["Australia/Sydney"],
};
/** "mt", "et", "uk" and city names are zones only directly after a clock time or with the word "time". */
const zonePattern = new RegExp(
  `(?<=<[twb]\\d+> ?)\\(?(${Object.keys(zones).join("|")})(?: (?:standard |daylight )?time)?\\b\\)?|\\b(${Object.keys(zones).join("|")}) (?:standard |daylight )?time\\b`,
  "g",
);

/** "3pm ET", "10:00 London time". */
export function zoneNames(sentence: Sentence): Sentence {
  return mark(sentence, zonePattern, ([, beside, named]) => {
    const said = zones[beside ?? named ?? ""];
    return said && { kind: "zone", zones: said };
  });
}

import { mark, type Sentence } from "./sentence.ts";

/** "as soon as possible", "the earliest you have", "any time", "the last one of the day". */
export function orders(sentence: Sentence): Sentence {
  const earliest = mark(
    sentence,
    /\b(?:as soon as (?:possible|you can)|as early as (?:possible|you can)|the soonest|soonest|the earliest(?: (?:possible|available|you have|slot|time|appointment|one))*|earliest(?: (?:possible|available|slot|time|appointment))*|(?:the )?(?:1st|next) available(?: (?:slot|time|appointment|one))?|(?:the )?next (?:free|open) (?:slot|time|appointment|one)|(?:the )?1st (?:free|open|possible) (?:slot|time|appointment)|(?:the )?sooner the better|right away|immediately)\b/g,
    () => ({ kind: "order", order: "earliest" }),
  );
  const latest = mark(
    earliest,
    /\b(?:as late as (?:possible|you can)|(?:the )?latest(?: (?:possible|available|you have|slot|time|appointment|one))*|(?:the )?last (?:slot|appointment|session|one) of the day)\b/g,
    () => ({ kind: "order", order: "latest" }),
  );
  return mark(
    latest,
    /\b(?:at )?any ?time(?: is (?:fine|good|ok|okay))?(?! (?:before|after|between|from|next|this|in|during|until|by|on|but|except|other|<))|\bwhenever(?: (?:is fine|you can|works|you have time))?\b|\bany day(?: is (?:fine|good|ok))?\b(?! (?:but|except|other))/g,
    () => ({ kind: "order", order: "any" }),
  );
}

/** Zones people name. Several: the short form is used in more than one part of the world, so it is asked. */
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
/** "mt", "et", "uk" and city names are zones only right after a clock time or with the word "time". */
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

import { sessionNouns } from "../names/common-words.ts";

/** A pattern for any one of these words. Words are separated by blanks; `_` stands for a blank within a phrase. */
export function oneOf(...lists: readonly string[]): string {
  const words = lists.join(" ").trim().split(/\s+/);
  return `(?:${words.join("|").replaceAll("_", " ")})`;
}

/** A rule's pattern: one of these alternatives, each with a meaning of its own. */
export function eitherOf(...alternatives: readonly string[]): RegExp {
  return new RegExp(alternatives.join("|"));
}

/** Entries of other calendars, which people also mention to this desk. */
const entryNouns = "meeting event call conference calendar reservation plan schedule".split(" ");

/** Words for the details of a session that can be changed. */
const detailNouns = "time date day hour start duration length slot".split(" ");

/** What a noun phrase of an act is about. */
export type NounClass =
  | "practitioner"
  | "session"
  | "entry"
  | "detail"
  | "request"
  | "package"
  | "time off"
  | "account"
  | "plan";

const classes: ReadonlyMap<string, NounClass> = new Map([
  ...[...sessionNouns].map((noun) => [noun, "session"] as const),
  ...entryNouns.map((noun) => [noun, "entry"] as const),
  ...detailNouns.map((noun) => [noun, "detail"] as const),
  ...["request", "proposal", "offer"].map((noun) => [noun, "request"] as const),
  ...["package", "pack", "bundle", "credit"].map((noun) => [noun, "package"] as const),
  ...["off", "holiday", "vacation", "leave", "absence", "block"].map((noun) => [noun, "time off"] as const),
  ...["data", "account", "profile", "record", "information", "details"].map((noun) => [noun, "account"] as const),
  ...["series", "rhythm"].map((noun) => [noun, "plan"] as const),
]);

/** Who gives sessions, by profession. */
export const practitionerNoun =
  "(?:dr|doctor|dentist|therapist|practitioner|coach|trainer|stylist|counsell?or|specialist|physician|gp|barber|hairdresser|[a-z]{3,}(?:ologist|iatrist|itionist|therapist|opath|practor)|dietitian|physio|salon|clinic)(?:e?s)?";
const profession = new RegExp(`^${practitionerNoun}$`);

/** The class of a noun in singular or plural. Undefined: a noun that is none of this desk's business. */
export function classOf(noun: string): NounClass | undefined {
  const known = classes.get(noun) ?? classes.get(noun.replace(/s$/, "")) ?? classes.get(noun.replace(/es$/, ""));
  return known ?? (profession.test(noun) ? "practitioner" : undefined);
}

/** Session nouns as a pattern, for rules that name them next to other words. */
export const sessionNoun = `(?:${[...sessionNouns].join("|")})(?:e?s)?`;

import type { Verb } from "./act.ts";
import { type Mood, moodOf, moodOfIng, moodOfPast } from "./governed.ts";
import { type NounPhrase, nounPhraseAfter } from "./noun-phrase.ts";
import { formsOf, type VerbRule, verbRules } from "./verbs.ts";

/** An order found in a clause; offsets are of the clause. */
export interface Order {
  readonly verb: Verb;
  readonly mood: "do" | "do not";
  readonly from: number;
  readonly to: number;
  readonly object: NounPhrase;
  readonly certainty: number;
  readonly isParticiple?: true;
}

interface Form {
  readonly rule: VerbRule;
  readonly pattern: RegExp;
  readonly mood: (before: string) => Mood;
  /** A participle stands behind its object. */
  readonly objectBefore?: true;
}

const forms: readonly Form[] = verbRules.flatMap((rule) => {
  const { base, ing, past } = formsOf(rule);
  const word = (pattern: string) => new RegExp(`(?<![^ ])${pattern}(?= |$)`, "g");
  return [
    { rule, pattern: word(base), mood: moodOf },
    { rule, pattern: word(ing), mood: moodOfIng },
    ...(rule.strength === "strong" || rule.verb === "move"
      ? [{ rule, pattern: word(past), mood: moodOfPast, objectBefore: true as const }]
      : []),
  ];
});

/** The orders of a clause, in reading order. Of two verbs at one place the first of the table counts. */
export function ordersIn(clause: string, role: "client" | "practitioner"): readonly Order[] {
  const found: Order[] = [];
  for (const { rule, pattern, mood, objectBefore } of forms) {
    if (rule.role !== undefined && rule.role !== role) continue;
    for (const match of clause.matchAll(pattern)) {
      const before = clause.slice(0, match.index);
      const said = mood(before);
      if (said === "none") continue;
      const to = match.index + match[0].length;
      const object = nounPhraseAfter(objectBefore ? objectOfPast(before) : clause.slice(to));
      const certainty = certaintyOf(rule, object, clause.slice(to));
      if (certainty === 0) continue;
      const order = {
        verb: rule.verb,
        mood: said,
        from: match.index,
        to,
        object,
        certainty,
        ...(objectBefore && { isParticiple: objectBefore }),
      };
      if (!found.some((other) => order.from < other.to && other.from < order.to)) found.push(order);
    }
  }
  return found.sort((a, b) => a.from - b.from);
}

/** "I want my session cancelled": the object stands between the two verbs. */
function objectOfPast(before: string): string {
  return /\b(?:have|get|want|need|needs|like|see|be)\b(?: (?:to|be))* ?(.*)$/.exec(before)?.[1] ?? "";
}

function certaintyOf({ verb, strength, seesSomeone }: VerbRule, object: NounPhrase, after: string): number {
  const { head } = object;
  if (verb === "give package")
    return head === "other" || head === "none" || head === "pronoun"
      ? 0
      : /<package>|\bpackages?\b/.test(after) || head === "name"
        ? 0.9
        : 0;
  if (seesSomeone) return head === "practitioner" || head === "name" || head === "place" ? 0.8 : 0;
  if (verb === "book") return bookCertainty(strength, object, after);
  if (verb === "join") return head === "session" || head === "entry" || head === "time" || head === "name" ? 0.8 : 0;
  // An unknown thing on a day or in a calendar: "cancel my workout tomorrow". The card asks which session is meant.
  if (head === "other")
    return isDated(object, after, strength) && (verb === "cancel" || verb === "move")
      ? 0.75
      : strength === "strong" && verb !== "accept"
        ? verb === "cancel"
          ? 0.65
          : 0.4
        : 0;
  if (head === "none" || head === "pronoun") {
    // "Move it to Friday": a time after the pronoun shows that a session is meant.
    if (/<time>/.test(after)) return strength === "strong" ? 0.9 : verb === "move" ? 0.8 : 0.7;
    if (/<(?:service|person)>/.test(after)) return strength === "strong" ? 0.9 : 0.7;
    return strength === "strong" ? 0.7 : head === "none" ? 0 : 0.65;
  }
  if (head === "detail") return verb === "move" ? 0.85 : 0.5;
  if (head === "account" || head === "time off" || head === "package") return 0.5;
  return strength === "strong" ? 0.9 : 0.8;
}

/** "Cancel my workout", "delete the recital on Saturday": any entry of a calendar. */
function isDated({ isOwn }: NounPhrase, after: string, strength: VerbRule["strength"]): boolean {
  return (isOwn && strength === "strong") || /<time>|\b(?:calendar|schedule|agenda|diary)\b/.test(after);
}

function bookCertainty(
  strength: VerbRule["strength"],
  { head, isOwn, isNew, refs }: NounPhrase,
  after: string,
): number {
  const isSession = head === "session" || head === "name" || (head === "entry" && !/\breservations?\b/.test(after));
  if (isSession) return strength === "strong" ? 0.9 : isOwn && !isNew && !refs.includes("next") ? 0.5 : 0.85;
  if (strength === "weak") return 0;
  if (head === "practitioner" || head === "place") return 0.85;
  // An unknown service at a time: the booking card asks which service is meant.
  if (head === "other") return /<time>|\b(?:calendar|schedule)\b/.test(after) ? 0.6 : 0.3;
  if (head === "time" || /<time>|<(?:service|person|package)>/.test(after)) return 0.85;
  return 0.7;
}

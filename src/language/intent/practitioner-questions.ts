import type { QuestionRule } from "./question.ts";
import { oneOf, sessionNoun } from "./words.ts";

const client = oneOf("<person> he she they");
const anyone = oneOf("anyone anybody someone somebody who");
const did = "(?:did|does|do|has|have|had|is|are|was|will)(?:n't)?";
const lead = `(?:(?:${oneOf("and so ok but please hi hey tell_me do_you_know if whether ,")}) )*`;
const some = oneOf("any a an the some");
const mid = `(?:(?:${oneOf("already still ever even not really just yet")}) )*`;
const packages = oneOf("packages? packs? bundles? credits? <package>");
const reply = oneOf(
  "reply replies replied answer answers answered respond responded response react reacted react(?:ion)?",
);

/** "Did Ana …?": a question about what a client does. */
function doesClient(what: string): string {
  return `^${lead}${did} ${client} ${mid}${what}(?= |$)`;
}

/** A rule for practitioners, whose patterns say enough that other words of the clause do not matter. */
function rule(about: QuestionRule["about"], ...patterns: readonly string[]): QuestionRule {
  return { about, role: "practitioner", foreign: 9, says: new RegExp(patterns.join("|")) };
}

/** Questions of practitioners about their clients and their day, built from small parts. */
export const practitionerQuestions: readonly QuestionRule[] = [
  rule("unpaid", doesClient("(?:pay|paid|owe|owing|settle|settled)"), `^${lead}who owes(?= |$)`),
  rule(
    "package left",
    `${doesClient("(?:have|got|has|on)")}(?: (?!left)[^ ]+){0,3} ${packages}(?= |$)`,
    `^${lead}(?:which|what) ${packages} (?:has|does|is|do) ${client}(?= |$)`,
  ),
  rule(
    "reply",
    `^${lead}(?:is there |are there )?any ${reply}(?= |$)`,
    doesClient(reply),
    `^${lead}(?:who|${did} ${anyone}) ${mid}${reply}(?= |$)`,
  ),
  rule(
    "when",
    doesClient("(?:come|coming|be here|be in|show up|book|booked|cancel|cancelled|canceled|want|ask|asked)"),
    `^${lead}what (?:does|did|is) ${client} (?:want|need|ask|asking)(?= |$)`,
  ),
  rule("day", `^${lead}(?:what's |what is |how's |how is |show(?: me)? |and )?(?:the )?rest of (?:my|the) day(?= |$)`),
  rule(
    "day",
    `^${lead}(?:is|are|will) ${anyone} (?:coming|booked|in|here|there|come)(?= |$)`,
    `^${lead}who(?:'s| is| comes?| will)? (?:${oneOf("come comes 1st first last in coming be")} )*<time>$`,
    `^${lead}when (?:am i|do i|does my day|is my day|will i be) (?:done|finished|finish|end|over|start|begin)(?= |$)`,
    `^${lead}(?:anything|anyone|anybody|something) (?:on )?<time>(?: \\?)?$`,
  ),
  rule(
    "count",
    `^${lead}how many(?: (?:do i|have i|are there|are|i|${sessionNoun}))*(?: (?:have|got))?(?: (?:on|in|for))? <time>$`,
  ),
  rule(
    "not kept",
    `^${lead}how much (?:did|do|have|will) (?:i|we) (?:earn|earned|make|made|take|bill|billed)(?= |$)`,
    `^${lead}(?:what|how much) (?:is|was|are|were) (?:my|our) (?:${some} )?${oneOf("income revenue turnover earnings profit sales")}(?= |$)`,
    `^${lead}how many (?:no-?shows?|no shows?|cancell?ations)(?= |$)`,
    `^${lead}how long (?:has|have|is|was) ${client} been(?= |$)`,
  ),
];

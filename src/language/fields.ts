import type { QuestionType } from "../domain/practice.ts";
import { monthOf } from "./names/vocabulary.ts";
import { momentOf } from "./when/moment.ts";

/** The meaning of a text typed into a form field, in the form in which answers are stored. */
export type FieldRead =
  | { readonly is: "value"; readonly value: string }
  /** "Skip", "none", "I'd rather not say". */
  | { readonly is: "skipped" }
  /** The text has several readings. The desk asks, with a button for each. */
  | { readonly is: "unclear"; readonly values: readonly string[] }
  | { readonly is: "unread" };

const skips =
  /^(?:skip(?: (?:it|this|that|this one))?|pass|none|nothing|n\/?a|not applicable|no answer|no comment|-+|(?:i(?:'d| would)? )?(?:rather|prefer) not(?: to)?(?: (?:say|answer|tell(?: you)?))?|(?:i )?(?:don't|do not) want to (?:say|answer|tell you)|next(?: question)?)(?: please)?$/;

/** Whether a text declines to answer. Only an optional question may be skipped. */
function isSkip(text: string): boolean {
  return skips.test(fold(text).replace(/[.!]+$/, ""));
}

/**
 * Reads a text typed for a question, by the question's type and the practice's locale. `options` are those of a choice.
 * An option that reads like "skip" ("None") is an answer.
 *
 * ```ts
 * readField("date", "29/02/1980", { locale: "en-GB" }); // { is: "value", value: "1980-02-29" }
 * readField("number", "1,200", { locale: "en-US" }); // { is: "value", value: "1200" }
 * ```
 */
export function readField(
  type: QuestionType,
  text: string,
  { locale, options = [] }: { readonly locale: string; readonly options?: readonly string[] },
): FieldRead {
  const isOption = options.some((option) => fold(option) === fold(text));
  if (!isOption && isSkip(text)) return { is: "skipped" };
  switch (type) {
    case "phone":
      return valueOr(readPhone(text));
    case "date":
      return readDate(text, locale);
    case "number":
      return readNumber(text, locale);
    case "yes_no":
      return valueOr(yesNo(text));
    case "consent":
      return valueOr(yesNo(text));
    case "short_text":
    case "long_text":
      return { is: "value", value: text.trim() };
    case "choice":
    case "choices":
      return { is: "value", value: refusedOption(text, options) ?? text.trim() };
    default:
      return type satisfies never;
  }
}

/** "Not sure", "I don't know": no answer, although it has a negation. */
const isUndecided =
  / (?:unsure|undecided|(?:not|n't|never) (?:\p{L}+ )?(?:sure|certain|decided|know|mind|remember|recall|care|decide|say|tell)|\p{L}+n't (?:\p{L}+ )?(?:sure|certain|decided|know|mind|remember|recall|care|decide|say|tell)|no (?:idea|clue|preference)|hard to say) /u;

/** "I am not really on a diet" chooses "No", if that is an option and no other option is named. */
function refusedOption(text: string, options: readonly string[]): string | undefined {
  const said = ` ${fold(text).replace(/[^\p{L}\p{N}' ]/gu, " ")} `;
  const no = options.find((option) => /^(?:no|none)$/.test(fold(option)));
  const names = options.filter((option) => option !== no && said.includes(` ${fold(option)} `));
  return names.length === 0 && !isUndecided.test(said) && / (?:no|not|none|never|nope|\p{L}+n't) /u.test(said)
    ? no
    : undefined;
}

function valueOr(value: string | undefined): FieldRead {
  return value === undefined ? { is: "unread" } : { is: "value", value };
}

/** Maps all blanks, dashes and quotes to one kind each, and to lower case. */
function fold(text: string): string {
  return text
    .slice(0, 300)
    .normalize("NFKC")
    .replace(/[\p{Pd}−]/gu, "-")
    .replace(/[’‘`´]/g, "'")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
}

function yesNo(text: string): string | undefined {
  const said = fold(text).replace(/[.!]+$/, "");
  if (
    /^(?:y|yes|yeah|yep|yup|sure|ok|okay|i do|i am|i have|i agree|agree|agreed|of course|correct|true)(?:,? (?:please|i (?:do|am|have|agree)))?$/.test(
      said,
    )
  )
    return "yes";
  return /^(?:n|no|nope|nah|not really|i don't|i do not|i'm not|i am not|i haven't|never|false)(?:,? (?:i (?:don't|do not|am not|haven't)|thanks|thank you))?$/.test(
    said,
  )
    ? "no"
    : undefined;
}

/**
 * A phone number as `+44 20 7946 0000` or `555-010-2030 ext. 45`. Its digits keep the groups they were typed in. Words
 * before it ("my number is") are dropped. Undefined for fewer than five or more than fifteen digits.
 */
function readPhone(text: string): string | undefined {
  const said = fold(text).replace(
    /^(?:(?:my|the|phone|mobile|cell|home|number|tel|telephone|is|it's|it is|call me (?:on|at)|you can reach me (?:on|at))[.: ]*)+/,
    "",
  );
  const match = /^(\+|00)? ?(\(?\d[\d\s()./-]*\d)(?: ?(?:,|;)? ?(?:ext(?:ension|\.)?|x|#) ?\.? ?(\d{1,6}))?[. ]*$/.exec(
    said,
  );
  if (match === null) return undefined;
  const [, plus, number = "", extension] = match;
  const groups = number.split(/[^\d]+/).filter((group) => group !== "");
  const digits = groups.join("").length;
  if (digits < 5 || digits > 15) return undefined;
  const separator = plus === undefined && !number.includes("/") ? "-" : " ";
  return `${plus === undefined ? "" : "+"}${groups.join(separator)}${extension === undefined ? "" : ` ext. ${extension}`}`;
}

/**
 * A date of any year: `29/02/1980`, `29 Feb 1980`, `Feb 29, 1980`, `1980-02-29`. The locale decides whether the day or
 * the month is first.
 */
function readDate(text: string, locale: string): FieldRead {
  const said = fold(text)
    .replace(/(\d)(?:st|nd|rd|th)\b/g, "$1")
    .replace(/[,]/g, " ")
    .replace(/\b(?:the|of|on|born|it's|it is)\b/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  const iso = /^(\d{4})[-./ ](\d{1,2})[-./ ](\d{1,2})$/.exec(said);
  if (iso) return valueOr(dateOf(iso[1], iso[2], iso[3]));
  const named =
    /^(\d{1,2})[-. /]*([a-z]{3,})[-. /]*(\d{4}|'?\d{2})$/.exec(said) ??
    swapped(/^([a-z]{3,})\.? ?(\d{1,2})[-. /]+(\d{4}|'?\d{2})$/.exec(said));
  if (named) {
    const month = monthOf(named[2]);
    return valueOr(month === 0 ? undefined : dateOf(yearOf(named[3]), String(month), named[1]));
  }
  const numbers = /^(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4}|'?\d{2})$/.exec(said);
  if (numbers === null) return { is: "unread" };
  const [, first, second, year] = numbers;
  const dayFirst = dateOf(yearOf(year), second, first);
  const monthFirst = dateOf(yearOf(year), first, second);
  const isDayFirst = momentOf({ nowMs: 0, zone: "UTC", locale }).dayFirst;
  return valueOr(isDayFirst ? (dayFirst ?? monthFirst) : (monthFirst ?? dayFirst));
}

function swapped(match: RegExpExecArray | null): readonly (string | undefined)[] | null {
  return match && [match[0], match[2], match[1], match[3]];
}

/** Two-digit years are read as years of birth: 30 and above are in the last century. */
function yearOf(year: string | undefined): string {
  const digits = (year ?? "").replace("'", "");
  if (digits.length === 4) return digits;
  return String(Number(digits) + (Number(digits) >= 30 ? 1900 : 2000));
}

function dateOf(year: string | undefined, month: string | undefined, day: string | undefined): string | undefined {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const at = new Date(Date.UTC(y, m - 1, d));
  const exists = at.getUTCFullYear() === y && at.getUTCMonth() === m - 1 && at.getUTCDate() === d;
  return exists ? at.toISOString().slice(0, 10) : undefined;
}

/**
 * A number with the thousands and decimal marks of the locale. A unit after it is dropped ("70 kg"). "1,200" is 1200
 * where a comma groups thousands. Where a comma is the decimal mark the desk asks, because people type both.
 */
function readNumber(text: string, locale: string): FieldRead {
  const said = fold(text).replace(
    /^(?:(?:about|around|approx(?:\.|imately)?|ca\.?|roughly|i'm|i am|it's|i weigh|~) ?)+/,
    "",
  );
  const match =
    /^([+-]?)(\d[\d., ']*\d|\d)(?: ?[a-z°%€$£²³]{1,12}\.?(?: (?:or so|old|a (?:day|week|month)|per (?:day|week|month)))?)?$/.exec(
      said,
    );
  if (match === null) return { is: "unread" };
  const [, sign = "", typed = ""] = match;
  const number = typed.replace(/[ ']/g, "");
  const decimal = decimalMarkOf(locale);
  const group = decimal === "." ? "," : ".";
  const isGrouped = (mark: string) =>
    new RegExp(`^\\d{1,3}(?:\\${mark}\\d{3})+(?:\\${mark === "." ? "," : "."}\\d+)?$`).test(number);
  const plain = (mark: string) =>
    `${sign === "-" ? "-" : ""}${number.replaceAll(mark === "." ? "," : ".", "").replace(mark, ".")}`;
  if (!/[.,]/.test(number)) return { is: "value", value: `${sign === "-" ? "-" : ""}${number}` };
  const marks = number.match(/[.,]/g) ?? [];
  const isOneMark = marks.length === 1;
  if (isOneMark && isGrouped(marks[0] ?? "")) {
    // One mark before three digits: a thousands mark in this locale, otherwise ambiguous.
    const asGroup = plain(marks[0] === "." ? "," : ".");
    return marks[0] === group
      ? { is: "value", value: asGroup }
      : { is: "unclear", values: [plain(marks[0] ?? "."), asGroup] };
  }
  if (isOneMark && /^\d+[.,]\d+$/.test(number)) return { is: "value", value: plain(marks[0] ?? ".") };
  if (isGrouped(group)) return { is: "value", value: plain(decimal) };
  return isGrouped(decimal) ? { is: "value", value: plain(group) } : { is: "unread" };
}

function decimalMarkOf(locale: string): "." | "," {
  const part = new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === "decimal")?.value;
  return part === "," ? "," : ".";
}

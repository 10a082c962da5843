import { z } from "zod";
import { isCountry } from "../domain/country.ts";
import { isEmailAddress } from "../domain/email-address.ts";
import { isDate } from "../domain/local-date.ts";
import { weekdays } from "../domain/practice.ts";
import { didYouMean } from "./near-miss.ts";

// Messages are predicates: a mistake reads `"25:00" is not a time of day`. `allowed` appears both in the mistake and in
// the documentation, so that they cannot differ.

/** Whether a text has the shape of an id. */
export function isId(text: string): boolean {
  return idShape.test(text);
}

const idShape = /^[a-z0-9][a-z0-9-]{0,39}$/;
const idWords = "an id: small letters a–z, digits and hyphens, at most 40, no hyphen first";

/** Identifies an entry within its list; an import matches entries by it. */
export const id = z.string().regex(idShape, "is not an id").meta({ allowed: idWords });

/** The shape `newId("cl")` of `src/ids.ts` produces for a client who was invited in chat. */
const invitedClientId = /^cl_[\w-]{20}$/;

/** Identifies a client: an id of the file, or the generated id of a client who was invited in chat. */
export const clientId = z
  .string()
  .refine((text) => isId(text) || invitedClientId.test(text), "is not an id")
  .meta({ allowed: `${idWords}; or the generated id of a client invited in chat` });

/** One line of text; surrounding blanks are dropped. */
export function line(longest: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine(isVisible, { abort: true, error: "contains line breaks, control or direction-changing characters" })
    .meta({ allowed: `one line of text, 1 to ${longest} characters` });
}

/** Text of several lines; surrounding blanks are dropped. */
export function paragraph(longest: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine((text) => isVisible(text.replace(/\r?\n|\t/g, " ")), "contains control or direction-changing characters")
    .meta({ allowed: `text, 1 to ${longest} characters; line breaks are kept` });
}

// Cc are control characters. The others reverse the writing direction or break lines, so that one name could pose as
// another.
function isVisible(text: string): boolean {
  return !/[\p{Cc}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]/u.test(text);
}

/** A whole number, both bounds included. */
export function whole(least: number, most: number) {
  return z.int().min(least).max(most);
}

/** One e-mail address; surrounding blanks are dropped. */
export const email = z
  .string()
  .trim()
  .max(254)
  .refine((text) => isEmailAddress(text), "is not an e-mail address")
  .meta({ allowed: "an e-mail address, such as maya@harbour.example" });

const zoneNames = new Set(Intl.supportedValuesOf("timeZone"));

/** An IANA zone in its canonical spelling; UTC offsets are refused, because they have no daylight saving time. */
export const zone = z
  .string()
  .refine(isZone, { error: ({ input }) => `is not a time zone${didYouMean(String(input), zoneNames)}` })
  .meta({ allowed: "an IANA time zone, such as Europe/Lisbon" });

function isZone(name: string): boolean {
  if (zoneNames.has(name)) return true;
  // Older names (Europe/Kiev) are missing from the list but valid. Other letter case is valid too, but would be stored
  // as a different text.
  if (!/^[A-Z][A-Za-z]+(\/[A-Z][A-Za-z0-9_+-]*)+$|^UTC$/.test(name)) return false;
  try {
    const known = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
    return known === name || known.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}

/** An ISO 3166 alpha-2 country code. */
export const country = z
  .string()
  .refine(isCountry, {
    error: ({ input }) =>
      `is not a country${didYouMean(String(input), [String(input).toUpperCase()].filter(isCountry))}`,
  })
  .meta({ allowed: "an ISO 3166 code of two capital letters, such as PT" });

/** A number to dial, as people write it; emergency numbers have only three digits. */
export const phoneNumber = line(40)
  .refine((text) => /^\+?[\d ()./-]+$/.test(text) && /\d.*\d/.test(text), "is not a phone number")
  .meta({ allowed: "a phone number: digits, blanks, and + ( ) . / -, at most 40 characters" });

/** A BCP 47 locale supported for dates. */
export const locale = z
  .string()
  .refine(isLocale, "is not a locale")
  .meta({ allowed: "a BCP 47 locale, such as en-GB" });

function isLocale(name: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([name]).length === 1;
  } catch {
    return false;
  }
}

/** A calendar date that exists, `YYYY-MM-DD`. */
export const date = z
  .string()
  .refine(isFileDate, "is not a date")
  .meta({ allowed: "a date that exists, YYYY-MM-DD, from 2000-01-01 to 2199-12-31" });

function isFileDate(text: string): boolean {
  return isDate(text) && text >= "2000" && text < "2200";
}

const startTimeShape = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Whether a text is a wall time at which a stretch can begin: `HH:MM`, 00:00 to 23:59. */
export function isStartTime(text: string): boolean {
  return startTimeShape.test(text);
}

/** Whether a text is a wall time at which a stretch can end: `HH:MM`, up to 24:00, the end of the day. */
export function isEndTime(text: string): boolean {
  return text === "24:00" || startTimeShape.test(text);
}

/** The wall time a stretch begins at. */
export const startTime = z
  .string()
  .refine(isStartTime, "is not a time of day")
  .meta({ allowed: "a time HH:MM from 00:00 to 23:59, such as 09:00" });

/** The wall time a stretch ends at. */
export const endTime = z
  .string()
  .refine(isEndTime, "is not a time of day")
  .meta({ allowed: "a time HH:MM up to 24:00, such as 17:00" });

/** A moment in the practitioner's wall time, `YYYY-MM-DDTHH:MM`. */
export const localMoment = z
  .string()
  .refine(
    (text) => isFileDate(text.slice(0, 10)) && text[10] === "T" && isStartTime(text.slice(11)),
    "is not a date and time",
  )
  .meta({ allowed: "a date and time YYYY-MM-DDTHH:MM, such as 2026-08-03T00:00" });

/** A weekday by its short or full name. */
export const weekday = z
  .enum([...weekdays, "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
  .meta({ allowed: "mon, tue, wed, thu, fri, sat or sun, or in full (monday …)" });

const currencies = new Set(Intl.supportedValuesOf("currency"));

const currency = z
  .string()
  .refine((code) => currencies.has(code), {
    error: ({ input }) =>
      `is not a currency${didYouMean(
        String(input),
        [String(input).toUpperCase()].filter((code) => currencies.has(code)),
      )}`,
  })
  .meta({ allowed: "an ISO 4217 code in capital letters, such as EUR" });

/** An amount: an integer of the currency's minor unit, with its currency (D5.6). */
export const money = z.strictObject({
  minor: whole(0, 100_000_000).describe("The amount in the currency's smallest unit: 9000 with EUR is 90.00 euros."),
  currency: currency.describe("The currency."),
});

/** The https address of video sessions; `{room}` may stand once, after the host. */
export const videoUrl = z
  .string()
  .trim()
  .max(500)
  .refine(isVideoUrl, "is not an address for video sessions")
  .meta({ allowed: "an https:// address, which may contain {room} once after the host name" });

function isVideoUrl(text: string): boolean {
  if (!text.startsWith("https://") || /\s/.test(text) || text.split("{room}").length > 2) return false;
  const filled = text.replace("{room}", "a1b2c3");
  if (/[{}]/.test(filled) || !URL.canParse(filled)) return false;
  const { host, username, password } = new URL(filled);
  return username === "" && password === "" && !(text.includes("{room}") && host.includes("a1b2c3"));
}

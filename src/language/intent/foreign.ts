import { commonWords } from "../names/common-words.ts";
import { classOf, oneOf, practitionerNoun, sessionNoun } from "./words.ts";

/** Words that questions and orders to a front desk consist of, besides the nouns of `classOf`. */
const deskTopics: ReadonlySet<string> = new Set(
  (
    "seeing away unavailable travelling traveling abroad sick ill unwell town office came delayed rating ratings rated reviews unisex cosmetic offering provide price prices pricing cost costs fee fees rate rates charge charges expensive cheap pay paid payment owe bill invoice balance card cash refund policy rules terms penalty " +
    "long length duration minutes hours hour open opening closed close address location located parking park directions room floor where " +
    "free available availability openings vacancies vacancy spot spots space gap gaps upcoming scheduled booked planned coming happening busy " +
    "video phone call link join online meet meets email mail number contact website details info information service services offer offers offered treatments kind kinds type types " +
    "practitioner practitioners client clients people team day days week weeks today tomorrow calendar agenda diary schedule full plans timezone zone time times date dates " +
    "book booking reschedule move change cancel cancellation late early earlier earliest sooner soonest later latest next last previous first current remaining left remain expire expires covered included insurance " +
    "robot bot machine human person computer real program data private stored keep store save know safe confidential privacy question policy list lists show find check view read search tell look pull display remind " +
    "option options alternatives different option one 1st 2nd 3rd appointment need help new work works working start starts end ends finish waiting pending unpaid request requests"
  ).split(/\s+/),
);

const modified = new RegExp(
  `(?<![^ ])(?:my|our|the|a|an|your|next|upcoming|any|another|this|that|<person> 's|'s|<time>|for|of)(?: (?!(?:on|at|for|with|to|in|from|and|or|is|are)(?= ))[^ ,.<>]+){0,3} (?:${sessionNoun}|meetings?|events?|calls?)(?= |$)`,
  "g",
);

/**
 * Phrases about companions and about what a thing is called. They do not make a clause another assistant's business.
 */
const company =
  /(?<![^ ])(?:with|called|named|titled|dr|between)(?: (?!(?:on|at|for|to|in|from|is|are|this|next)(?= ))[^ <>]+){1,6}/g;

/**
 * Words of a clause that this desk has no use for: "flight", "weather", "olive". Words that describe a session ("my
 * dental appointment") are not foreign. A question or a wanted session with foreign words is about something else.
 */
export function foreignWords(clause: string): readonly string[] {
  return clause
    .replace(modified, " ")
    .replace(company, " ")
    .split(" ")
    .filter(
      (word) =>
        /^\p{L}[\p{L}'-]+$/u.test(word) &&
        !commonWords.has(word) &&
        !commonWords.has(word.replace(/'s$/, "")) &&
        !deskTopics.has(word) &&
        (classOf(word) === undefined || classOf(word) === "time off") &&
        !new RegExp(`^(?:${practitionerNoun})$`).test(word),
    );
}

/**
 * Business of other assistants, a word for each kind: travel, going out, devices, money, messages, shopping, work. One
 * of them in a clause lowers an order about sessions below the threshold, unless the order's object is a name of this
 * practice.
 */
const otherBusiness = new RegExp(
  `\\b${oneOf("flights? hotels? apartments? bedrooms? trips? vacation taxis? cabs? uber rides? trains? buses tickets? cars? visa rental restaurants? tables? movies?", "alarms? remind(?:er)?s? timers? songs? music playlists? radio podcasts? lights? netflix subscriptions? memberships? games?", "bank cards? accounts? money dollars bucks loans? bills? transfers? transactions? checking savings insurance tax(?:es)? credit pto time_off days?_off sick_days?", "e-?mails? texts? tweets? posts? instructions? lists? orders? shopping groceries pizza deliver(?:y|ed) recipes? weather traffic")}(?![^ ])`,
);

/** Things that are booked elsewhere. A session of the same name may still be cancelled here. */
const bookedElsewhere = /\b(?:part(?:y|ies)|reservations?|party of|<time> (?:people|guests)|rooms?(?! meeting))\b/;

/** Phrases of absence, which explain why a person cannot come and order nothing. */
const away = /\bon (?:a |my |our )?(?:vacation|trip)\b/g;

/** Whether a clause is about business of another assistant. */
export function isOtherBusiness(clause: string, isBooking: boolean): boolean {
  return otherBusiness.test(clause.replace(away, " ")) || (isBooking && bookedElsewhere.test(clause));
}

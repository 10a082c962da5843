/*
 * Business of other assistants. Its words in a message forbid to book, cancel or move, unless the verb plainly has a
 * session of this desk as its object.
 */

const travel =
  "hotels? motels? inn airbnb flights? fly airlines? airport planes? luggage tickets? trains? bus(?:es)? trips? cruise passport visa suite";
const goingOut = "tables? restaurants? taxis? cabs? uber lyft rides? rsvp movies? pizza";
const devices =
  "alarms? reminders? remind wake timers? songs? music playlists? radio podcasts? netflix spotify lights thermostat vacuum volume whisper microwave printer battery photos? pictures? audiobook translate jokes? notify notifications?";
const money =
  "bank(?:ing)? atm debit loans? mortgage savings transactions? insurance 401k tax(?:es)? w-?2 bills? cards? fraud(?:ulent)? dollars bucks";
const office = "pto e-?mails? inbox tweet facebook twitter mail password instructions? nickname";
const household =
  "rental rent bedrooms? shopping groceries grocery amazon recipes? cook deliver(?:y|ed)? shipment subscriptions? membership plumber weather traffic";

/** Words that are other business only in company. */
const phrases = [
  "(?<!\\bon )vacations?",
  "(?<!\\bmy )days? off",
  "(?:time|sick|personal) (?:off|leave|days?)",
  "(?:holiday|leave) requests?",
  "(?<!\\bin )orders?",
  "(?:bank|checking|savings?|my|the|an?|your|our) accounts?",
  "(?:account|card|my|the) balance",
  "credit (?:cards?|scores?|limits?|reports?)",
  "(?:to|from) checking",
  "transfers?",
  "money",
  "my contacts",
  "rooms? (?:in|at the|for \\d)",
  "(?:to|shopping|wish|grocery|reading|my|the|a|of) ?-?(?:do )?lists?",
  "to-?do",
  "to do lists?",
  "places?(?: in [a-z]+)? to (?:stay|live|rent)",
  "stay (?:in|at)",
  "houses?",
  "(?:find|search|rent|live|need|looking)\\b[a-z ]*\\bapartments?",
  "apartments? (?:with|that|hunting)",
  "(?:an?|the|my|rental) (?:car|suv|bmw|truck|van)(?! (?:wash|repair|service|inspection|maintenance|appointment))",
  "(?:surprise|graduation) part(?:y|ies)",
  "text messages?",
  "search history",
  "the (?:news|lights?)",
  "make (?:me )?a note",
  "pin(?: number)?",
  "call (?:me|you) (?:by|something|that|from)",
  "gas station|pumping gas",
];

const otherBusiness = new RegExp(
  `\\b(?:${[travel, goingOut, devices, money, office, household].flatMap((words) => words.split(" ")).join("|")}|${phrases.join("|")})\\b`,
);

const ownObject =
  /\b(?:cancel|move|reschedule|postpone|push|change|book|rebook|schedule)\b (?:me )?(?:my|our|the|this|an?|another|the next|tomorrow's|today's) (?:[a-z']+ ){0,2}(?:appointments?|sessions?|consultations?|check-?ups?|lessons?|follow-?ups?)\b(?! (?:at|for) (?:a |the |my )?(?:car|oil))|\b(?:move|reschedule|postpone) (?:it|us)\b/;

/** Whether the message is about business of other assistants. */
export function isOtherBusiness(said: string): boolean {
  return otherBusiness.test(said) && !ownObject.test(said);
}

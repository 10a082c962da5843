import type { Span } from "../span.ts";
import type { When } from "../when/when.ts";
import type { NameSaid } from "./act.ts";
import { practitionerQuestions } from "./practitioner-questions.ts";
import { eitherOf, oneOf, practitionerNoun, sessionNoun } from "./words.ts";

/** What a question asks about. "unknown": a question about none of these topics. */
export type Topic =
  | "price"
  | "length"
  | "place"
  | "with whom"
  | "methods"
  | "how to join"
  | "when"
  | "zone"
  | "package content"
  | "package left"
  | "covered"
  | "owed"
  | "how to pay"
  | "cancellation"
  | "services"
  | "practitioners"
  | "opening hours"
  | "free times"
  | "reach a person"
  | "machine"
  | "what is kept"
  | "day"
  | "count"
  | "contact details"
  | "last session"
  | "waiting"
  | "unpaid"
  | "reply"
  /** Figures that the desk does not keep, such as earnings. */
  | "not kept"
  | "unknown";

/** A question and what it asks about: names, and a day that restricts the answer (W9). */
export interface Question extends Span {
  readonly about: Topic;
  readonly names: readonly NameSaid[];
  readonly when?: When;
  readonly certainty: number;
}

export interface QuestionRule {
  readonly about: Topic;
  readonly says: RegExp;
  readonly role?: "client" | "practitioner";
  readonly certainty?: number;
  /** The most words of other business it may contain. Absent: none. */
  readonly foreign?: number;
}

const ask =
  "(?:what(?:'s| is| are| were)?|which|how|where(?:'s| is)?|who(?:'s| is)?|when(?:'s| is| are| do| does)?|is|are|do|does|can|could|will|tell me|show me|give me)";
const things = `(?:${sessionNoun}|<service>|it|that|this|one|1|they|the call|call|meeting)`;
const whose = "(?:my|the|our)";
const calendars = "schedule|calendar|agenda|diary|plans";
const entries = "meetings?|events?";
const isPlanned = "scheduled|planned|booked|going on|coming up";
const packages = oneOf("package packages pack bundle credit credits <package>");

const having =
  "do i (?:still |already )?have|have i got|am i (?:still )?(?:doing|seeing|meeting|having|booked|scheduled)|do i (?:see|meet)|will i (?:be |see|have|meet)|(?:see|check|know|sure|tell me|wondering) (?:if|whether|what|who) i (?:have|am|'ve got)";

/** In the order of preference. All are patterns over the gist of one clause. */
export const questionRules: readonly QuestionRule[] = [
  ...practitionerQuestions,
  {
    about: "machine",
    says: /\b(?:are you|am i (?:talking|speaking|chatting) (?:to|with)|is this) (?:an? |actually |really |just |some )*(?:robot|bot|machine|human|person|computer|ai|program|real|automated)\b|\bare you (?:real|there)\b|^who are you\b|\bwhat are you$/,
  },
  {
    about: "what is kept",
    says: /\bwhat (?:do|does|data|information)\b.*\b(?:keep|store|save|know|hold|have)\b.*\b(?:about|of|on) me\b|\b(?:is|are) (?:my|this|these|the) (?:data|chats?|messages?|information|answers?|conversation)\b.*\b(?:safe|private|stored|kept|confidential|secure|read|shared)\b|\bwho (?:can )?(?:reads?|sees?)\b.*\b(?:this|my)\b|\bprivacy\b/,
  },
  {
    about: "reach a person",
    says: /\bhow (?:do|can|could) i (?:reach|contact|call|phone|talk to|speak (?:to|with)|get (?:hold|through))\b|\b(?:your|the|practice|<person>|<person> 's|her|his) (?:phone|telephone|contact)(?: number| details)?\b|\bdo you have a (?:phone )?number\b|\bcan i (?:talk|speak) to\b/,
    role: "client",
  },
  {
    about: "contact details",
    says: /^<person>(?: 's)? (?:e-?mail|phone|number|contact|telephone)(?: address| number| details)?$|(?:<person>(?: 's)?|\b(?:her|his|their|there|its|your|the|an?|my|of|what|average|'s)) (?:[^ ]+ )?(?:e-?mail|phone number|number|contact|telephone|website|ratings?|reviews?)(?: address| number| details| info(?:rmation)?)?(?= |$)(?<=\b(?:what|what's|how|do|does|can|could|may|have|get|give|send|need|tell|know|share|provide|want|is|like)\b.*)|\b(?:e-?mail|phone(?: number)?|contact details?|ratings?) (?:of|for|do|does) (?:<person>|they|he|she)|\b(?:what|how)\b.*\brated\b/,
  },
  // "Is my Thursday thing confirmed yet?", "has Maya accepted my request?"
  {
    about: "reply",
    says: new RegExp(
      `^(?:is|are|was|were|has|have|did)\\b.*\\b${oneOf("confirmed confirm approved approve accepted accept answered answer agreed agree")}\\b(?! as\\b)|\\b(?:is|are|am) (?:[^ ]+ ){0,5}(?:confirmed|approved|accepted)\\b(?! as\\b).*\\?`,
    ),
    role: "client",
    foreign: 2,
  },
  {
    about: "unpaid",
    says: /\bwho (?:has(?:n't| not)|have(?:n't| not)|still|owes?)\b.*\b(?:paid|pay|owe|owes|me)\b|\b(?:unpaid|outstanding|open) (?:bills?|invoices?|payments?|sessions?)\b/,
    role: "practitioner",
  },
  {
    about: "waiting",
    says: /\b(?:who|what|anyone|anybody|anything)(?:'s| is)?(?: still)? (?:waiting|pending|unanswered)\b/,
    role: "practitioner",
  },
  {
    about: "package left",
    says: new RegExp(
      `\\bhow (?:many|much)\\b.*\\b(?:left|remain(?:ing|s)?|unused|over|still have)\\b|\\b(?:what|anything|how much)(?:'s| is| do i have| have i got)? (?:left|remaining)\\b|\\b(?:${sessionNoun}|credits?) (?:do i have |have i got |are |i have |i've got )?(?:left|remaining)\\b|\\bwhen (?:does|do|will|is) (?:my|the|<person> 's) (?:[^ ]+ ){0,3}${packages} (?:expire|end|run out|over)`,
    ),
  },
  {
    about: "package content",
    says: new RegExp(
      `\\bwhat(?:'s| is| does)? (?:in|part of|included|inside|my|the)\\b.*${packages}|${packages}.*\\b(?:include|contain|cover)\\b`,
    ),
  },
  {
    about: "covered",
    says: new RegExp(
      `\\b(?:covered|included)\\b|\\b(?:insurance|reimburse\\w*)\\b|\\b(?:use|from|with|by|part of) (?:my|the|a) ${packages}\\b.*$(?<=^(?:can|could|is|does|do|will)\\b.*)`,
    ),
  },
  {
    about: "how to pay",
    says: /\bhow (?:do|can|should|could|would) i pay\b|\b(?:pay|payment) (?:methods?|options?)\b|\b(?:do|can) (?:you|i) (?:take|accept|pay (?:by|with|in|cash))\b.*(?:card|cash|paypal|transfer|invoice|visa)?|\bwhere do i pay\b/,
  },
  {
    about: "owed",
    says: /\b(?:what|how much) do i (?:still )?(?:owe|have to pay)\b|\bdo i (?:still )?(?:owe|have to pay|need to pay|pay)\b|\b(?:my|the) (?:balance|bill|invoice|debts?)\b|\bis (?:it|everything|that|my .*) paid\b/,
  },
  {
    about: "cancellation",
    says: /\b(?:cancell?ation|no-?show|refund) (?:policy|polic(?:y|ies)|rules?|fees?|terms|deadline|window|period)?\b.*(?<!\bcancellation)$(?<=.*\b(?:what|how|is|are|do|does|your|the|can|policy|rules?|fees?|terms|deadline)\b.*)|\bcan i (?:still |always |also )?(?:cancel|move|reschedule|change)\b.*\b(?:later|free|still|charge|until|after|afterwards|last minute|penalty)\b|\bcan i still (?:cancel|move|reschedule|change)\b|\b(?:until when|how (?:late|long|early|far)|by when|what if|what happens (?:if|when)|is there a (?:fee|charge|penalty))\b.*\b(?:cancel|miss|move|reschedule|change|late|show)\w*\b|\b(?:late|cancell?ation) fees?\b/,
  },
  {
    about: "price",
    says: new RegExp(
      `\\bhow much (?:is|are|does|do|would|for|will|'s)\\b|\\b(?:what|which|your|the|any|know) (?:[^ ]+ ){0,3}(?:prices?|pricing|costs?|fees?|rates?|charge)\\b|\\b(?:price|cost|fee) (?:of|for)\\b|^(?:price|prices|cost|costs|fees)$|\\bhow (?:expensive|pricey)\\b|\\bis it free\\b|\\b(?:is|are) ${things} free\\b|\\b(?:does|do|will|would) ${things}(?: [^ ]+){0,2} cost\\b|\\bcost me\\b|\\bcost\\b.*\\?`,
    ),
  },
  {
    about: "length",
    says: new RegExp(
      `\\bhow long (?:is|are|does|do|will|would|'s|should)\\b(?! (?:in advance|before))|\\b(?:what|which)\\b.*\\b(?:length|duration)\\b|\\bhow many minutes\\b|\\bwhen (?:does|will|is) ${things}(?: [^ ]+){0,2} (?:end|over|finish|done)`,
    ),
  },
  {
    about: "zone",
    says: /\b(?:which|what|whose|is (?:that|this|it) (?:in )?(?:my|your|local)) time ?zone\b|\btime ?zone\b|\b(?:my|your|local|lisbon|london) time\b(?=.*$)(?<=^(?:is|are|in|which|what)\b.*)/,
  },
  {
    about: "how to join",
    says: /\bhow (?:do|can|will|should) (?:i|we) (?:join|connect|log ?in|get into|enter|dial)\b|\bwhere(?:'s| is) the (?:link|call|meeting)\b|\bhow does the (?:video|call|meeting|phone) \b|\b(?:do|will) i (?:get|need) an? (?:link|app)\b|\bwho calls (?:who|whom|me)\b|\b(?:do i call|will you call)\b/,
  },
  {
    about: "methods",
    says: new RegExp(
      `\\b(?:how|which ways?|what ways?) (?:do|can|will|would|could) (?:we|i|you) meet\\b|\\b(?:is|are|can|could|do|does|will|would)\\b.*(?:\\bit|\\bthat|\\bthis|\\bi|\\bwe|\\byou|\\b${sessionNoun}|<service>|<person>).*<method>|\\bwhich (?:methods|formats)\\b`,
    ),
    certainty: 0.7,
  },
  {
    about: "opening hours",
    says: /\b(?:are|is|when are|what days are|which days are|what days is|which days is) (?:you|the (?:practice|office|clinic)|<person>|she|he|they|it) (?:open|closed|there|in|working|around)\b|\b(?:opening|business|office|working) (?:hours|times|days)\b|\b(?:what|which) (?:days|hours) (?:do|does|is|are) (?:you|<person>|she|he|they)(?: (?:work|open|in|there|available))?\b|\bdo you (?:work|open)\b.*<time>|\bwhen do you (?:open|close)\b|\bwhat are your hours\b/,
  },
  {
    about: "free times",
    role: "practitioner",
    says: /\bam i (?:free|available|busy|booked)\b|\bdo i have (?:time|space|room|a gap|any gaps?)\b|\bis <time> free\b/,
  },
  {
    about: "services",
    says: /\bwhat (?:(?:do|can|could|would|will) you (?:offer|have|provide)|(?:can|could) i book)\b(?! (?:for )?<time>)|\b(?:what|which|list|show)\b.*\b(?:services?|treatments|kinds? of sessions?|types? of sessions?|sessions (?:do you|are there|can i))\b|^(?:your |the |all )?services$|\bdo you (?:offer|do|provide|have) (?:an? |any )?(?:<service>|services?)/,
  },
  {
    about: "practitioners",
    says: /\b(?:who|which (?:practitioners?|therapists?|doctors?|coach(?:es)?)) (?:do you have|works? (?:here|there|at)|are (?:the|your)|is there|can i (?:see|book|choose)|offers|does)\b|\b(?:list|show)(?: me)? (?:the |your |all )?(?:practitioners|therapists|coaches|team)\b|^(?:practitioners|your team)$|\bwho is <person>$/,
  },
  {
    about: "practitioners",
    foreign: 9,
    certainty: 0.8,
    says: new RegExp(
      `\\b(?:find|search|look(?:ing)?|recommend|suggest|seek(?:ing)?|know(?: of)?|need|want|show|get|locate|is there|are there|any|like|help|how about|what about)\\b(?: (?!with\\b|${sessionNoun}(?= ))[^ ]+){0,6} ${practitionerNoun}(?! ${sessionNoun}\\b)(?= |$)(?<!\\b(?:this|that|see|visit|seeing|the) (?:an? |the )?${practitionerNoun})`,
    ),
  },
  {
    about: "last session",
    says: /\b(?:what|which|when|how|who) (?:did|was|were|had) (?:<person>|i|we|she|he|they|my last)(?![^ ])(?:.*\b(?:last|previous|book|have|see|before)\b)?|\b(?:last|previous) (?:time|session|appointment|visit)$(?<=^(?:what|when|which|who|show)\b.*)/,
  },
  {
    about: "count",
    says: /\bhow many (?:[^ ]+ ){0,2}(?:sessions?|appointments?|clients?|people|bookings?|meetings?|events?|visits?)\b/,
  },
  {
    about: "with whom",
    says: /\bwho (?:is|will|would|am|'s) (?:it|that|this|i|we|my|the)\b(?! next)|\bwho(?:'s| is) (?:it|that) with\b|\bwith who(?:m)?\b|\bwho (?:do|will) i (?:see|meet|talk to|have)\b|\bwho gives\b/,
    role: "client",
  },
  {
    about: "place",
    says: /\bwhere\b(?!.*\blink)|(?<!<)\b(?:address|location|directions?|parking|park)\b|\bhow (?:do|can) i (?:get|find) (?:there|you|it|to)\b|\bwhich (?:place|room|floor)\b/,
  },
  {
    about: "when",
    foreign: 0,
    says: new RegExp(
      `\\b(?:when|what time|at what time|what day|which day|what date)(?:'s| is| are| do| does| will| am)?\\b.*(?:\\b(?:my|our|it|that|this)\\b(?! (?:right )?now)|<person>|<service>|\\b(?:${sessionNoun}|meeting|event|call)s?\\b)(?!.*\\b(?:free|available|open|opening|date|holiday|vacation|off|paid)\\b)|\\bwhen do i\\b|<person>(?: 's)? next (?:${sessionNoun}|<service>)|\\bremind me when\\b`,
    ),
  },
  {
    about: "day",
    role: "practitioner",
    says: /^(?:so |and |ok |hey )*(?:who|what)(?:'s| is| are)?(?: on| up| coming(?: in)?)? <time>$|^(?:who|what)(?:'s| is)(?: (?:my|the))? next\b|^<time>(?: 's)? (?:sessions|clients|appointments|schedule|agenda)$|^(?:who|what)\b.*\b(?:comes|coming|am i seeing)\b|^(?:(?:and|please|ok) )*(?:show(?: me)?|see|how (?:full|busy)(?: is| am i)?) <time>$/,
  },
  {
    about: "day",
    foreign: 0,
    says: eitherOf(
      `\\b(?:who|what)\\b.*\\b(?:on|in) ${whose} (?:[^ ]+ )?(?:${calendars}|day|week)\\b`,
      `\\b(?:who|what|anything|something)(?:'s| is| are|'re)?\\b.*\\b(?:${isPlanned}|happening|look like|on for|on tap)(?= |$)`,
      "^(?:my |the )?(?:day|week|schedule|agenda|diary|calendar)(?: (?:for )?<time>)?$",
      `\\b(?:${having})\\b (?:[^ ]+ ){0,4}?(?:${sessionNoun}|clients?|${entries}|plans|on|booked|scheduled|planned|going on|coming up)(?= |$)`,
      `\\b(?:${having})\\b.*<time>`,
      "\\b(?:what|which|who|how many)\\b.*\\b(?:i have|do i have|have i got|am i doing|am i seeing|i've got)\\b",
      "^(?:my )?next (?:client|session|appointment)$",
      `\\bwhat(?:'s| is| are)? (?:on |in )?${whose} (?:[^ ]+ ){0,3}(?:${calendars}|${entries}|${sessionNoun})(?= |$)`,
      `\\b(?:is|are) there (?:an? |any |some )?(?:[^ ]+ )?(?:${entries}|${sessionNoun})\\b`,
    ),
  },
];

/** Words that make a clause a question even when none of the rules knows its topic. */
export const questionStart = new RegExp(
  `^(?:(?:ok|okay|yes|and|so|but|hi|hello|hey|also|great|good|thanks|sorry|,) )*(?:what|where|who|whose|which|how|why(?! not(?: |$))|when|whats)\\b|^(?:(?:ok|okay|yes|and|so|but|hi|hello|hey|also|,) )*(?:is|are|do(?! (?:it|that|this)(?: |$))|does|did|am|have|has|was|were|isn't|aren't|don't|doesn't) (?:i|you|we|it|they|there|this|that|he|she|my|the|your|any|anyone|anybody|<person>|<service>)(?![^ ])|^${ask} .*\\?$|\\b(?:i wonder|i was wondering|do you know|tell me (?:what|how|when|where|who|if)|i want to know|i'd like to know|question)\\b`,
);

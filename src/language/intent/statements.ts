import type { Verb } from "./act.ts";
import { eitherOf, oneOf, sessionNoun } from "./words.ts";

/** An act expressed by a statement or a fixed phrase instead of an order. */
export interface StatementRule {
  readonly verb: Verb;
  readonly says: RegExp;
  readonly certainty: number;
  readonly role?: "client" | "practitioner";
  /** The most words of other business the clause may contain. Absent: any number. */
  readonly foreign?: number;
  /** The clause stands before a colon: "put: I am sorry". */
  readonly isLabel?: true;
}

const holiday = oneOf("leave holiday holidays vacation annual_leave parental_leave a_break");
const cannot =
  "(?:can't|can not|couldn't|won't(?: be able to)?|will not(?: be able to)?|not (?:going to )?(?:be )?able to|unable to|not going to)";
const human = oneOf(
  "person human someone somebody anyone anybody practitioner practice therapist coach doctor dietitian nutritionist receptionist team staff operator",
);
const polite =
  "(?:(?:please|can you|could you|can i|could i|may i|i want to|i'd like to|i would like to|i need to|show|show me|see|list|view|open|give me) )*";

const asking =
  "(?:please|also|then|can you|could you|i want to|i'd like to|i need to|hi|hello|ok|and|yes|how do i|how can i|can i|could i|may i)";
const writing =
  "(?:tell|message|text|let|inform|write(?: to)?|contact|reach|send (?:a )?(?:message|note) to|send <person>|ask)";

/** In the order of preference. All are patterns over the gist of one clause. */
export const statementRules: readonly StatementRule[] = [
  {
    verb: "reactivate",
    role: "practitioner",
    certainty: 0.9,
    says: /^(?:please )?let <person> in(?: again)?(?: please)?$/,
  },
  // "I can't take Ben on Thursday": the card asks whether to decline his request.
  {
    verb: "decline",
    role: "practitioner",
    certainty: 0.75,
    says: new RegExp(
      `\\b(?:${cannot}|cant) (?:take(?: on)?|see|fit(?: in)?|accept|have|do) <person>(?= |$)(?! 's (?:e-?mail|number))`,
    ),
  },
  {
    verb: "message",
    role: "practitioner",
    certainty: 0.9,
    says: /^(?:(?:please|can you|could you|and|also|ok) )*remind <person>(?= |$)/,
  },
  {
    verb: "message",
    // It begins no message by itself.
    certainty: 0.65,
    isLabel: true,
    says: /^(?:(?:please|ok|yes|no|and|just|,) )*(?:put|say|add|note|reply|answer|reason|because)(?: (?:this|that|down|in|as reason|as the reason))?$/,
  },
  {
    verb: "message",
    certainty: 0.9,
    says: eitherOf(
      `^(?:${asking} )*${writing}(?: to)?(?: (?:my|the|an?|dr))* (?:<person>|<address>|${human})(?![^ ])(?! (?:when|what time|to)\\b)`,
      "^(?:please )?(?:contact|message|write(?: to)?|send a message)(?: us)?$",
      `\\b(?:talk|speak|get through|chat) (?:to|with) (?:an? |my |the |some |real |actual |live |<person>)*(?:${human}|<person>)(?![^ ])(?!(?: (?:on|at|in|for|this|next))? <time>)`,
      "^(?:a |an )?(?:real |live |actual )?(?:human|person|operator)(?: please)?$",
      "\\bget in touch with\\b",
      "^(?:(?:yes|ok|please|,) )*send(?: (?:it|that|this|them))?(?: please)?$",
    ),
  },
  {
    verb: "be late",
    certainty: 0.9,
    says: /\brunning (?:\w+ ){0,3}late\b(?! fee)|\brunning (?:about |around )?<time>(?: or so)? late\b|<time>(?: or so)? late\b|\bminutes late\b|\b(?:i'm|i am|i'll be|i will be|i might be|i may be|we're) (?:going to be )?(?:(?:a )?(?:bit|little|few|tad) |so |very |probably )*late\b(?! fee)|\b(?:i'm|i am) delayed\b/,
  },
  {
    verb: "cancel",
    certainty: 0.85,
    foreign: 0,
    says: /\bcall (?:it|that|this|everything|<time>|<service>|(?:my|the|our) [^ ]+(?: [^ ]+)?) off\b/,
  },
  {
    verb: "list",
    role: "client",
    certainty: 0.8,
    foreign: 1,
    says: /\b(?:hear back|heard back|any (?:news|reply|answer) (?:yet|from|about)|answered (?:yet|me)|did (?:that|it|this) (?:book|work|go through))\b/,
  },
  // Inability. Whether a session or a day is meant depends on what is being talked about (W5).
  {
    verb: "cannot",
    certainty: 0.8,
    says: new RegExp(
      `\\b${cannot} (?:actually |really )?(?:make (?:it|<time>|my|the|our|that|this|to)|make$|come|attend|be there|do (?:it|that|<time>|the)|keep|get there|manage (?:it|<time>|that))(?![^ ])|<time>(?: (?:one|1|session|appointment|slot))?,? (?:(?:really|just|probably) )?(?:doesn't|does not|don't|won't|will not|isn't going to|is not going to|no longer) (?:work|suit|fit)s?\\b|\\b(?:it|that|this|<service>|${sessionNoun}) (?:on )?<time> (?:doesn't|won't|no longer) works?\\b`,
    ),
  },
  {
    verb: "cannot",
    certainty: 0.75,
    says: new RegExp(
      `\\b(?:no longer|don't|do not|not|won't|never) (?:[^ ]+ ){0,2}(?:need|want|require|in need of) (?:my|the|that|this) (?:[^ ]+ ){0,3}(?:${sessionNoun}|<service>)(?![^ ])(?! (?:moved|changed|cancel))|(?:${sessionNoun}|<service>)(?![^ ]).* (?:not|no longer|isn't) (?:needed|required|necessary)`,
    ),
  },
  {
    verb: "cannot",
    certainty: 0.75,
    foreign: 0,
    says: new RegExp(
      `\\b(?:i'm|i am|i'll be|i will be|we're) (?:away|out(?! of (?!town|office))(?: of town)?|not (?:around|available|here|free|in)|unavailable|travell?ing|abroad|on ${holiday}|busy|sick|ill|unwell)\\b|\\bsomething (?:has )?(?:came|come) up\\b`,
    ),
  },
  {
    verb: "book",
    role: "client",
    foreign: 1,
    certainty: 0.85,
    says: /^(?:(?:please|i'd like|i want|can i have|the|just|book|ok|yes|,) )*(?=(?:same (?:thing )?(?:as|like) (?:last time|before|usual|always|the last one)|same again|usual)(?: please)?$)/,
  },
  {
    verb: "have paid",
    certainty: 0.9,
    says: /^(?:i(?:'ve| have)? |it's |it is |yes,? )*(?:just |now |already )?(?:paid|payed)(?: (?:it|now|already|for it|you|the .*))?$/,
  },
  {
    verb: "call me",
    role: "client",
    certainty: 0.9,
    says: /\b(?:call|ring|phone) me(?: back)?(?! (?:something|by|that|an?|the))\b|\bis (?:anyone|anybody|somebody|someone) there\b/,
  },
  {
    verb: "delete data",
    certainty: 0.9,
    says: /\b(?:delete|erase|remove|forget|close|wipe) (?:all )?(?:of )?(?:my|the) (?:personal |own )?(?:data|account|information|details|profile|records?|history)\b|\bforget (?:all )?about me\b|\bright to be forgotten\b/,
  },
  {
    verb: "show data",
    certainty: 0.9,
    says: /\b(?:export|download|see|correct|copy of|show(?: me)?|get|access) (?:all )?(?:of )?(?:my|the) (?:personal |own )?(?:data|account|information|profile|records?)\b|\bcorrect my (?:contact )?details\b/,
  },
  {
    verb: "connect",
    certainty: 0.85,
    says: /^(?:connect|add|link|use) (?:an)?(?:other|a 2nd|my other|my 2nd) (?:chat|account|app|slack|teams|workspace)\b/,
  },
  {
    verb: "switch",
    certainty: 0.9,
    says: /^switch(?: to)?(?: (?:the |my )?(?:other )?(?:practice|role|person|account|side))?$|^change (?:practice|role)s?$|^who am i$/,
  },
  {
    verb: "list people",
    role: "practitioner",
    certainty: 0.9,
    says: new RegExp(`^${polite}(?:my |the |all )*(?:people|clients|client list|invitations)$`),
  },
  { verb: "resend invitation", certainty: 0.85, says: /\b(?:re-?send|send|lost)\b.*\b(?:invitation|invite|code)\b/ },
  {
    verb: "invite",
    role: "practitioner",
    certainty: 0.85,
    says: /^(?:send|make)(?: out)? (?:an |a new )?invitations?\b/,
  },
  {
    verb: "list requests",
    role: "practitioner",
    certainty: 0.9,
    says: new RegExp(
      `^(?:who|what)(?:'s| is)(?: still)? (?:waiting|pending|open)\\b|^${polite}(?:the |my |open |waiting |new |pending )*requests$|^any(?:thing)? (?:new )?(?:requests|waiting)\\b|^(?:please )?(?:review|answer|open|look at) (?:the |my )?(?:<person>(?: ?'s)?(?: requests?)?|requests?)$`,
    ),
  },
  {
    verb: "plan",
    role: "client",
    certainty: 0.85,
    says: /\b(?:every|each) (?:other |2nd )?(?:<time>|week|month|fortnight|monday|tuesday|wednesday|thursday|friday|saturday|sunday|morning|afternoon|evening)(?![^ ])|\b(?:weekly|fortnightly|biweekly|bi-weekly|regular slot|recurring|once a week|twice a month)\b|\bplan (?:my|the|all|a|out)\b.*\b(?:sessions?|package|series)\b/,
  },
  {
    verb: "show packages",
    role: "client",
    certainty: 0.9,
    says: new RegExp(
      `^${polite}(?:all )?(?:my |the )?(?:packages?|packs?|bundles?|credits?)$|\\b(?:package|credit) (?:balance|history|ledger)\\b`,
    ),
  },
  {
    verb: "undo",
    foreign: 2,
    certainty: 0.9,
    says: /^(?:(?:oops|wait|sorry|no|please|,) )*(?:undo|take (?:it|that) back|(?:i )?(?:have |'ve )?changed my mind)(?: (?:it|that|please))?$|^oops$/,
  },
  {
    verb: "other options",
    certainty: 0.8,
    foreign: 0,
    says: /\b(?:who|where|some|any)(?:one|body|thing|where)? else\b|\b(?:another|other|others|alternatives?|different|more) ?(?:ones?|1|options?|choices?|times?|days?|dates?|slots?|places?|<person>)?(?= |$)(?! (?:session|appointment|booking))|\b(?:something|anything|someone|somebody|anyone|what) else\b|\bnone of (?:these|them|those)\b|\bnext (?:one|1)\b|\bkeep (?:looking|searching)\b/,
  },
  {
    verb: "choose",
    certainty: 0.85,
    foreign: 0,
    says: /^(?!.*\b(?:cancel|delete|remove|move|drop|scratch|forget|change)\b).*(?:\b(?:take|choose|pick|select|go with|let's do) (?:it|that|this|these|the|number|option|<time>|<person>|<service>|one|1)(?![^ ])|(?<!\ba |\bon )\b\d{1,2}(?:st|nd|rd|th)(?: (?:one|1|option|slot|choice|time))?(?: (?:please|works|is fine|is good))?$|\b(?:option|number) \d\b|^(?:the )?(?:last|later|earlier|former|latter|middle)(?: one| 1)?$|\b(?:like|interested in|try) (?:it|that|this)(?: one| 1)?\b|\b(?:this|that) (?:one|1|<person>|place)(?= |$)(?!.*\b(?:not|cancel|delete)\b))/,
  },
  {
    verb: "change",
    certainty: 0.7,
    foreign: 1,
    says: /\b(?:make|have) (?:it|that|this|the time)\b.*(?:<time>|\b(?:earlier|later)\b)|\b(?:it|that|this|one|1|<time>) (?:should|needs? to|has to|must|can) be\b.*(?:<time>|\b(?:earlier|later)\b)|\bcan (?:it|that|this) be (?:<time>|earlier|later)/,
  },
  {
    verb: "find times",
    certainty: 0.8,
    foreign: 0,
    says: /\b(?:free|available|availability|openings?|vacanc(?:y|ies)|slots?|spots?|space|gaps?)\b(?=.*\?|.*<time>)(?<!\bfor free\b)|(?<=\b(?:what|which|when|any|is|are|do|does|show|see|check|find|look|your|next|earliest|there|tell|know|have|need|am|my)\b.*)\b(?:free|available|availability|openings?|vacanc(?:y|ies)|slots?|spots?|space|gaps?)(?= |$)|\b(?:anything|something) (?:(?:free|open|left) ?)?(?:<time>|earlier|sooner|later)|\bwhen can (?:i|we) (?:come|be seen|see|get|have|book|visit|meet)\b|\b(?:soonest|earliest|next) (?:you|possible|i can|free|open|date|day|time)\b|\bdo you have (?:anything |something |time |room )?<time>|\bwhat (?:times?|days?|dates?)\b.*\b(?:you|there|have|work)\b/,
  },
  {
    verb: "list",
    certainty: 0.8,
    foreign: 0,
    says: new RegExp(
      `\\b(?:show|list|read|give|tell|check|see|find|look|view|pull|display|search|review|share|remind|hear|know|retrieve|any)\\b(?: [^ ]+){0,5} (?:(?:my|the|all|any|our|next|upcoming|every|of) (?:[^ ]+ ){0,3}?(?:${sessionNoun}|meetings?|events?|calendar|schedule|agenda|diary|day|week|plans)|events|meetings|appointments|sessions)(?= |$)|\\b(?:what|anything|something|how)\\b.*\\b(?:on|in) (?:my|the|our) (?:[^ ]+ )?(?:calendar|schedule|agenda|diary|plans)\\b|^any(?:thing)? (?:[^ ]+ )?(?:events?|meetings?|appointments?|sessions?|scheduled|planned|booked|happening|coming up)\\b`,
    ),
  },
  {
    verb: "list",
    certainty: 0.9,
    says: new RegExp(
      `^${polite}(?:all )?(?:of )?(?:my |the |our )?(?:next |upcoming |booked |future |past |last |previous |<time> )*(?:bookings|sessions|appointments|visits|meetings|events|upcoming|past|calendar|agenda|diary|history)(?: list)?(?: for)?(?: <time>)?$`,
    ),
  },
  {
    verb: "join",
    certainty: 0.85,
    says: /\b(?:join|lost|where|send|need|missing|video|meeting|resend|find)\b.*\blinks?\b|^(?:the |my )?link$/,
  },
  { verb: "menu", certainty: 0.9, says: /^(?:home|menu|main menu|start over|start|restart|begin)(?: please)?$/ },
  {
    verb: "help",
    certainty: 0.9,
    says: /^(?:help|options|commands)(?: me)?(?: please)?$|\b(?:help|assist) me(?: please| here| out)?$|\b(?:i|we) need (?:some |your )?help$|\bwhat (?:all |else |things |exactly )?(?:can|do|could|would|will) you (?:able to )?(?:do|help|offer|know|answer|understand|assist|handle)\b(?! about me)|\bhow (?:can|do|does|could) (?:you|this|it) (?:help|work|assist)|\bhow do i use\b|\bwhat (?:else )?(?:can|should|may|could|do) i (?:ask|say|do here|type)\b|\b(?:things|questions|subjects?|topics|commands|tasks|skills)\b.*\b(?:you|ask)\b|\bwhat (?:questions|subjects|topics)\b/,
  },
  // About the open card.
  {
    verb: "keep",
    foreign: 0,
    certainty: 0.9,
    says: /\b(?!leave\b.*\bout\b)(?:keep|leave) (?:it|that|this|them|things|everything|my|the)(?: [^ ]+){0,3}?(?: (?:as|on|there|please)|$)|\bwant to keep\b|\bkeep (?:my|the) |\bstill (?:coming|going)\b|\bstill want (?:it|that|to come)\b/,
  },
  {
    verb: "stop",
    foreign: 1,
    certainty: 0.9,
    says: /\b(?:abort|stop|quit|halt|pause|hold on|shut up|be quiet|never ?mind|forget (?:it|that|about it|this)|scratch that|drop it|exit|cut it out|leave it)\b(?! (?:sending|telling|out))|^(?:don't|do not) (?:do|continue|go on|bother|proceed)\b|^(?:don't|do not)$/,
  },
  {
    verb: "skip",
    certainty: 0.9,
    says: /^(?:skip(?: (?:it|this|that))?|pass|(?:i'd |i would )?(?:rather|prefer) not (?:to )?(?:say|answer|tell)|prefer not to say|no answer|n\/a|not applicable|next question)(?: please)?$/,
  },
];

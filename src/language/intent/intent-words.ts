/*
 * The vocabulary of intents, as patterns over normalised text. Each says one thing a message may contain; `intent.ts`
 * decides what they mean together.
 */

const any = (...words: readonly string[]) => `(?:${words.join("|")})`;

/** What is booked here, and what people call it. */
const session = any(
  "appointments?",
  "sessions?",
  "bookings?",
  "consultations?",
  "consults?",
  "check-?ups?",
  "slots?",
  "visits?",
  "therapy",
  "treatments?",
  "massages?",
  "hair ?cuts?",
  "lessons?",
  "class(?:es)?",
  "viewings?",
  "tours?",
  "assessments?",
  "screenings?",
  "follow-?ups?",
  "evaluations?",
);
/** What other calendars hold. People say it to a desk as well. */
const entry = any(
  "meetings?",
  "events?",
  "(?:phone|conference|video|zoom|skype|teams|sales|a) calls?",
  "conferences?",
  "calend[ae]r",
  "schedule",
  "reservations?",
  "lunch(?:eon|es)?",
  "dinner",
  "breakfast",
  "brunch",
  "party",
  "game",
  "dates? (?:with|night)",
  "(?:lunch|dinner|coffee|play) date",
  "practice",
  "match",
  "recital",
  "rehearsal",
  "tournament",
);
/** What is booked here. */
export const sessionNoun = new RegExp(`\\b${session}\\b`);
/** What is booked here or stands in any calendar. */
export const calendarNoun = new RegExp(`\\b${any(session, entry)}\\b`);

const toBook = any(
  "book",
  "re-?book",
  "schedule",
  "make",
  "set ?up",
  "set",
  "arrange",
  "reserve",
  "get",
  "request",
  "create",
  "add",
  "put",
  "plan",
  "organi[sz]e",
  "enter",
  "place",
  "fix",
  "buy",
  "sign (?:me|us) up",
  "fit (?:me|us) in",
  "squeeze (?:me|us) in",
  "pencil (?:me|us) in",
  "put (?:me|us) down",
  "include",
  "block",
  "have",
);
/** Verbs that may book, with a noun to say so. */
export const bookVerb = new RegExp(`\\b${toBook}\\b|\\bbooking\\b|\\bscheduling\\b`);
/** Verbs that book by themselves, whatever is named. */
export const strongBookVerb =
  /(?:^|\b(?:to|please|you|i|we|and|i'll|let's|lets|just|then|ok|okay|yes|would|also|can|now|want|need|me|ahead)[ ,]+|[.!?,] )(?:re-?book|book)\b|\b(?:reserve|sign (?:me|us) up|fit (?:me|us) in|squeeze (?:me|us) in|pencil (?:me|us) in|put (?:me|us) down|set (?:me|us) up|booking an?|scheduling an?|(?<!\b(?:my|the|your|our|'s|meeting|on|daily|in|class|to|of|work|a|new) )schedule(?! (?:for|look|like|is|says|availab|on)))\b|\bto (?:schedule)\b/;
/** Wishing and asking politely. */
export const wish =
  /\b(?:i|we)(?:'d| would|'ll| will)? (?:really |also |just |still |do )?(?:need|want|wanna|wish|like|love|prefer|gotta|have to|would like|hope|am trying|was hoping|am hoping|am looking|'m looking)\b|\b(?:i am|i'm|we're) (?:interested|looking|hoping|trying|going to (?:need|want))\b|\b(?:can|could|may|might) (?:i|we|you)\b|\bplease\b|\blet'?s\b|\bneed\b|\bi (?:wanna|gotta)\b/;
/** Someone to be seen. */
export const seeSomeone =
  /\b(?:see|visit|meet|meeting|consult|talk to|speak (?:to|with)|get in (?:with|to)|come in|go (?:in )?to|be seen by|view)\b[a-z ,]*\b(?:dr|doctor|therapist|dentist|counsel(?:l)?or|psychologist|psychiatrist|coach|practitioner|physio(?:therapist)?|trainer|nutritionist|dietitian|specialist|stylist|hairdresser|masseuse|masseur|him|her|them|you|someone|somebody|salon|apartments?|property|place)\b/;

/** Taking a session off the calendar. */
export const cancelVerb =
  /\b(?:cancel(?:l?ed|l?ing)?|cancellation|delete|remove|erase|call off|scrap|clear|wipe|get rid of|take off|decline|withdraw|annul|repeal|unbook|unschedule)\b/;
/** Not coming, or no longer needing it. */
export const cannotCome =
  /\b(?:can'?t|cannot|won'?t be able to|not (?:going to|gonna) be able to|unable to|not able to|will not|won'?t) (?:make it|make (?:my|the|our|today|tomorrow|to)|come(?: in)?|attend|be there|keep)\b|\b(?:no longer|don'?t|do not|am not in|not in) (?:actually )?(?:need|want|require)(?: of)? (?:my|the|that|this)\b.*\b(?:any ?more|any longer)\b|\bno longer (?:need|want)\b|\bdon'?t need (?:my|the) [a-z ]*(?:appointment|session|booking|reservation)\b|\bnot going to (?:my|the)\b/;
/** Verbs that move by themselves. */
export const strongMoveVerb =
  /\b(?:re-?schedul(?:e|ed|ing)|rechedule|rearrange|postpone|put off|bring forward|delay|move|push back|push)\b/;
/** Verbs that change something, a time among others. */
export const changeVerb = /\b(?:change|changed|switch|swap|update|modify|adjust|edit|extend|shift)\b/;

/** Asking for free time. */
export const freeTime =
  /\b(?:availabilit(?:y|ies)|availabilities|avail\b|openings?|vacanc(?:y|ies)|(?:am i|are you|is (?:she|he|dr|doctor)(?: [a-z]+)?|i'm|i am|i will be|will i be|when i'?m|they|you|we|anyone|anybody|someone) free|free (?:time|slots?|times?|on|at|this|next|that|tomorrow|today|between|after|before)(?! (?:book|movie|trial))|(?:any|which|what|your|free|open|next|earliest|1st) (?:free |open |other )?(?:slots?|spots?|times?|days?) (?:do you|are you|can (?:i|you|we)|could|you|would|works?|left|for|free|open|available|have|(?:is|are) (?:free|open|good|available))|any (?:slots?|spots?|times?)\W*$|when (?:can|could|may) (?:i|we) (?:come|see|get|have|book|visit|meet|be seen)|when (?:are|do|is|does) (?:you|they|she|he|dr|doctor)(?: [a-z]+){0,2} (?:free|available|have|open)|do (?:you|they) have (?:any(?:thing|thing free)?|time|something|a slot|an opening|room|space)|(?:are|is) there (?:any |a |an )?(?:free )?(?:slots?|spots?|times?|openings?|appointments?|sessions?)(?= (?:on|at|for|this|next|today|tomorrow|left|free|open|available|before|after)|\W*$)|any (?:appointments?|sessions?) (?:on|at|for|free|left|open|available|this|next|today|tomorrow)|anything (?:free|open|left|earlier|sooner|later|on|at|for|before|after|in the|around)|(?:find|have|get) (?:me )?(?:a |some )time|is there (?:anything|a time|time|something|an? (?:spot|slot))|(?:the |your )?(?:soonest|earliest) (?:you|slot|time|possible|available|appointment|i can))\b/;

/** Asking to be shown or told. */
export const listAsk =
  /\b(?:what(?:'s| is| are| do)?|which|when(?:'s| is| are)?|where(?:'s| is)?|who(?:'s)?|how (?:long|many)|do i have|have i got|am i|will i|did i|is (?:there|my|the)|are there|show(?: me)?|list|tell me|read|give me|see|check|look up|find|view|remind me when|let me know|pull up|display|confirm|any|does|search)\b/;

/** "don't cancel", "keep it": refusing to undo. */
export const keep =
  /\b(?:do not|don'?t|not|never|without|rather not|no need to) (?:want (?:you )?to |wanna |wish to |have to |please )?(?:cancel|delete|remove|move|reschedule|change|erase)\b(?! my (?:mind|name))|\b(?:keep|leave) (?:it|that|this|them|things|everything)(?: (?:as|on|there|in|please|the|all)|\W*$)|\b(?:keep|leave) (?:my|the) [a-z ]*(?:appointment|session|booking|meeting|as)\b|\bwant to keep\b|\bstill (?:coming|going|want (?:it|that|to come))\b(?! to be)/;

/** Stopping what is being done. */
export const abort =
  /\b(?:abort|stop|quit|halt|pause|hold on|shut (?:the [a-z]+ )?up|be quiet|never ?mind|forget (?:it|that|about it|this|my|what|the)|start over|scratch that|drop it|enough|cease|don'?t (?:do|continue|go on|bother|proceed)|leave it|exit|cut it out|end (?:the )?(?:process|program|this))\b/;
/** "cancel" with nothing of the calendar behind it. */
export const cancelThat =
  /^(?:[a-z']+[,. ]+){0,3}(?:please )?(?:cancel|scrap|drop|undo|destroy|terminate|kill)(?: (?:it|that|this|all of (?:it|that)|everything|(?:the|that|this|my|your|running|current|previous)?\s?(?:last |previous |current |whole |running )?(?:request|command|process|action|program|order|operation|task|thing|question|query)))?(?: (?:now|please|right now|actually|for now|instead|then))*[.! ]*$/;

/** Asking what can be done here. */
export const help =
  /^\W*(?:help|options|menu|commands|\?+)(?: me)?(?: please)?\W*$|\b(?:help|assist) me\W*(?:please)?\W*$|\b(?:i|we) need (?:some |your )?help\W*$|\bwhat (?:all |else |things |exactly )?(?:can|do|could|would|will) you (?:able to )?(?:do|help|offer|know|answer|understand|like|assist|handle)\b|\bhow (?:can|do|does|could) (?:you|this|it) (?:help|work|assist)|\bhow do i use\b|\bwhat (?:else )?(?:can|should|may|could|am|do) i (?:be )?(?:allowed to |able to )?(?:ask|say|do here|type|talk)\b|\b(?:types?|kinds?|sorts?|range|categories|area|list)? ?(?:of )?(?:things|questions|subjects?|topics|queries|commands|skills|subject areas|answers?)\b.*\b(?:you|ask|answer|help|know|familiar|programmed|permissible|possible|commands)\b|\bwhat (?:questions|subjects|topics|skills|queries)\b|\b(?:you|your) (?:can (?:help|answer|assist|do)|capabilit|features|abilities|knowledgeable|familiar with|aware of|versed)|\b(?:can|can't) i (?:not )?ask\b|\bi can(?:'t)? ask\b|\bask (?:you|the ai) (?:about|anything)\b/;

/** Others than these. */
export const alternatives =
  /\b(?:another|other|others|alternatives?|different|else|further options|none of (?:these|them|those)|neither|more (?:options|choices|times)|next (?:one|1)|not (?:this|that) (?:one|1)|keep (?:looking|searching))\b/;
/** What people ask about a place or a person. */
export const requestInfo =
  /\b(?:address|phone|number|ratings?|rated|reviews?|located|location|where|how much|pric(?:e|es|ey|ing)|expensive|costs?|charge|unisex|cosmetic|website|contact|e-?mail|parking|offer|provide|accept|services?|specialt(?:y|ies)|speciali[sz]e|what kind|who is|are they|is it|is (?:he|she) a|(?:do|does|are|is) (?:they|he|she|it|this|that|the)|call them|details|info(?:rmation)?|women|men)\b/;
/** Who is looked for. */
export const provider =
  /\b(?:doctors?|dr|dentists?|therapists?|salons?|counsel(?:l)?ors?|psychologists?|psychiatrists?|dermatologists?|gyn[a-z]*|ophthalmologists?|practitioners?|physicians?|hair ?(?:stylists?|dressers?)|stylists?|barbers?|gp|ent|specialists?|coach(?:es)?|physio(?:therapist)?s?|nutritionists?|clinics?|orthodontists?)\b/;
/** Looking for someone. */
export const findVerb =
  /\b(?:find|search|look(?:ing)?|locate|locating|seek(?:ing)?|recommend|suggest|show|need|want|wanting|know of|is there|are there|get me|give me|help|would like|i'd like|love|wish|any)\b/;
/** Taking what is offered. */
export const takes =
  /\b(?:i(?:'ll| will|'d like to| would like to| want to| think i'll| choose| pick| prefer)? (?:take|choose|pick|go with|select|try|have|go for|like|love|opt)|let'?s (?:go with|do|try|take|pick|choose)|go(?:ing)? with|(?:this|that|the) (?:one|1|place|salon|dentist|doctor|therapist)|interested|i like (?:it|that|this)|(?:i'?d|i would) like (?:it|that|this|to (?:try|see|visit|go))|check (?:it|them|him|her) out|seems? (?:like )?(?:a |an )?(?:good|nice|great|ok|fine|perfect|right|interesting)|would be (?:good|great|fine|nice|perfect|ok(?:ay)?|ideal))\b/;
/** Words that go with another time or day. */
export const revises =
  /\b(?:actually|instead|rather|change|changed my mind|switch|make it|make that|i mean|i meant|wait|oops|sorry|on 2nd thoughts?|how about|what about|want|prefer|like|need|book|different|wrong|try|should|can you|could you|is there)\b/;
/** Choosing by place in the list. */
export const ordinalChoice =
  /\b(?:(?:the )?\d{1,2}(?:st|nd|rd|th) (?:one|1|option|slot|choice|time|appointment)|(?:the )?(?:\d(?:st|nd|rd|th)|last|later|earlier|former|latter)\W*(?:please|works|is|one|1)?\W*$|option \d|number \d|(?:the|that) (?:one|1) (?:at|on|with))\b/;
/** Booking what is on the table. */
export const bookNow =
  /\b(?:book|schedule|reserve|set up|arrange|(?:make|get|want|need|like|have|do) (?:me |us |to make |to get |to have |to set )?(?:an? |the |my )?(?:appointments?|reservation|booking|visit|session)|(?:visit|see|go|going|meet|come)\b.*\b(?:him|her|them|there|on|at))\b/;
/** Tables, parties and rooms: booked elsewhere. */
export const mealPlace =
  /\breservation\b.*\b(?:for \d+ (?:people|persons?|guests)|for \d+$|under|at the|at [a-z]+)\b|\b(?:\d+ people|party of|surprise party|graduation party|birthday party|a party|rooms? (?:in|at)|(?:book|reserve|get) (?:me )?a room(?! (?:for|at [a-z]+ for)? ?(?:a |the )?meeting)|reservations?)\b/;
/** Words that put something else in the place of what was said. */
export const corrects =
  /\b(?:actually|instead|rather|changed? my mind|change (?:it|that|this|the|to)|switch|i mean|i meant|oops|on 2nd thoughts?|not .{1,20} but|wrong|make (?:it|that)|(?:earlier|later) than|a (?:little |bit )?(?:earlier|later)|but (?:make|at|on|can|could|change|for|i))\b/;
/** Asking for another time of what is there. */
export const makeIt =
  /\b(?:make|have|move) (?:it|that|this)\b|\b(?:it|that|this|the (?:\w+ )?(?:one|1)) (?:should|needs? to|has to|must) (?:be|start|end|go)\b|\binstead\b/;
/** Asking what the person has to come. */
export const upcoming =
  /\b(?:(?:what|which|how many|when|where|what time|at what time|who)(?:'s| is| are)? (?:[a-z']+ ){0,6}(?:do|did|will|am|have|are|should|can) (?:i|we)\b(?! (?:pay|get|put|take|know|make|find|need|see|be|go to|start|use|work|say|ask|type))|do i (?:still |already |currently )?have (?:a |an |any |another |the |my |plans|anything|something|some |dinner|lunch|meetings?|events?|appointments?|to (?:do|go|be|meet|attend)|time|<|\d)|(?:have i got|i have) (?:any|anything)|anything (?:scheduled|planned|booked|going on|happening|coming up|on my)|(?:is|are|was) (?:scheduled|booked|planned|going on|happening|coming up|on (?:for|tap))|am i (?:still |already )?(?:doing|meeting|seeing|supposed|scheduled|having|with|going|booked|busy)|will i (?:be|have|see|meet))\b/;
/** Asking for the calendar as a whole. */
export const ownCalendar =
  /\b(?:what|anything|show|list|tell|check|see|read|give|find|look|pull|open|view|how|is|when|which|search|know|display|where|who|want|like|need|any|does|get|review|share)\b.*\b(?:my|the|our|on|your) (?:[a-z]+ ){0,2}(?:calend[ae]r|schedule|agenda|diary|itinerary|day|plans)\b/;
/** Asking after a session there is. */
export const ownSession =
  /\b(?:when|what time|where|what day|how long|at what time|who|what|which|is|list|show|tell|check|see|read|find|search|pull up|look up|view|display|confirm|how many|give)\b.*\b(?:my|our|the|that|this|any|all|next|upcoming|of|for|a|have|with)\b/;
/** The calendar named alone. */
export const justList =
  /^(?:(?:please|can you|could you|list|show|see|view|check|me|all|of|my|the|upcoming|booked|future) )*(?:appointments|sessions|bookings|meetings|events|calendar|schedule|agenda|(?<=my )(?:next |upcoming )?(?:appointment|session|booking))(?: (?:today|tomorrow|this week|please|list))?\W*$|\bany (?:other |more )?(?:events?|meetings?)\b(?! (?:available|free|open|slots?|times?|with))/;
/** Available, whoever or whatever it is. */
export const available = /\bavailab(?:le|l|ility)\b/;
/** Someone who may be available, or a time. */
export const someoneAvailable =
  /\b(?:i|i'm|am i|you|they|she|he|we|dr|doctor|therapist|dentist|anything|something|nothing|times?|slots?|appointments?|sessions?|when)\b(?: [a-z]+){0,3} availab/;
/** Another attempt at booking. */
export const tryAgain =
  /\btry (?:again|for|booking|it|please|making|to (?:book|make))\b|\b(?:try|do) (?:it )?(?:again|instead)\b/;
/** Asking for another time of a session by its name. */
export const makeMine = /\bmake (?:my|the|that|this) [a-z' ]*(?:be|start|end|at|on|not|go|happen|last|for|an? hour|<)/;
/** Declining for now. */
export const maybeLater =
  /^(?:maybe|perhaps)\b.*\b(?:later|time|future|tomorrow)\b|\bhold off\b|\bnot (?:needed|necessary|required)\b|\bi(?:'ll|ll| will)? pass\b|^(?:later|another time|some other time)\W*$/;
/** A visit that was, not one to come. */
export const pastVisit =
  /\b(?:just (?:finished|had|met|saw|left|got)|finished|had (?:my|an?|the) [a-z ]{0,20}(?:appointments?|appt|sessions?|visits?)|saw (?:dr|doctor|my)|met with|the other day|forgot|can'?t remember|to follow-?up|follow ?up (?:on|with)|followup (?:on|with|an))\b/;
/** Looking for a practitioner. */
export const searchProvider =
  /\b(?:find|finding|search(?:ing)?|look(?:ing)? (?:for|up|into)|locate|locating|recommend|suggest|know|seek(?:ing)?)\b (?:[a-z]+ ){0,6}(?:doctors?|dr|dentists?|dentistry|therapists?|salons?|counsel(?:l)?ors?|psychologists?|psychiatrists?|dermatologists?|gyn[a-z]*|ophthalmologists?|practitioners?|physicians?|stylists?|barbers?|gp|specialists?|coach(?:es)?|physio(?:therapist)?s?|clinics?|orthodontists?)\b/;
/** Looking further than what is offered. */
export const elsewhere = /\b(?:find|search(?:ing)?|look(?:ing)?|anyone|someone|somebody|how about|what about|show)\b/;
/** A detail of the one talked about. */
export const theirDetails =
  /\b(?:their|your|his|her|its|the) (?:[a-z]+ ){0,2}(?:address|phone|number|ratings?|reviews?|location|prices?|website|contact|hours)\b/;
/** Thanks with one of these also chooses. */
export const picks =
  /\b(?:works?|sounds?|yes|this one|that one|choose|take|go with|like|prefer|perfect|that'?s (?:great|good|fine|nice)|is (?:fine|good|great))\b/;
/** A thing called by whose or which it is. */
export const named = /\b(?:my|the \d\w\w|our) [a-z' ]*/;
/** Taking back an order, not a session. */
export const cancelRequest =
  /\b(?:cancel|scrap|drop|undo|destroy|terminate|kill) (?:that|(?:the |that |this |my |your )?(?:last |previous |current |whole |running )?(?:request|command|process|action|program|operation|task|question|query))\b|\b(?:destroy|terminate|kill|undo)\b/;
/** An order for something new: "add …", "put … on my calendar". */
export const makesNew =
  /^(?:(?:hi|hello|hey|ok|okay|yes|yeah|sure|great|thanks?|thank you|please|now|also|and|alright|cool|awesome|good|so|then|can you|could you|would you|will you|i (?:want|need|would like)(?: you)? to|i'd like(?: you)? to|let's|help me|go ahead and|do|that sounds good)[,.! ]+)*(?:add|put|create|make|set|set up|arrange|plan|enter|include|place|block|mark|new|pencil|get me|give me an?|organi[sz]e)\b/;
/** An order to show. */
export const listStart =
  /^(?:(?:hi|hello|hey|ok|okay|yes|great|thanks?|thank you|please|now|also|and|so|can you|could you|would you|i (?:want|need|would like) to|i'd like to)[,.! ]+)*(?:list|show|tell|check|see|read|find|search|pull up|look up|view|display|confirm|give|what|when|who|which|how|is|are|do|does|any|know|look)\b/;
/** Plainly a new session: "make an appointment", "need another session". */
export const newSession =
  /\b(?:make|book|schedule|get|need|want|have|set(?: up)?|arrange|like|do)(?: me| us)? (?:an?|another|the next|my next|some) (?:[a-z]+ ){0,2}(?:appointments?|sessions?|consultations?|check-?ups?|bookings?|lessons?|massages?|treatments?|follow-?ups?)\b/;
/** A session one has: "my session", "tomorrow's", "do I have". */
export const owned =
  /\b(?:my|our|mine|(?:today|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?:'s)? (?:appointment|session|booking|meeting)|do i have|am i|have i|i have)\b/;
/** Asking to be told. */
export const asksFor = /\b(?:give|tell|provide|know|need|want|let|get|share|send)\b/;
/** Asking what a session costs. */
export const prices =
  /\b(?:how much (?:is|are|does|do|would|for|will)|prices?|pricing|costs?|fees?|charge)\b(?:.*\b(?:you|your|session|appointment|visit|massage|consultation|treatment|lesson)s?\b|(?: (?:is|are|does|do|would|will|for))? ?(?:it|that|this|one|1)\b|\W*$)/;
/** Coming by is booking, in other words. */
export const comeIn = /\b(?:can|could|may|might) (?:i|we) (?:come|pop|drop|stop)(?: in| by| over| round)?\b/;
/** A question, with its mark or by its first words. */
export const question =
  /\?|^(?:(?:ok|okay|yes|and|so|but|hi|hello|hey|also|great|good|thanks),? )*(?:what|where|who|whose|which|how|why|when)\b|^(?:is|are|do(?! it\W*$)|does|did|can|could|will|would|am|have) (?:i|you|we|it|they|there|this|that|he|she|my|the|your|any|dr)\b/;
/** A time put forward as a question: "what about Friday?", "anything after 4?", "Tuesday?". */
export const proposes = /\b(?:what|how) about\b|\bany(?:thing)?\b|\bfree\b|\bpossible\b|\bmaybe\b|^\W*<[a-z]\d+>\W*$/;

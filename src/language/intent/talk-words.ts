/*
 * The small words talk is made of. A message is thanks, a greeting, a yes or a no only when it is made of little else:
 * "thanks" alone is thanks, "thanks, now cancel Friday" is not.
 */

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

/** Words that carry nothing of their own. */
const fillers = words(
  "i i'm i'll i'd i've im id you you're you've your it it's its that that's thats this these those they they're he she we we're is are was were be been am 's the a an so very much many for to of my me us our please oh ah um uh hmm well just really actually quite pretty too also all and but with at in on as if then now there here do does did done have has had will would could can may might must should let let's sir madam dear friend buddy man guys team again more lot lots bunch ton million such some any still now today already definitely certainly absolutely totally completely most mostly super extremely sure i guess think believe suppose say said tell telling mean feel know hear being by from about hey hi hello ok okay what how like got get going go make made",
);

const yesWords = words(
  "yes yeah yeahh yeh yep yup ya yah yea yay ye yeap aye sure ok okay okey o.k k kk fine correct right exactly absolutely definitely certainly course perfect perfectly perfecto great awesome excellent wonderful lovely cool nice good alright indeed affirmative confirm confirmed confirming agree agreed approve approved approves proceed sounds sound looks look works work true truth accurate factual fact positive save submit accept accepted both either ideal fantastic amazing brilliant splendid super deal done love happy glad favorite best one way means go ahead answer statement resounding please this that count book booking schedule reserve send request session appointment slot time reservation card details",
);
const noWords = words(
  "no nope nah nahh naw nay not never negative negatory none neither nada don't dont isn't isnt wasn't won't doesn't doesnt aren't can't cannot wouldn't incorrect wrong false untrue invalid erroneous fake pass nothing hell way hard",
);
const thankWords = words(
  "thank thanks thankyou thankful thx appreciate appreciated appreciative appreciation grateful gratitude cheers obliged owe bless helpful help helping helped assist assistance assisting kind kindness lifesaver looking answer answering answers information info advice support time everything giving providing question questions that's was great big huge work job nice heaps",
);
const byeWords = words(
  "bye goodbye good-bye byebye bye-bye see cya ya later farewell fairwell ciao adios long care take catch outta out leave leaving going off enough day night evening weekend one time talk talking chat chatting speak speaking conversation nice good great fun enjoyed enjoyable pleasure until next soon around tomorrow else all set done need nothing anything gotta run gator everything",
);
const greetWords = words(
  "hi hello hey heya hiya hey howdy greetings morning afternoon evening day yo sup up new hola heller aloha welcome how how's hows doing things going everything life been feeling treating today goes hanging long time see seen happening meet nice news good well fine bot ai desk frontdesk old pal",
);

/** How many words of a message are neither fillers nor in the vocabularies. */
function others(said: string, ...vocabularies: readonly ReadonlySet<string>[]): number {
  const all = said.match(/[a-z0-9<>'.-]*[a-z0-9>]/g) ?? [];
  return all.filter((one) => !fillers.has(one) && !vocabularies.some((vocabulary) => vocabulary.has(one))).length;
}

const yes =
  /\b(?:yes|ye[ah]+h?|yeh|yep|yup|ya|yah|ye|yeap|aye|sure|ok(?:ay)?|okey|o\.k|k|fine|correct|right|exactly|absolutely|definitely|certainly|of course|perfect(?:o|ly)?|great|awesome|excellent|wonderful|lovely|cool|nice|good|alright|indeed|affirmative|confirm(?:ed)?|agree[ds]?|approved?|go ahead|proceed|sounds?|looks?|works?|true|truth|accurate|factual|positive|save|submit|accept|both|either|ideal|fantastic|amazing|deal|that is the one|it is|i do|i would|why not|please do|by all means|love (?:it|that))\b/;
const no =
  /\b(?:no|nope|nah+|naw|nay|not|never|negat(?:ive|ory)|none|neither|nada|don'?t|isn'?t|wasn'?t|won'?t|doesn'?t|aren'?t|wouldn'?t|can'?t|incorrect|wrong|false|untrue|invalid|erroneous|fake|pass)\b/;

/** Whether the message refuses: a no that is not about something else ("I don't have …"). */
export function isNo(said: string): boolean {
  return (no.test(said) && others(said, noWords, yesWords, thankWords) <= 1) || startsWithNo(said);
}

/** "No, …": a no before anything else. */
export function startsWithNo(said: string): boolean {
  return /^(?:(?:oh|um|uh|well|actually|sorry|hmm|ok|okay|hey|ah|oops|wait|thanks|please|i(?:'m| am) (?:afraid|sorry)|i think|i said)[,. ]+)*(?:no|nope|nah+|naw|nay|hell no|no way|not (?:really|now|yet|today|this|that|at|ok|okay|good|right)|neither|none of|never ?mind|incorrect|i(?:'d| would) rather not|on 2nd thoughts?)\b/.test(
    said,
  );
}

/** Whether the message agrees and says little else. */
export function isYes(said: string): boolean {
  return yes.test(said) && !no.test(said) && others(said, yesWords, thankWords) <= 1;
}

/** Whether nothing but agreement is said; with a "but" or an unknown word it is not clear. */
export function isClearYes(said: string): boolean {
  const plain = /^(?:y|do it|let'?s do it|(?:👍|👌|✅)+)[\s!.]*$/u.test(said.trim());
  return plain || (yes.test(said) && !no.test(said) && !hedges(said) && others(said, yesWords, thankWords) === 0);
}

/** Words that take a yes back or put a condition on it. */
export function hedges(said: string): boolean {
  return /\b(?:but|wait|hold on|maybe|perhaps|unless|if|not|later|earlier|sooner|instead|change|cancel|stop|other|another|different|except|only|think about|let me|first|1st|check|actually|rather|how about|what about|(?:can|could|should|would|will) (?:i|we|it|you)|is it|are you|mean)\b|n't\b/.test(
    said,
  );
}

/** A yes to something other than what was asked. */
export function takesBack(said: string): boolean {
  return /\b(?:but|instead|actually|change|rather|different|other|not|wait)\b/.test(said);
}

const surely =
  "yes|ye[ah]+h?|yep|yup|ya|yah|aye|sure|correct|exactly|absolutely|definitely|certainly|of course|perfect|great|awesome|excellent|wonderful|affirmative|confirm(?:ed)?|go ahead|please do|sounds (?:good|great|fine|perfect|nice)|looks (?:good|great|fine)|that works";
const adverb = "(?: (?:really|very|just|quite|all|also|so|pretty|a))?";
const fits =
  "(?:good|great|fine|perfect|nice|right|correct|ok(?:ay)?|lovely|awesome|ideal|excellent|wonderful|true|alright)";
const lead = "^(?:(?:oh|um|uh|well|hmm|thanks|wow|thank you)[,. !]+)*";
const clearStart = new RegExp(
  `${lead}(?:${surely}|(?:that|this|it)(?:'s|s| is| will be| would be|'ll be| sounds| looks| seems)${adverb} ${fits}|(?:that|this|it)(?:'ll| will| would)? (?:works?|do|suits?))\\b`,
);
const anyStart = new RegExp(
  `${lead}(?:ok(?:ay)?|o\\.k|right|lovely|cool|fine|alright|all right|nice|good(?! (?:morning|afternoon|evening|day|night)))\\b`,
);

/** "Yes, …": a plain yes before anything else. */
export function startsWithClearYes(said: string): boolean {
  return clearStart.test(said);
}

/** "Ok, …", "Good, …": a yes, or only a way to begin. */
export function startsWithYes(said: string): boolean {
  return clearStart.test(said) || anyStart.test(said);
}

/** How many words a message has beside its marks and the small words. */
export function leftOver(marked: string): number {
  return others(marked.replace(/<[a-z]\d+>/g, " "));
}

const thanks =
  /\b(?:thank(?:s|ful|you)?|thx|appreciat(?:e[ds]?|ive|ion)|grateful|gratitude|cheers|obliged|i owe|good looking out|bless you|(?:been|were|are|was) (?:[a-z]+ ){0,3}help(?:ful)?|help(?:ful)? (?:[a-z]+ )?much)\b/;
/** Whether the message thanks and says little else. */
export function isThanks(said: string): boolean {
  return thanks.test(said) && others(said, thankWords, yesWords, noWords, byeWords) <= 2;
}

const bye =
  /\b(?:good ?-?bye|bye(?:-?bye)?|(?<!\b(?:i|to|can|could|we) )see (?:you|ya)|cya|farewell|fairwell|later gator|ciao|adios|so long|take care|catch you|(?:have|need|got|time) to (?:go|get going|run|leave|head out|be off)|gotta (?:go|run)|outta here|(?:have|had) a (?:great|good|nice|wonderful|lovely|blessed|pleasant) (?:day|one|time|evening|night|weekend|chat|conversation|talk)|talk (?:to you )?(?:later|soon)|(?:nice|good|great|fun|enjoyable|pleasure|enjoyed|loved)\b[a-z' ]{0,24}\b(?:talk(?:ing)?|chat(?:ting)?|speak(?:ing)?|conversation)|(?:great|nice|good) (?:talk|chat|conversation)|(?:this|it) was fun|until next time|that(?:'s| is| was|'ll be| will be|s|ll be)? (?:all|it)\b|(?:i'?m|i am) (?:good|done|all set|okay|ok|fine)|nothing (?:else|more)|(?:don'?t|do not) need (?:anything|any) (?:else|more)|good ?night|signing off|talk later|^later)\b(?! (?:please|1|one|than|time|today|this))/;
/** Whether the message ends the talk. */
export function isBye(said: string): boolean {
  return bye.test(said) && others(said, byeWords, thankWords, yesWords, noWords) <= 2;
}

const greeting =
  /^(?:(?:oh|well|ai|hey|hi|hello)[,. ]+)*(?:hi+|hello+|hey+|hiya|heya|howdy|greetings|good (?:morning|afternoon|evening|day)|morning|yo|sup|what'?s (?:up|new|happening)|hola|heller|aloha)\b|\bhow(?:'s| is| are|'re| have| has| ya|s| r)? (?:things|it|everything|you|your (?:day|life|morning|week)|life|ya|are|been|it's)\b|\b(?:how do you do|have you been|how you (?:are|doing)|are you (?:well|doing|having)|nice to (?:meet|see) you|how goes|what is new|long time|what'?s up)\b/;
/** Whether the message greets and says little else. */
export function isGreeting(said: string): boolean {
  return greeting.test(said) && others(said, greetWords) <= (said.split(" ").length > 4 ? 0 : 1);
}

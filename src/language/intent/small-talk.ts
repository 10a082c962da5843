import { commonWords } from "../names/common-words.ts";

export type SmallTalk = "greeting" | "thanks" | "goodbye";

const kinds: readonly (readonly [SmallTalk, RegExp, ReadonlySet<string>])[] = [
  [
    "thanks",
    /\b(?:thank(?:s|ful|you)?|thx|appreciat(?:e[ds]?|ive|ion)|grateful|gratitude|cheers|obliged|bless you)\b|\bbeen (?:[^ ]+ ){0,3}help(?:ful)?\b|\bhelp(?:ed|ful)\b/,
    setOf(
      "thank thanks thankful thx appreciate appreciated appreciation appreciative grateful gratitude cheers obliged help helpful helped helping assist assistance answer answers answering information info support kind kindness big huge time everything confirmed providing giving telling advice updating",
    ),
  ],
  [
    "goodbye",
    /\b(?:good ?-?bye|bye|cya|farewell|ciao|so long|take care|catch you|until next time|(?:talk|see|speak) (?:to )?(?:you|ya)(?: again)? ?(?:later|soon|<time>|around|then)?|(?:talk|speak|see you) (?:later|soon)|(?:need|got|have|time) to (?:go|run|leave)|good ?night|that(?:'s| is| was|'ll be| will be)? (?:all|it)|(?:nice|good|great|lovely|fun|pleasure|enjoyed|enjoyable|loved|wonderful)\b.*\b(?:talk(?:ing)?|chat(?:ting)?|speak(?:ing)?|convers(?:e|ing|ation)|talked)|have an? (?:great|good|nice|wonderful|lovely|blessed|pleasant) (?:day|one|time|evening|night|weekend|<time>)|nothing (?:else|more)|don't need (?:anything|any) (?:else|more)|i'm (?:good|done|all set)|was fun)(?![^ ])/,
    setOf(
      "bye goodbye good-bye byebye ciao later farewell care talk talking chat chatting speak speaking converse conversation fun pleasure enjoyed enjoyable weekend evening night day leave run next long catch until wonderful around set ai",
    ),
  ],
  [
    "greeting",
    /^(?:(?:oh|well|hey|hi|hello|ai|,) )*(?:hi+|hello+|hey+|hiya|heya|howdy|greetings|good (?:morning|afternoon|evening|day)|morning|yo|hola|aloha|sup|what's (?:up|new|happening))(?= |$)|\bhow(?:'s| is| are|'re| have| has| ya|s| r)? (?:things|it|everything|you|your (?:day|life|morning|week)|life|ya|are|been|it's)(?= |$)|^(?:how (?:do you do|you (?:are|doing)|goes it)|have you been (?:good|well|ok)|are you (?:well|doing|having)|(?:it's |so )?(?:nice|good|great) to (?:meet|see) you|long time|what is new)/,
    setOf(
      "hi hello hey heya hiya howdy greetings morning afternoon evening day yo sup hola aloha welcome things life today well old pal meet happening doing treating hanging long time new going feeling frontdesk desk ai bot good <time> week",
    ),
  ],
];

function setOf(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}

const answers = setOf(
  "yes yeah ok okay sure no nope great good perfect prefect nice awesome excellent marvelous marvellous wonderful lovely fine cool right super",
);

/** Thanks, greetings and goodbyes, if the message says little else. `slack`: how many unknown words may be left. */
export function smallTalkIn(gist: string): SmallTalk | undefined {
  const words = gist.split(" ").filter((word) => word !== "" && !/^[,.;:!?]$/.test(word));
  for (const [kind, says, own] of kinds) {
    if (!says.test(gist)) continue;
    const left = words.filter((word) => !commonWords.has(word) && !own.has(word) && !answers.has(word));
    if (left.length <= (kind === "greeting" ? (words.length > 5 ? 0 : 1) : 1)) return kind;
  }
  return undefined;
}

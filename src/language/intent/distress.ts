import { normalise } from "../normalise.ts";

/**
 * Words of self-harm, suicide and violence (W11). The list is short and cautious. It matches what a person says of
 * themselves or of a threat, and no figures of speech. A message that matches is read as nothing else.
 */
const myself = "(?:myself|my ?self)";
const wanting =
  "(?:want|wanna|going|gonna|plan(?:ning)?|thinking (?:about|of)|thought (?:about|of)|feel like|tempted|ready|about|trying|tried|have to|need)(?: to)?";

const signs: readonly RegExp[] = [
  new RegExp(`\\b(?:kill|hurt|harm|cut|hang|drown|shoot|poison|starve)(?:ed|ing|t?ing)? ${myself}\\b`),
  /\b(?:self[- ]?harm(?:ing|ed)?|suicid(?:e|al))\b/,
  new RegExp(
    `\\bi (?:really |just |do |still |sometimes )*(?:'m |am )?(?:${wanting}) (?:die(?! (?:my|her|his|the|it)\\b)|be dead|end it(?: all)?|end my life|take my (?:own )?life|not (?:be|live|wake up|exist))\\b`,
  ),
  /\bi(?: really| just|'d rather)? (?:don't|do not|can't|cannot) (?:want to |wanna )?(?:be alive|live (?:any ?more|like this any ?more)|go on living|be here any ?more)\b/,
  /\b(?:end|ending|take|taking|took) my (?:own )?life\b/,
  /\b(?:no|not any|lost (?:the|my)|without) will to live\b|\b(?:see|is|there's) (?:no|the|any) (?:point|reason) (?:of|in|to) (?:living|live|going on|go on|life|being here)\b|\bi (?:don't|do not) (?:see|have) (?:the|a|any) (?:point|reason) (?:of|in|to) (?:living|live|going on|go on|life)\b/,
  /\b(?:took|taken|swallowed|taking) (?:too many|all (?:of )?(?:my|the|her|his)|a (?:whole )?(?:bottle|packet|box) of) (?:sleeping )?(?:pills|tablets|meds|medication)\b|\bjump(?:ing)? (?:off|from) (?:a|the) (?:bridge|roof|building|cliff|balcony)\b/,
  /\b(?:unalive (?:my ?self|me)|kms|disappear forever|cutting (?:again|my ?self|my (?:arms?|legs?|wrists?)))\b/,
  /\bin an? (?:abusive|violent) (?:relationship|marriage|home)\b/,
  /\b(?:better off|wish i (?:was|were)|i should be) dead\b(?! (?:tired|end|line))/,
  /\b(?:everyone|everybody|they|you)(?:'d| would) be better off without me\b/,
  /\bno (?:reason|point) (?:to|in) (?:live|living|going on|being alive)\b|\blife (?:is not|isn't) worth living\b/,
  /\b(?:i'm|i am|i was) (?:not safe|in danger)\b|\b(?:overdos(?:e|ed|ing))\b/,
  /\b(?:he|she|they|someone|my (?:husband|wife|partner|boyfriend|girlfriend|father|mother|dad|mum|mom|ex|son|brother)) (?:is |was |has |keeps? |just )*(?:hit(?:s|ting)?|beat(?:s|ing|en)?|hurt(?:s|ing)?|chok(?:es|ed|ing)|strangl(?:es|ed|ing)|rap(?:es|ed|ing)|threaten(?:s|ed|ing)?(?: to (?:kill|hurt))?|abus(?:es|ed|ing)) me\b/,
  /\b(?:he|she|they) (?:will|is going to|wants to|'ll) kill me\b/,
  new RegExp(
    `\\bi(?:'m| am|'ll| will)? (?:${wanting}|will) (?:kill|shoot|stab|hurt|strangle) (?:him|her|them|someone|somebody|people|everyone|my (?:husband|wife|partner|boyfriend|girlfriend|father|mother|dad|mum|mom|boss|son|daughter|child|baby))\\b`,
  ),
];

/**
 * The plainest statements of suicide in the languages that the desk recognises. They are matched in the text as typed,
 * because `normalise` corrects typos to English words.
 */
const inOtherLanguages: readonly RegExp[] = [
  // Spanish and Portuguese.
  /\b(?:me (?:quiero|voy a|quisiera) (?:matar|suicidar|morir)|(?:quiero|voy a|quisiera|pienso en) (?:matarme|suicidarme|morir(?:me)?|quitarme la vida|hacerme daño)|no quiero (?:seguir )?(?:vivir|viviendo)(?: más)?|suicidio|suicida)(?!\p{L})/u,
  /(?<!\p{L})(?:(?:quero|vou|queria|penso em) (?:me matar|matar-me|me suicidar|suicidar-me|morrer|acabar com a minha vida|me machucar)|não quero (?:mais )?viver(?: mais)?|suicídio)(?!\p{L})/u,
  // French.
  /(?<!\p{L})(?:je (?:veux|vais|voudrais|pense à) (?:me (?:tuer|suicider|faire du mal)|mourir|en finir(?: avec la vie)?|mettre fin à mes jours)|j'ai envie de (?:mourir|me tuer|me suicider|en finir)|je ne veux plus vivre|(?:me|se) suicider)(?!\p{L})/u,
  // German.
  /(?<!\p{L})(?:ich (?:will|möchte|werde|mag) (?:nicht mehr (?:leben|weiterleben|da sein)|sterben|mich (?:umbringen|töten|selbst töten|verletzen)|mir (?:das leben nehmen|etwas antun))|bringe? mich um|selbstmord|suizid(?:gedanken)?|mich umbringen|mir das leben nehmen)(?!\p{L})/u,
  // Italian.
  /(?<!\p{L})(?:(?:voglio|vorrei|sto per) (?:uccidermi|suicidarmi|morire|ammazzarmi|farla finita|farmi del male)|mi (?:voglio|vorrei) (?:uccidere|ammazzare|suicidare)|non voglio più vivere|suicidarmi|suicidio)(?!\p{L})/u,
  // Dutch.
  /(?<!\p{L})(?:ik (?:wil|ga|zou) (?:niet meer leven|dood|sterven|me(?:zelf)? (?:van kant maken|doden|ombrengen|iets aandoen)|mijzelf (?:doden|iets aandoen)|er een eind aan maken|zelfmoord plegen)|zelfmoord|zelfdoding)(?!\p{L})/u,
];

/** "I don't want to live in Lisbon", "to die of laughter", in the same languages. */
const figuresElsewhere =
  /(?<!\p{L})(?:vivir|viver|vivre|vivere) (?:en|em|a|à|in|con|com|avec|ici|aqui|aquí|qui|chez|dans|au)(?!\p{L})|(?<!\p{L})(?:morir|morirme|morrer|mourir|morire) (?:de|da|dal|di)(?!\p{L})/u;

/** Contexts in which the same words are harmless. */
const figures =
  /\boverdosed on (?:chocolate|coffee|sugar|sweets|cake|tv|news)\b|\bnot (?:at all )?suicidal\b|\b(?:i'd|i would|could|to) kill for\b|\bkill(?:ing)? (?:me|time)\b(?<!\b(?:he|she|they)\b.*)|\b(?:cut|hurt|burn(?:t|ed)?) myself (?:shaving|cooking|at the gym|running|on (?:a|the)|at work|while|playing|when)|\bdy(?:ing)? (?:to|for|of (?:laughter|boredom))\b|\bover my dead body\b|\bsuicide squad\b/;

/** Whether a normalised message speaks of self-harm, suicide or violence. */
function isDistress(said: string): boolean {
  return signs.some((sign) => sign.test(said)) && !figures.test(said);
}

const stretchWords = 40;

/** Whether a text as typed, of any length, speaks of self-harm, suicide or violence. */
export function speaksOfDistress(text: string): boolean {
  const typed = text.normalize("NFC").toLowerCase().replace(/[’`´]/g, "'").replace(/\s+/g, " ");
  if (inOtherLanguages.some((sign) => sign.test(typed)) && !figuresElsewhere.test(typed)) return true;
  return stretchesOf(text).some((stretch) => isDistress(normalise(stretch)));
}

/**
 * Splits a long text into pieces that `normalise` does not cut. Each overlaps the next by half, so that no phrase is
 * split in both.
 */
function stretchesOf(text: string): readonly string[] {
  const words = text.split(/\s+/);
  const count = Math.max(1, Math.ceil((2 * words.length) / stretchWords) - 1);
  return Array.from({ length: count }, (_, at) => {
    const from = (at * stretchWords) / 2;
    return words.slice(from, from + stretchWords).join(" ");
  });
}

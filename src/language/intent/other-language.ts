/** Languages in which the desk has one sentence. */
export type Language = "es" | "fr" | "de" | "pt" | "it" | "nl";

/**
 * Function words of each language that are neither English words nor common names. A message needs two different ones,
 * or one if it has no more than two words.
 */
const functionWords: Readonly<Record<Language, string>> = {
  es: "el los las una por para con que qué cuando cuándo dónde donde está estoy quiero quisiera puedo puede necesito tengo mañana hoy hola gracias buenos buenas días tardes cita mi pero también jueves viernes miércoles cómo cuánto favor sí del al es",
  fr: "le les une des pour avec que qui quand où est je voudrais veux peux puis besoin demain bonjour merci rendez-vous s'il vous plaît plait mon mais aussi jeudi vendredi mercredi mardi lundi comment combien j'ai suis ne pas c'est du au bonsoir oui prendre",
  de: "der das ein eine einen für mit und ich möchte kann brauche morgen heute hallo danke guten bitte termin mein meinen aber auch nicht ist wann wie wo wieviel donnerstag freitag mittwoch dienstag montag habe bin den dem zum am uhr gerne",
  pt: "o os uma por para com que quando onde está estou quero queria posso preciso tenho amanhã hoje olá obrigado obrigada bom dia boa tarde consulta meu minha mas também quinta sexta quarta terça segunda-feira como quanto não sim marcar é um do da na",
  it: "il gli una per con che quando dove è sono vorrei voglio posso bisogno ho domani oggi ciao grazie buongiorno buonasera appuntamento mio mia ma anche giovedì venerdì mercoledì martedì lunedì come quanto non sì prenotare della del favore",
  nl: "het een voor met en ik wil graag kan moet nodig morgen vandaag hallo dank bedankt alsjeblieft alstublieft afspraak mijn maar ook niet is wanneer hoe waar donderdag vrijdag woensdag dinsdag maandag heb ben van naar zou willen goedemorgen",
};

/** Words of the lists above that are also English words or names. They count only beside others. */
const sharedWords: ReadonlySet<string> = new Set(
  "el los las es mi sí favor con por al le les des est qui mon aussi ne pas du au oui comment que a o os do da na um como com sexta dia il come ma per mia mio una non del ho is en van het ben kan hallo am der das ein mit den dem bin ist donde ciao hola danke".split(
    " ",
  ),
);

const languages = Object.entries(functionWords).map(
  ([language, words]) => [language as Language, new Set(words.split(" "))] as const,
);

/** The language of a message, where it clearly is one of the six. Undefined for English and anything else. */
export function otherLanguageOf(text: string): Language | undefined {
  const words =
    text
      .slice(0, 300)
      .normalize("NFC")
      .toLowerCase()
      .replaceAll("’", "'")
      .match(/[\p{L}'-]+/gu) ?? [];
  const counted = languages.map(([language, own]) => {
    const hits = new Set(words.filter((word) => own.has(word)));
    const telling = [...hits].filter((word) => !sharedWords.has(word)).length;
    return { language, telling, all: hits.size };
  });
  const [best, next] = counted.toSorted((a, b) => b.telling - a.telling || b.all - a.all);
  if (best === undefined || best.telling === 0) return undefined;
  const isShort = words.length <= 2;
  const isMost = best.all >= Math.max(2, words.length / 4);
  const isBest = next === undefined || best.telling > next.telling || best.all > next.all;
  return isBest && (isMost || (isShort && best.telling > 0 && best.all === words.length)) ? best.language : undefined;
}

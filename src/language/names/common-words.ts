function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

/**
 * Function words and small talk, which occur in any message. They never name anything. A message of which only these
 * are left over is fully understood.
 */
export const commonWords: ReadonlySet<string> = new Set([
  // Articles, pronouns, determiners.
  ...words(
    "a an the this that these those it its it's i i'm i'd i'll i've me my mine myself you your yours you're you'd",
  ),
  ...words(
    "you'll you've he she him her his hers we us our ours we're we'd we'll they them their they're there there's",
  ),
  ...words("here what what's which who who's whom whose where when why how some any each every all both either other"),
  ...words("another same such one ones that's let's else anything something nothing everything anyone someone"),
  // Auxiliaries and light verbs.
  ...words(
    "am is are was were be been being do does did done have has had having can could will would shall should may",
  ),
  ...words(
    "might must don't doesn't didn't can't couldn't won't wouldn't shouldn't isn't aren't wasn't haven't hasn't",
  ),
  ...words("get got getting go goes going gone make makes made let take give put want wants need needs like try come"),
  ...words("know think see say said tell mean meant rest feel hope guess suppose look looks work works"),
  // Prepositions, conjunctions, particles.
  ...words("of to in on at by for from with without into onto about as than then so and or but nor if not no yes up"),
  ...words("off out over down back again too also just only even still yet already now soon ever never very really"),
  ...words(
    "quite pretty much many more most less few lot lots bit little because since until while before after around",
  ),
  // Politeness.
  ...words("please thanks thank hi hello hey ok okay oh ah well sorry sure dear kindly maybe perhaps actually instead"),
  ...words("currently exactly specifically looking scheduled"),
  ...words("rather possible possibly ideally preferably really good great nice fine lovely perfect right been nor"),
]);

/** What practices call the things that are booked. */
export const sessionNouns: ReadonlySet<string> = new Set(
  words(
    "appointment session booking consultation consult checkup check-up slot visit therapy treatment massage haircut lesson class viewing tour assessment screening follow-up followup evaluation reservation",
  ),
);

/** Words of the desk's own vocabulary. A name that is one typo away from one of them must be spelt correctly. */
export const deskWords: ReadonlySet<string> = new Set(
  words(
    "message messages text email phone call chat cancel book move change confirm decline accept time times price cost place pay paid link join address when tell send question help home menu today later earlier free open close client clients package packages request requests",
  ),
);

import { listedIn } from "./lists.ts";
import { type Fact, factsIn, mark, type Sentence } from "./sentence.ts";

const or = "(?:or|and|nor)(?: (?:on|at|in))?";
const day = "<d\\d+>";
const time = "<[twpb]\\d+>";
const listOf = (thing: string) => `${thing}(?:(?:, ?${thing})*,? ${or} ${thing})*`;
const small = "(?:(?:on|at|in|the|a|any|this|until) )*";

/** Words that exclude what follows: "not", "except", "any day but", and inability: "can't do", "I'm away". */
const excluding =
  "(?:(?<!why )not|no|nor|neither|except(?: for)?|other than|apart from|aside from|any ?(?:thing|time|day)? but|excluding|without|never|avoid|instead of|rather than)";
const unable =
  "(?:(?:can'?t|cannot|can not|couldn'?t)(?: (?:really|quite))?(?: (?:do|make|come|attend|manage|be there))?|(?:do not|don'?t) (?:want|like|do|work)|(?:i am|i'm|we are|we're) (?:unavailable|not (?:free|available|around|here)|busy|away|out))";

/**
 * The excluded times: "not Friday", "except Tuesday or Thursday", "not Monday after 10". The exclusion ends at the next
 * comma or "and", unless a list of the same kind continues. So "not monday, after 10" still wants times after ten.
 */
export function refusals(sentence: Sentence): Sentence {
  return mark(
    sentence,
    new RegExp(
      `\\b(?:but |just )?(?:${excluding}|${unable}) (?:it |that )?${small}(?:(${listOf(day)})(?: (?:(?:at|in|on|from|the) )*(${time}))?|(${listOf(time)})(?: (?:on )?(${listOf(day)}))?)`,
      "g",
    ),
    ([, days1 = "", time1 = "", time2 = "", days2 = ""]) => {
      const days = factsIn(sentence, days1 + days2);
      const times = listedIn(sentence, time1 + time2).filter(({ kind }) => kind === "clock" || kind === "window");
      return { kind: "not", of: days.length === 0 ? times : days.map((fact) => during(fact, times)) };
    },
  );
}

function during(days: Fact, times: readonly Fact[]): Fact {
  const hours = times.filter((fact) => fact.kind === "clock" || fact.kind === "window");
  const isDays = days.kind === "days" || days.kind === "weekdays";
  return isDays && hours.length > 0 ? { kind: "pair", days, times: hours } : days;
}

/** Exclusion after the time: "Monday doesn't work", "Friday is out", "Mondays and mornings are bad". */
export function latterRefusals(sentence: Sentence): Sentence {
  const things = listOf("<[dstwpba]\\d+>");
  const negated =
    "(?:do|does|is|are|wo|will|ca|can|would)(?:n'?t| not|not)(?: (?:be|going to|gonna|really|ever|quite|so))* ?(?:(?:work(?:able)?|good|great|ok|okay|fine|possible|suit|do|available|convenient|an option|any good)\\b|(?=[.,;!?]|$))";
  const bad = "(?:is|are|'s) (?:bad|out|no good|impossible|busy|full|too (?:early|late|soon))";
  return mark(sentence, new RegExp(`(${things}) (?:${negated}|${bad})(?!\\w)`, "g"), ([, what = ""]) => ({
    kind: "not",
    of: listedIn(sentence, what),
  }));
}

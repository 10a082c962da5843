import { type ClockFact, type Fact, factsIn, mark, type PairFact, type Sentence, type WindowFact } from "./sentence.ts";

type TimeFact = ClockFact | WindowFact;

const time = "<[twpb]\\d+>";
const day = "<d\\d+>";

/** "Tuesday afternoon", "3pm on Friday", "Tuesday or Thursday at 3", "10 or 11 on Monday". */
export function pairs(sentence: Sentence): Sentence {
  const times = mark(
    sentence,
    new RegExp(`(?:either )?${time}(?:(?:,? (?:or|and)(?: (?:at|around|in))?|,|/| ?/) ?${time})+`, "g"),
    ([whole = ""]) => ({ kind: "any", of: listedIn(sentence, whole) }),
  );
  const between =
    "(?:,|\\.)? ?(?:(?:in|at|around|about|for|on|from|between|the|of|this|is|and|either|to|starting|only|preferably|ideally|maybe|say|like|it's|would be|by|some ?time|any ?time|-) )*-? ?";
  const dayFirst = mark(
    times,
    new RegExp(`(${day})${between}(${time})(?! ?(?:on|of) ${day})`, "g"),
    ([, d = "", t = ""]) => pair(times, d, t),
  );
  const timeFirst = mark(
    dayFirst,
    new RegExp(`(${time}),? ?(?:(?:on|of|for|this|the|at|during|in|,) )*(${day})`, "g"),
    ([, t = "", d = ""]) => pair(dayFirst, d, t),
  );
  return timeFirst;
}

function pair(sentence: Sentence, dayMark: string, timeMark: string): PairFact | undefined {
  const [days] = factsIn(sentence, dayMark);
  const times = listedIn(sentence, timeMark).filter(
    (fact): fact is TimeFact => fact.kind === "clock" || fact.kind === "window",
  );
  return days?.kind === "days" || days?.kind === "weekdays" ? { kind: "pair", days, times } : undefined;
}

/** "Mon, Wed or Fri", "Tuesday or Thursday afternoon", "Monday at 3 or Tuesday at 4". */
export function dayLists(sentence: Sentence): Sentence {
  const item = "<[ds]\\d+>";
  return mark(
    sentence,
    new RegExp(
      `(?:either )?${item}(?:(?:,? (?:or|and|nor)(?: (?:on|else|maybe|also|possibly))?|,| ?/|,? (?:but|and) not(?=$)) ?${item})+`,
      "g",
    ),
    ([whole = ""]) => {
      const facts = factsIn(sentence, whole);
      const last = facts.at(-1);
      // Hours after the last day also apply to the days before it.
      const shared = last?.kind === "pair" ? last.times : undefined;
      const of = facts.map(
        (fact): Fact =>
          shared && (fact.kind === "days" || fact.kind === "weekdays")
            ? { kind: "pair", days: fact, times: shared }
            : fact,
      );
      return { kind: "any", of };
    },
  );
}

/** The facts whose marks are in a text, with lists split up. */
export function listedIn(sentence: Sentence, text: string): readonly Fact[] {
  return factsIn(sentence, text).flatMap((fact) => (fact.kind === "any" ? fact.of : [fact]));
}

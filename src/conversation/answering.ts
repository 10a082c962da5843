import { answerQuestion } from "../desk/questions/answer.ts";
import type { Answer, Asked, Subject } from "../desk/questions/asked.ts";
import { dateOfDay, dayOfDate } from "../domain/local-date.ts";
import { endOfLocalDay, startOfLocalDay } from "../domain/zone.ts";
import { given } from "../given.ts";
import type { Question } from "../language/intent/question.ts";
import type { NameKind } from "../language/names/named.ts";
import type { Reading } from "../language/reading.ts";
import { fitSlots, type Want } from "../language/when/want.ts";
import type { Turn } from "./flow.ts";

/** Answers a question of a message from the database (W9). `subject` is what the open card is about. */
export async function answerTo(
  { about, names, when }: Pick<Question, "names" | "when"> & Pick<Asked, "about">,
  { methods }: Pick<Reading, "methods">,
  subject: Subject,
  turn: Turn,
): Promise<Answer> {
  const named = (kind: NameKind) =>
    names.filter((name) => name.kind === kind && name.polarity === "wanted").flatMap(({ ids }) => ids);
  const zone = when?.want.zone ?? turn.reader.zone;
  const asked: Asked = {
    about,
    services: named("service"),
    practitioners: named("practitioner"),
    clients: named("client"),
    methods: methods.filter(({ polarity }) => polarity === "wanted").map(({ kind }) => kind),
    subject,
    ...given({
      span: when && spanOf(when.want, zone),
      fits: when && narrowsDay(when.want) ? fitsOf(when.want, zone) : undefined,
      zone: when?.want.zone,
    }),
  };
  return answerQuestion(turn, asked);
}

/** The days asked about as instants. Undefined: they have no first or no last day. */
function spanOf({ days, exact }: Want, zone: string): Asked["span"] {
  const dates = exact?.date === undefined ? days : [{ from: exact.date, to: dateOfDay(dayOfDate(exact.date) + 1) }];
  const [first] = (dates ?? []).map(({ from }) => from).sort();
  const last = (dates ?? [])
    .map(({ to }) => to)
    .sort()
    .at(-1);
  if (first === undefined || last === undefined) return undefined;
  return { fromMs: startOfLocalDay(zone, first), toMs: endOfLocalDay(zone, dateOfDay(dayOfDate(last) - 1)) };
}

/** Whether a time says more than a first and a last day. */
export function narrowsDay({ exact, windows, weekdays, not, days }: Partial<Want> = {}): boolean {
  return (
    exact !== undefined ||
    windows !== undefined ||
    weekdays !== undefined ||
    not !== undefined ||
    days?.some((day) => day.windows !== undefined) === true
  );
}

function fitsOf(want: Want, zone: string): (ms: number) => boolean {
  return (ms) => fitSlots(want, [ms], { zone, nowMs: ms - 1 }).length > 0;
}

import { overlaps } from "../span.ts";
import type { ReadingContext } from "../when/moment.ts";
import { parseTimeOff, type TimeOff, type TimeOffOrder, timeOffWords } from "../when/time-off.ts";
import type { When } from "../when/when.ts";
import type { Act, NameSaid } from "./act.ts";

const timeOffVerbs: Readonly<Record<TimeOffOrder, Act["verb"]>> = {
  block: "block",
  away: "be away",
  sick: "be sick",
  unblock: "open time",
  list: "list time off",
};

/** A practitioner's own time, or a colleague's. Words with a client's or a service's name in them are about sessions. */
export function timeOffIn(said: string, names: readonly NameSaid[], moment: ReadingContext): TimeOff | undefined {
  const colleagues = names.filter(({ kind }) => kind === "practitioner");
  // A colleague may be a client too.
  if (names.some((name) => !colleagues.some((one) => overlaps(one, name)))) return undefined;
  return parseTimeOff(timeOffWords(said, names), moment);
}

export function timeOffAct({ order }: TimeOff, said: string, names: readonly NameSaid[], when: When | undefined): Act {
  const object = { thing: "time off", names, methods: [], refs: [], ...(when && { when }) } as const;
  return { from: 0, to: said.length, verb: timeOffVerbs[order], polarity: "do", object, certainty: 0.9 };
}

/** A client's "block Friday afternoon", "unblock Monday". */
export function blocksTime(said: string, names: readonly NameSaid[], moment: ReadingContext): boolean {
  if (names.length > 0 || !/^(?:please |can you |could you )*(?:un-?block|block)\b/.test(said)) return false;
  return (parseTimeOff(said, moment)?.readings.length ?? 0) > 0;
}

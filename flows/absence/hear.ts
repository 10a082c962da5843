import type { Talks } from "../../src/cards/talks.ts";
import type { Heard, Turn } from "../../src/conversation/flow.ts";
import { given } from "../../src/given.ts";
import type { Act } from "../../src/language/intent/act.ts";
import type { Reading } from "../../src/language/reading.ts";
import { overlaps } from "../../src/language/span.ts";
import { correctStretches, parseTimeOff, readStretches, timeOffWords } from "../../src/language/when/time-off.ts";
import { parseWhen } from "../../src/language/when/when.ts";
import { ownerOf, readingOf } from "./facts.ts";
import type { AbsenceContext, AbsenceEvent } from "./machine.ts";

/** "Block Friday afternoon", "Jonas is sick today": whose time and when, read in the zone of that person. */
export async function openOnTimeOff({ verb }: Act, reading: Reading, turn: Turn): Promise<Talks["absence"]> {
  const named = practitionersIn(reading).filter((id) => id !== ownId(turn));
  const whose = {
    type: verb === "list time off" ? "list.asked" : "absence.asked",
    ...(named.length > 0 && { named }),
  } as const;
  const { own } = await ownerOf({ practitionerId: named[0] }, turn);
  const said = parseTimeOff(timeOffWords(reading.said, reading.names), readingOf(own, turn));
  return { ...whose, ...given({ said }) };
}

/**
 * A message while a time is asked for or shown: another order, another time, or a correction of the time on the card.
 */
export async function hearTime(reading: Reading, context: AbsenceContext, turn: Turn): Promise<Heard<AbsenceEvent>> {
  const whose = context.practitionerId ?? ownId(turn);
  const theirs = reading.names.filter(({ kind, ids }) => kind === "practitioner" && ids.some((id) => id === whose));
  // A colleague may be a client too.
  const isOther = reading.names.some((name) => !theirs.some((one) => overlaps(one, name)));
  if (isOther) return undefined;
  const { own } = await ownerOf(context, turn);
  const moment = readingOf(own, turn);
  const words = timeOffWords(reading.said, reading.names);
  const { order = "block", stretches } = context;
  const said = parseTimeOff(words, moment);
  if (said?.order === "list") return { event: { type: "list.wanted" } };
  if (said !== undefined && said.readings.length > 0) return timeSaid(said.order, said.readings);
  const when = stretches && parseWhen(words, moment);
  if (stretches !== undefined && when !== undefined) return timeSaid(order, correctStretches(stretches, when, moment));
  return timeSaid(order, readStretches(words, moment, order).readings);
}

/** "Undo", said to time off that was just added. */
export function hearUndo({ acts }: Reading): Heard<AbsenceEvent> {
  return acts.some(({ verb }) => verb === "undo") ? { event: { type: "undo.chosen" } } : undefined;
}

type Readings = NonNullable<AbsenceContext["readings"]>;

function timeSaid(order: NonNullable<AbsenceContext["order"]>, readings: Readings): Heard<AbsenceEvent> {
  return readings.length === 0 ? undefined : { event: { type: "time.said", order, readings } };
}

function practitionersIn({ names }: Reading): readonly string[] {
  return names.filter(({ kind }) => kind === "practitioner").flatMap(({ ids }) => ids);
}

function ownId({ actor }: Turn): string | undefined {
  return actor.kind === "practitioner" ? actor.practitionerId : undefined;
}

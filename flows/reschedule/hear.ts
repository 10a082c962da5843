import type { Talks } from "../../src/cards/talks.ts";
import { amongOffered, chosenAmong, doubtAmong, exactly, type Shown } from "../../src/choosing/offered-times.ts";
import { otherSessionMeant } from "../../src/choosing/other-session.ts";
import { dropsReason, reasonSaid, typedReason } from "../../src/choosing/reason.ts";
import { seeSession } from "../../src/choosing/session.ts";
import { noTimes, timesSaid } from "../../src/choosing/times.ts";
import { sessionHeard, sessionMeant } from "../../src/choosing/which-session.ts";
import type { Field, Heard, Turn } from "../../src/conversation/flow.ts";
import { sureActs } from "../../src/conversation/hear.ts";
import { given } from "../../src/given.ts";
import type { Act, Verb } from "../../src/language/intent/act.ts";
import type { Reading } from "../../src/language/reading.ts";
import { mergeTimes } from "../../src/language/times.ts";
import { shiftWant } from "../../src/language/when/merge.ts";
import { movableBy } from "./commands.ts";
import type { RescheduleContext, Wanted } from "./context.ts";
import type { RescheduleEvent } from "./events.ts";

/** Acts about the move on the card. */
const ofThisMove: ReadonlySet<Verb> = new Set<Verb>([
  "move",
  "change",
  "choose",
  "find times",
  "other options",
  "cannot",
  "accept",
  "propose",
]);

/** "Move Friday's to Monday at 3": the session that the words name, or those to choose from, and the new time. */
export async function openOnMove(act: Act, reading: Reading, turn: Turn): Promise<Talks["reschedule"]> {
  const { move, when, names, refs } = act.object;
  const which = await sessionMeant({ names, refs, ...given({ when, move }) }, turn, movableBy(turn));
  const shift = move?.shift ?? (move?.to === undefined ? reading.shift : undefined);
  const wanted: Wanted | undefined =
    shift !== undefined ? { shift } : move?.to === undefined ? undefined : { times: timesSaid(move.to) };
  const input = { type: "reschedule.asked", ...given({ wanted, reason: reasonSaid(act, turn) }) } as const;
  if (which.type === "session.found") return { ...input, bookingId: which.bookingId };
  return which.type === "sessions.offered" ? { ...input, offered: which.offered } : input;
}

/** "An hour later" is about a session that is booked. */
export async function openOnShift({ shift }: Reading, turn: Turn): Promise<Talks["reschedule"] | undefined> {
  if (shift === undefined) return undefined;
  const which = await sessionMeant({ names: [], refs: [] }, turn, movableBy(turn));
  const input = { type: "reschedule.asked", wanted: { shift } } as const;
  if (which.type === "session.found") return { ...input, bookingId: which.bookingId };
  return which.type === "sessions.offered" ? { ...input, offered: which.offered } : input;
}

/** Whether a message is about the move on the card. If it is about another session, the act opens that one. */
function isAboutThis(reading: Reading): boolean {
  if (reading.names.some(({ kind }) => kind === "client")) return false;
  return sureActs(reading).every(
    ({ verb, object }) =>
      ofThisMove.has(verb) &&
      object.names.length === 0 &&
      object.move?.from === undefined &&
      !(verb === "move" && object.thing === "session"),
  );
}

function says(reading: Reading, verb: Verb): boolean {
  return sureActs(reading).some((act) => act.verb === verb);
}

/** "No, physio": the session that the words name instead of the card's. The wanted time stays unless they say another. */
export async function correctSession(
  reading: Reading,
  { bookingId, wanted: before }: RescheduleContext,
  turn: Turn,
): Promise<Talks["reschedule"] | undefined> {
  const other = await otherSessionMeant(reading, { bookingId, byTime: false }, turn, movableBy(turn));
  const wanted: Wanted | undefined = reading.when === undefined ? before : { times: timesSaid(reading.when) };
  return other && { type: "reschedule.asked", ...other, ...given({ wanted }) };
}

export function hearSession(reading: Reading, context: RescheduleContext, turn: Turn): Promise<Heard<RescheduleEvent>> {
  return sessionHeard(reading, context, turn, movableBy(turn));
}

/** A message while no times are offered yet: the wanted time. */
export function hearTime(reading: Reading, { wanted }: RescheduleContext): Heard<RescheduleEvent> {
  if (!isAboutThis(reading)) return undefined;
  const { shift, when } = reading;
  if (shift !== undefined) return { event: { type: "times.said", wanted: { shift } } };
  const before = wanted !== undefined && "times" in wanted ? wanted.times : noTimes;
  const readings = mergeTimes(before.readings, when);
  return when && { event: { type: "times.said", wanted: { times: { readings } } } };
}

/** A message while times are offered: one of them, a request for others, or another time. */
export function hearAmong(shown: (context: RescheduleContext, turn: Turn) => Promise<Shown>) {
  return async (message: Reading, context: RescheduleContext, turn: Turn): Promise<Heard<RescheduleEvent>> => {
    if (!isAboutThis(message)) return undefined;
    const offered = await shown(context, turn);
    const reading = amongOffered(message, offered);
    const times = doubtAmong(reading.said, offered, turn.nowMs);
    if (times !== undefined) return { event: { type: "times.said", wanted: { times } } };
    const startsAtMs = chosenAmong(reading, offered, turn.nowMs);
    if (startsAtMs !== undefined) return { event: { type: "slot.chosen", startsAtMs } };
    const wanted = hearTime(reading, context);
    if (wanted !== undefined || !says(reading, "other options")) return wanted;
    const { nextDay } = offered;
    return { event: nextDay === undefined ? { type: "times.wanted" } : { type: "day.chosen", day: nextDay } };
  };
}

/** A message at the review: another time, which adds to the one on the card. */
export async function hearReview(
  reading: Reading,
  context: RescheduleContext,
  turn: Turn,
): Promise<Heard<RescheduleEvent>> {
  if (dropsReason(reading)) return { event: { type: "reason.typed", reason: "" } };
  if (!isAboutThis(reading)) return undefined;
  const booking = (await seeSession(context.bookingId, turn))?.booking;
  const zone = booking?.frozen.location?.timezone ?? turn.reader.zone;
  const onCard = context.startsAtMs === undefined ? undefined : exactly(context.startsAtMs, zone);
  const { shift, when } = reading;
  if (shift !== undefined && onCard !== undefined)
    return { event: { type: "times.said", wanted: { times: { readings: [shiftWant(onCard, shift)] } } } };
  if (when !== undefined) {
    const readings = mergeTimes(onCard === undefined ? [] : [onCard], when);
    return { event: { type: "times.said", wanted: { times: { readings } } } };
  }
  return says(reading, "other options") ? { event: { type: "times.wanted" } } : undefined;
}

export const reasonField: Field<RescheduleContext, RescheduleEvent> = {
  isForOther: true,
  takes: (text) => ({ event: { type: "reason.typed", reason: typedReason(text) } }),
};

import { z } from "zod";
import { eventButtons } from "../../src/cards/card.ts";
import type { Talks } from "../../src/cards/talks.ts";
import { givesUp } from "../../src/choosing/giving-up.ts";
import { chosenAmong } from "../../src/choosing/offered-times.ts";
import { timesSaid } from "../../src/choosing/times.ts";
import type { Heard, Turn } from "../../src/conversation/flow.ts";
import { consentIn, saysNo, sureActs } from "../../src/conversation/hear.ts";
import type { Act, Verb } from "../../src/language/intent/act.ts";
import type { Reading } from "../../src/language/reading.ts";
import { fitSlots } from "../../src/language/when/want.ts";
import { conversationWords } from "../../src/words/conversation.ts";
import { planWords } from "../../src/words/plan.ts";
import type { PlanContext } from "./context.ts";
import { hearDate, leavesOut } from "./dates.ts";
import { changingFacts, plannable } from "./facts.ts";
import type { PlanEvent } from "./machine.ts";
import { planSaidIn } from "./said.ts";

/** Acts about the plan on the card. */
const ofThisPlan: ReadonlySet<Verb> = new Set<Verb>([
  "plan",
  "book",
  "find times",
  "choose",
  "change",
  "other options",
  "cannot",
  "propose",
]);

/**
 * "Plan the rest of my Spring reset, weekly": with everything that is said. A service outside the packages is booked
 * instead.
 */
export async function openOnPlan(_act: Act, reading: Reading, turn: Turn): Promise<Talks["plan"] | undefined> {
  const said = await planSaidIn(reading, {}, turn);
  if (said !== undefined) return { type: "plan", said };
  return (await plannable(turn)).length === 0 ? { type: "plan" } : undefined;
}

/** While the plan's card asks something: any part of the plan, or the end of planning. */
export async function hearPlan(reading: Reading, context: PlanContext, turn: Turn): Promise<Heard<PlanEvent>> {
  if (givesUp(reading)) return { event: { type: "home.wanted" } };
  if (!sureActs(reading).every(({ verb }) => ofThisPlan.has(verb))) return undefined;
  const said = await planSaidIn(reading, context, turn);
  return said === undefined || Object.keys(said).length === 0 ? undefined : { event: { type: "plan.said", said } };
}

/** While a day and a time are asked for: those, another rhythm, or a time that could not be read. */
export async function hearDay(reading: Reading, context: PlanContext, turn: Turn): Promise<Heard<PlanEvent>> {
  const heard = await hearPlan(reading, context, turn);
  if (heard !== undefined) return heard;
  if (says(reading, "other options") || saysNo(reading, undefined)) return { event: { type: "rhythm.wanted" } };
  const { when, unread, impossible } = reading;
  const isTime = when !== undefined || unread.length + impossible.length > 0;
  return isTime && sureActs(reading).length === 0 ? { hint: planWords.notRead } : undefined;
}

/** At the list: a plain yes, a change of one date, or another rhythm. A yes sends exactly the times on the card. */
export async function hearList(reading: Reading, context: PlanContext, turn: Turn): Promise<Heard<PlanEvent>> {
  const consent = consentIn(reading, "send");
  if (consent === "yes") return sendsShown(turn);
  const other = (await hearDate(reading, context, turn)) ?? (await hearPlan(reading, context, turn));
  if (other !== undefined) return other;
  if (consent === "no" || says(reading, "other options")) return { event: { type: "rhythm.wanted" } };
  return consent === "insufficient" ? { hint: conversationWords.sayYes } : undefined;
}

async function sendsShown(turn: Turn): Promise<Heard<PlanEvent>> {
  const card = (await turn.books.talks.find(turn.talkId))?.card;
  const sends = card && eventButtons(card).find(({ action }) => action.event.type === "plan.sent");
  const starts = z.array(z.number()).safeParse(sends?.action.event.starts).data;
  return starts && { event: { type: "plan.sent", starts } };
}

/** Another time for one date: one of those shown, any free one near it, or none. */
export async function hearOther(reading: Reading, context: PlanContext, turn: Turn): Promise<Heard<PlanEvent>> {
  const facts = await changingFacts(context, turn);
  const { wantedMs, times, reader, isLeft } = facts;
  const keeps = sureActs(reading).some(({ verb }) => verb === "keep");
  if (keeps && isLeft) return { event: { type: "date.kept", wantedMs } };
  if (keeps || givesUp(reading) || saysNo(reading, undefined)) return { event: { type: "went.back" } };
  if (!sureActs(reading).every(({ verb }) => ofThisPlan.has(verb) || verb === "move" || verb === "skip"))
    return undefined;
  const shown = chosenAmong(reading, facts, turn.nowMs);
  if (shown !== undefined) return { event: { type: "time.taken", wantedMs, startsAtMs: shown } };
  const wanted = reading.when === undefined ? [] : timesSaid(reading.when).readings;
  const [startsAtMs] = wanted.flatMap((want) => fitSlots(want, times, { zone: reader.zone, nowMs: turn.nowMs }));
  if (startsAtMs !== undefined) return { event: { type: "time.taken", wantedMs, startsAtMs } };
  const other = await hearDate(reading, context, turn);
  if (other !== undefined) return other;
  if (leavesOut(reading)) return { event: { type: "date.left", wantedMs } };
  return wanted.length === 0 ? undefined : { hint: planWords.notFreeThen };
}

/**
 * "Withdraw it", "cancel them all", said to a plan that waits for answers. A single session's day is handled by that
 * session's card.
 */
export function hearWithdrawal(reading: Reading): Heard<PlanEvent> {
  const [act, ...more] = sureActs(reading);
  if (act === undefined || more.length > 0 || (act.verb !== "withdraw" && act.verb !== "cancel")) return undefined;
  const { names, when, refs, thing } = act.object;
  const isOne = names.length > 0 || when !== undefined || (thing === "session" && !refs.includes("all"));
  return isOne ? undefined : { event: { type: "withdrawal.asked" } };
}

function says(reading: Reading, verb: Verb): boolean {
  return sureActs(reading).some((act) => act.verb === verb);
}

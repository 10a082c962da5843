import { z } from "zod";
import { eventButtons } from "../../src/cards/card.ts";
import { chosenIn, wantsOut } from "../../src/choosing/offered-times.ts";
import { timesSaid } from "../../src/choosing/times.ts";
import type { Heard, Turn } from "../../src/conversation/flow.ts";
import { listOffers } from "../../src/desk/booking/offers.ts";
import { given } from "../../src/given.ts";
import { understand } from "../../src/language/intent/intent.ts";
import { findPackageNamed } from "../../src/language/intent/package-words.ts";
import { findNamed, selectOffered } from "../../src/language/intent/reference.ts";
import { readRhythm } from "../../src/language/when/recurrence.ts";
import { fitSlots } from "../../src/language/when/want.ts";
import { parseWhen } from "../../src/language/when/when.ts";
import { planWords } from "../../src/words/plan.ts";
import { changingFacts, chosenSoFar, planFacts, plannable } from "./facts.ts";
import type { PlanContext, PlanEvent, PlanSaid } from "./machine.ts";

/** What words say of a plan; what they leave open is absent. */
export async function readPlanSaid(text: string, sofar: Partial<PlanContext>, turn: Turn): Promise<PlanSaid> {
  const packages = await plannable(turn);
  const spoken = findPackageNamed(
    text,
    packages.map(({ held }) => ({ id: held.id, names: [held.frozen.name] })),
  );
  const [packageId, ...otherPackages] = spoken.ids;
  const within = packages.flatMap(({ services }) => services);
  const offers =
    turn.actor.kind === "client" ? await listOffers(turn.books, turn.practice, turn.actor.clientId, within) : [];
  const services = findNamed(
    spoken.rest,
    offers.map(({ service }) => ({ id: service.id, names: [service.publicName, service.name] })),
  );
  const people = new Map(
    offers.flatMap(({ practitioners }) => practitioners.map((one) => [one.id, one.name] as const)),
  );
  const named = findNamed(
    services.rest,
    [...people].map(([id, name]) => ({ id, names: [name] })),
  );
  return {
    ...(packageId === undefined || otherPackages.length > 0 ? {} : { packageId }),
    ...given({
      serviceId: services.ids.length === 1 ? services.ids[0] : undefined,
      practitionerId: named.ids.length === 1 ? named.ids[0] : undefined,
    }),
    ...(await readRhythmSaid(text, sofar, turn)),
  };
}

/** What words say of the rhythm. */
async function readRhythmSaid(text: string, sofar: Partial<PlanContext>, turn: Turn): Promise<PlanSaid> {
  const { reader, practitioner } = await chosenSoFar({ stillWaiting: false, ...sofar }, turn);
  const people =
    practitioner === undefined ? await turn.books.people.listPractitioners(turn.practice.id) : [practitioner];
  const hours = people.flatMap(({ schedule }) => schedule.hours);
  const opensAt = hours.map(({ from }) => from).sort()[0];
  const closesAt = hours
    .map(({ to }) => to)
    .sort()
    .at(-1);
  const read = readRhythm(text, {
    nowMs: turn.nowMs,
    zone: reader.zone,
    locale: reader.locale,
    ...given({ opensAt, closesAt }),
  });
  if (read === undefined) return {};
  const { everyWeeks, weekdays, minutes, window, from } = read;
  return given({
    everyWeeks,
    weekdays: weekdays.length === 0 ? undefined : weekdays,
    minutes,
    hours: window === undefined ? undefined : { fromMinutes: window.fromMinutes, toMinutes: window.toMinutes },
    from,
  });
}

/** Typed words while something of the plan is asked for: any part of it, or no more of it. */
export async function listenForPlan(text: string, context: PlanContext, turn: Turn): Promise<Heard<PlanEvent>> {
  if (wantsOut(text)) return { event: { type: "home.wanted" } };
  const { intent, certainty } = understand(text, { pending: "offer" });
  if (["list_upcoming", "help", "cancel", "reschedule", "out_of_scope"].includes(intent) && certainty >= 0.7)
    return undefined;
  const said = await readPlanSaid(text, context, turn);
  return Object.keys(said).length === 0 ? undefined : { event: { type: "plan.said", said } };
}

/** The same where a day and a time are asked for: what is not read is said so. */
export async function listenForTime(text: string, context: PlanContext, turn: Turn): Promise<Heard<PlanEvent>> {
  return (await listenForPlan(text, context, turn)) ?? listenElse(text);
}

function listenElse(text: string): Heard<PlanEvent> {
  return /\d|day/i.test(text) ? { hint: planWords.notRead } : undefined;
}

const leaving = /\b(?:leave out|skip|drop|remove|without|take out|not(?: on)?)\b/i;

/** Typed words to the list: a clear yes, a date to leave out, or another rhythm. A yes sends what the card shows, and nothing else. */
export async function listenToList(text: string, context: PlanContext, turn: Turn): Promise<Heard<PlanEvent>> {
  const { intent } = understand(text, { pending: "confirm" });
  if (intent === "affirm") {
    const card = (await turn.books.talks.find(turn.talkId))?.card;
    const sends = card && eventButtons(card).find(({ action }) => action.event.type === "plan.sent");
    const starts = z.array(z.number()).safeParse(sends?.action.event.starts).data;
    return starts && { event: { type: "plan.sent", starts } };
  }
  if (leaving.test(text)) {
    const facts = await planFacts(context, turn);
    const dates = facts?.plan.dates.flatMap(({ wantedMs, number }) => (number === undefined ? [] : [wantedMs])) ?? [];
    const at = { offered: dates, nowMs: turn.nowMs, zone: facts?.reader.zone ?? turn.reader.zone };
    const chosen = selectOffered(text.replace(leaving, " "), at);
    const wantedMs = chosen !== undefined && "index" in chosen ? dates[chosen.index] : undefined;
    return wantedMs === undefined ? undefined : { event: { type: "date.left", wantedMs } };
  }
  return listenForPlan(text, context, turn);
}

/** Another time for one date: one of those shown, or any that is free near it. */
export async function listenForOther(text: string, context: PlanContext, turn: Turn): Promise<Heard<PlanEvent>> {
  if (wantsOut(text)) return { event: { type: "went.back" } };
  const facts = await changingFacts(context, turn);
  const shown = chosenIn(facts, turn);
  const { wantedMs, times, reader } = facts;
  if (shown !== undefined) return { event: { type: "time.taken", wantedMs, startsAtMs: shown } };
  const when = parseWhen(text, { nowMs: turn.nowMs, zone: reader.zone, locale: reader.locale });
  const readings = when === undefined ? [] : timesSaid(when).readings;
  const fits = readings.flatMap((want) => fitSlots(want, times, { zone: reader.zone, nowMs: turn.nowMs }));
  const [startsAtMs] = fits;
  return startsAtMs === undefined ? undefined : { event: { type: "time.taken", wantedMs, startsAtMs } };
}

/** A clear yes or no to "Withdraw these requests?". */
export async function listenForWithdrawal(text: string): Promise<Heard<PlanEvent>> {
  const { intent } = understand(text, { pending: "confirm" });
  if (intent === "affirm") return { event: { type: "withdrawal.agreed" } };
  return intent === "negate" || intent === "abort" ? { event: { type: "withdrawal.dropped" } } : undefined;
}

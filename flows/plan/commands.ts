import type { CardEvent } from "../../src/cards/card.ts";
import type { Command, Turn } from "../../src/conversation/flow.ts";
import { withdrawPlan } from "../../src/desk/packages/plan-answers.ts";
import { answeredBefore, submitPlan } from "../../src/desk/packages/submit-plan.ts";
import { earliestStartMs } from "../../src/domain/availability.ts";
import { startsInRhythm } from "../../src/domain/plan.ts";
import { methodKey } from "../../src/domain/practice.ts";
import { offeringOf } from "../../src/domain/service.ts";
import { localDateOf, startOfLocalDay } from "../../src/domain/zone.ts";
import { type Chosen, chosenSoFar, clientOf, plannable, rhythmOf, servicesToPlan } from "./facts.ts";
import { type PlanContext, type PlanOrders, planContext, startsOf } from "./machine.ts";
import { readPlanWish } from "./words.ts";

type Commands = { readonly [Type in keyof PlanOrders]: Command<PlanOrders[Type]> };

/** What the planning machine may do. A step with one choice answers itself. */
export const commands: Commands = {
  openPlan: async ({ planId, packageId }, turn) => {
    if (planId !== "") return standingOf(planId, turn);
    const said = turn.said === undefined ? {} : await readPlanWish(turn.said, {}, turn);
    return { type: "wish.said", ...said, ...(packageId === "" ? {} : { packageId }) };
  },

  lookOn: async ({ sofar }, turn) => lookOn(readContext(sofar), turn),

  sendPlan: async ({ sofar, starts }, turn) => {
    const context = readContext(sofar);
    const sent = await submitPlan(turn, turn.actor, {
      clientPackageId: context.packageId ?? "",
      serviceId: context.serviceId ?? "",
      methodKey: context.methodKey ?? "",
      practitionerId: context.who ?? "",
      startsAtMs: startsOf(starts),
    });
    if (sent.ok) return standingOf(sent.planId, turn);
    const { refusal } = sent;
    switch (refusal) {
      case "slot-taken":
        return { type: "plan.lost", startsAtMs: sent.startsAtMs };
      case "package-unusable":
        return (await isPlannable(context, turn)) ? { type: "plan.lost", startsAtMs: 0 } : { type: "plan.none" };
      case "form-incomplete":
        return { type: "form.missing" };
      case "not-bookable":
        return { type: "plan.none" };
      default:
        return refusal satisfies never;
    }
  },

  lookAtPlan: async ({ planId }, turn) => standingOf(planId, turn),

  withdrawPlan: async ({ planId }, turn) => {
    await withdrawPlan(turn, turn.actor, planId);
    return standingOf(planId, turn);
  },

  bookFirst: async ({ packageId }, turn) => {
    const input = { type: "book", ...(packageId === "" ? {} : { packageId }) };
    turn.begin({ flow: "book", input, where: "here" });
    return undefined;
  },

  planAgain: async ({ packageId }, turn) => {
    turn.begin({ flow: "plan", input: { type: "plan", packageId }, where: "below" });
    return undefined;
  },

  showBookings: async (_order, turn) => {
    turn.begin({ flow: "bookings", input: { type: "bookings" }, where: "below" });
    return undefined;
  },

  goHome: async (_order, turn) => {
    turn.begin({ flow: "home", input: { type: "menu" }, where: "here" });
    return undefined;
  },
};

/** What is to be asked next, with everything that needed no asking. */
async function lookOn(context: PlanContext, turn: Turn): Promise<CardEvent> {
  const packages = await plannable(turn);
  const [onlyPackage, ...otherPackages] = packages;
  if (onlyPackage === undefined) return { type: "plan.none" };
  const seen =
    packages.find(({ held }) => held.id === context.packageId) ??
    (otherPackages.length === 0 ? onlyPackage : undefined);
  if (seen === undefined) return { type: "package.asked" };
  const services = servicesToPlan(seen);
  const serviceId =
    services.find((id) => id === context.serviceId) ?? (services.length === 1 ? services[0] : undefined);
  const known = { packageId: seen.held.id };
  if (serviceId === undefined) return { type: "service.asked", ...known };
  return lookAtWays({ ...context, ...known, serviceId }, turn);
}

async function lookAtWays(context: PlanContext, turn: Turn): Promise<CardEvent> {
  const { offer } = await chosenSoFar(context, turn);
  const { packageId = "", serviceId = "" } = context;
  if (offer === undefined) return { type: "plan.none" };
  const methods = offer.service.methods.map(methodKey);
  const key = methods.find((one) => one === context.methodKey) ?? (methods.length === 1 ? methods[0] : undefined);
  if (key === undefined) return { type: "method.asked", packageId, serviceId };
  const people = offer.practitioners.map(({ id }) => id);
  const who = people.find((id) => id === context.who) ?? (people.length === 1 ? people[0] : undefined);
  const known = { packageId, serviceId, methodKey: key };
  if (who === undefined) return { type: "practitioner.asked", ...known };
  if (turn.actor.kind !== "client" || (await answeredBefore(turn, turn.actor, serviceId)) === "none")
    return { type: "form.missing", ...known, who };
  return lookAtRhythm({ ...context, ...known, who }, turn);
}

async function lookAtRhythm(context: PlanContext, turn: Turn): Promise<CardEvent> {
  const { packageId = "", serviceId = "", methodKey: key = "", who = "", everyWeeks } = context;
  const known = { packageId, serviceId, methodKey: key, who };
  if (everyWeeks === undefined) return { type: "rhythm.asked", ...known };
  if (rhythmOf(context) === undefined) return { type: "time.asked", ...known };
  const since = context.since ?? firstDayOf(context, await chosenSoFar(context, turn), turn);
  return { type: "dates.proposed", ...known, since };
}

/** The day of the first start in the rhythm that may be had: not too soon, not before the package or what was said. */
function firstDayOf(context: PlanContext, { offer, method, held, reader }: Chosen, turn: Turn): string {
  const { practice, nowMs } = turn;
  const today = localDateOf(reader.zone, nowMs);
  if (offer === undefined || method === undefined || held === undefined) return today;
  const earliestMs = Math.max(
    earliestStartMs(nowMs, offeringOf(practice, offer.service, method)),
    startOfLocalDay(practice.timezone, held.startsOn),
    context.from === undefined ? 0 : startOfLocalDay(reader.zone, context.from),
  );
  const from = localDateOf(reader.zone, earliestMs);
  // Looked for week by week: only then it is known which weeks are the rhythm's own.
  const rhythm = rhythmOf({ ...context, everyWeeks: 1, since: from });
  if (rhythm === undefined) return from;
  for (const startsAtMs of startsInRhythm(rhythm, reader.zone, practice.weekStartsOn)) {
    if (startsAtMs >= earliestMs) return localDateOf(reader.zone, startsAtMs);
  }
  return from;
}

async function isPlannable({ packageId }: PlanContext, turn: Turn): Promise<boolean> {
  return (await plannable(turn)).some(({ held }) => held.id === packageId);
}

/** Whether any session of a plan still waits for an answer. */
async function standingOf(planId: string, turn: Turn): Promise<CardEvent> {
  const own = (await turn.books.bookings.listOfPlan(turn.practice.id, planId)).filter(
    ({ clientId }) => clientId === clientOf(turn),
  );
  if (own.length === 0) return { type: "plan.none" };
  const isOpen = own.some(({ status }) => status === "requested" || status === "proposed");
  return { type: isOpen ? "plan.open" : "plan.done", planId };
}

function readContext(sofar: string): PlanContext {
  return planContext.parse(JSON.parse(sofar));
}

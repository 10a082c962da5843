import type { Commands, Turn } from "../../src/conversation/flow.ts";
import { clientIdOf } from "../../src/desk/actor.ts";
import { withdrawPlan } from "../../src/desk/packages/plan-answers.ts";
import { answeredBefore, submitPlan } from "../../src/desk/packages/submit-plan.ts";
import { earliestStartMs } from "../../src/domain/availability.ts";
import { startsInRhythm } from "../../src/domain/plan.ts";
import { methodKey } from "../../src/domain/practice.ts";
import { offeringOf } from "../../src/domain/service.ts";
import { localDateOf, startOfLocalDay } from "../../src/domain/zone.ts";
import { given } from "../../src/given.ts";
import type { PlanContext } from "./context.ts";
import { type Chosen, chosenSoFar, plannable, rhythmOf, servicesToPlan } from "./facts.ts";
import type { PlanEvent, PlanOrder } from "./machine.ts";

/** The commands of the planning machine. A step with only one choice is skipped. */
export const commands: Commands<PlanOrder, PlanEvent> = {
  openPlan: async ({ planId, packageId }, turn) => {
    if (planId !== undefined) return standingOf(planId, turn);
    return { type: "plan.said", said: given({ packageId }) };
  },

  lookOn: async ({ sofar }, turn) => lookOn(sofar, turn),

  sendPlan: async ({ sofar, starts }, turn) => {
    const { packageId, serviceId, methodKey: key, practitionerId } = sofar;
    if (packageId === undefined || serviceId === undefined || key === undefined || practitionerId === undefined)
      return lookOn(sofar, turn);
    const sent = await submitPlan(turn, turn.actor, {
      clientPackageId: packageId,
      ...{ serviceId, methodKey: key, practitionerId, startsAtMs: starts },
    });
    if (sent.ok) return standingOf(sent.planId, turn);
    const { refusal } = sent;
    switch (refusal) {
      case "slot-taken":
        return { type: "plan.lost", lost: { startsAtMs: sent.startsAtMs } };
      case "package-unusable":
        return (await isPlannable(sofar, turn))
          ? { type: "plan.lost", lost: { packageUsed: true } }
          : { type: "plan.none" };
      case "form-incomplete":
        return { type: "form.missing", chosen: {} };
      case "not-bookable":
        return { type: "plan.none" };
      default:
        return refusal satisfies never;
    }
  },

  lookAtPlan: async ({ planId }, turn) => standingOf(planId, turn),

  withdrawPlan: async ({ planId }, turn) => {
    if (planId !== undefined) await withdrawPlan(turn, turn.actor, planId);
    return standingOf(planId, turn);
  },

  bookFirst: async ({ packageId }, turn) => {
    turn.begin({ flow: "book", input: { type: "book", ...given({ packageId }) }, where: "here" });
    return undefined;
  },

  planAgain: async ({ packageId }, turn) => {
    turn.begin({ flow: "plan", input: { type: "plan", ...given({ packageId }) }, where: "below" });
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

/** The next question that needs an answer. */
async function lookOn(context: PlanContext, turn: Turn): Promise<PlanEvent> {
  const packages = await plannable(turn);
  const [onlyPackage, ...otherPackages] = packages;
  if (onlyPackage === undefined) return { type: "plan.none" };
  const seen =
    packages.find(({ held }) => held.id === context.packageId) ??
    (otherPackages.length === 0 ? onlyPackage : undefined);
  if (seen === undefined) return { type: "package.asked", chosen: {} };
  const services = servicesToPlan(seen);
  const serviceId =
    services.find((id) => id === context.serviceId) ?? (services.length === 1 ? services[0] : undefined);
  const chosen = { packageId: seen.held.id };
  if (serviceId === undefined) return { type: "service.asked", chosen };
  return lookAtWays({ ...context, ...chosen, serviceId }, turn);
}

async function lookAtWays(context: PlanContext & { readonly serviceId: string }, turn: Turn): Promise<PlanEvent> {
  const { offer } = await chosenSoFar(context, turn);
  const { packageId, serviceId } = context;
  if (offer === undefined) return { type: "plan.none" };
  const methods = offer.service.methods.map(methodKey);
  const key = methods.find((one) => one === context.methodKey) ?? (methods.length === 1 ? methods[0] : undefined);
  if (key === undefined) return { type: "method.asked", chosen: { packageId, serviceId } };
  const people = offer.practitioners.map(({ id }) => id);
  const practitionerId =
    people.find((id) => id === context.practitionerId) ?? (people.length === 1 ? people[0] : undefined);
  const chosen = { packageId, serviceId, methodKey: key };
  if (practitionerId === undefined) return { type: "practitioner.asked", chosen };
  if (turn.actor.kind !== "client" || (await answeredBefore(turn, turn.actor, serviceId)) === "none")
    return { type: "form.missing", chosen: { ...chosen, practitionerId } };
  return lookAtRhythm({ ...context, ...chosen, practitionerId }, turn);
}

async function lookAtRhythm(context: PlanContext, turn: Turn): Promise<PlanEvent> {
  const { packageId, serviceId, methodKey: key, practitionerId, everyWeeks } = context;
  const chosen = { packageId, serviceId, methodKey: key, practitionerId };
  if (everyWeeks === undefined) return { type: "rhythm.asked", chosen };
  if (rhythmOf(context) === undefined) return { type: "time.asked", chosen };
  const since = context.since ?? firstDayOf(context, await chosenSoFar(context, turn), turn);
  return { type: "dates.proposed", chosen: { ...chosen, since } };
}

/**
 * The day of the first start of the rhythm that can be booked: after the notice period, the package's start and the
 * said date.
 */
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
  // Searched weekly, because only the first start decides which weeks belong to the rhythm.
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

/** Whether any session of a plan is still open. */
async function standingOf(planId: string | undefined, turn: Turn): Promise<PlanEvent> {
  if (planId === undefined) return { type: "plan.none" };
  const own = (await turn.books.bookings.listOfPlan(turn.practice.id, planId)).filter(
    ({ clientId }) => clientId === clientIdOf(turn.actor),
  );
  if (own.length === 0) return { type: "plan.none" };
  const isOpen = own.some(({ status }) => status === "requested" || status === "proposed");
  return { type: isOpen ? "plan.open" : "plan.done", planId };
}

import { acceptProposal, counterProposals } from "../../src/desk/changes/answer-proposal.ts";
import { type ProposalOrder, proposeTimes } from "../../src/desk/changes/propose.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { instant } from "../support/clock.ts";
import type { TestDesk } from "../support/desk.ts";
import { asClient, asPractitioner, inDesk, openQuay, request, reread, rows } from "./quay.ts";

/** The practitioner of the request. */
export const maya = asPractitioner("maya");
/** The client of the request. */
export const ana = asClient("ana");
/** The requested service. */
export const wednesday = { service: "Talk", day: "Wed 4 Mar", time: "09:00" };
/** An instant of March 2026, UTC, which is Lisbon's time: `05T10:00`. */
export const at = (text: string) => instant(`2026-03-${text}Z`);
/** The requested start. */
export const asked = at("04T09:00");
/** The default proposed starts. */
export const [ten, eleven] = [at("05T10:00"), at("05T11:00")];

/** The claims, as `request 03-04T09:00`. */
export const claimsIn = (desk: TestDesk) =>
  rows(desk, "claims")
    .map(({ kind, starts_at_ms }) => `${kind} ${new Date(Number(starts_at_ms)).toISOString().slice(5, 16)}`)
    .toSorted();
/** The kinds of all timers. */
export const timersIn = (desk: TestDesk) => rows(desk, "timers").map(({ kind }) => kind);
/** The audit's actors and actions. */
export const auditIn = (desk: TestDesk) => rows(desk, "audit").map(({ actor, action }) => `${actor} ${action}`);

/** Maya proposes, by the desk's function. */
export const propose = (desk: TestDesk, booking: Booking, order: Partial<ProposalOrder> = {}, nowMs?: number) =>
  inDesk(desk, (inside) => proposeTimes(inside, maya, booking.id, { startsAtMs: [ten, eleven], ...order }), nowMs);
/** Ana accepts a time, by the desk's function. */
export const accept = (desk: TestDesk, booking: Booking, startsAtMs: number, nowMs?: number) =>
  inDesk(desk, (inside) => acceptProposal(inside, ana, booking.id, startsAtMs), nowMs);
/** Ana sends a wish, by the desk's function. */
export const counter = (desk: TestDesk, booking: Booking, wish: string, nowMs?: number) =>
  inDesk(desk, (inside) => counterProposals(inside, ana, booking.id, wish), nowMs);

/** Ana requests Wednesday at nine; Maya proposes Thursday at ten or eleven. */
export async function proposed(order: Partial<ProposalOrder> = {}) {
  const desk = await openQuay();
  const booking = await request(desk, "ana", wednesday);
  await propose(desk, booking, order);
  await desk.idle();
  return { desk, booking: await reread(desk, booking) };
}

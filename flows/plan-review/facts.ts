import type { Turn } from "../../src/conversation/flow.ts";
import { decidesAsPractitioner } from "../../src/desk/actor.ts";
import { clientZone } from "../../src/desk/people/zones.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { given } from "../../src/given.ts";
import type { Reader } from "../../src/words/instants.ts";
import type { PlanReviewContext } from "./machine.ts";

/** A plan in its practitioner's view. */
export interface PlanReviewFacts {
  /** In order of their start, all of one client. */
  readonly bookings: readonly Booking[];
  readonly client: string;
  readonly package: string;
  readonly reader: Reader;
  readonly clientZone: string;
  readonly nudged: boolean;
  readonly typedReason?: string;
}

/** The plan. Undefined: this practitioner may not see it. */
export async function planReviewFacts(context: PlanReviewContext, turn: Turn): Promise<PlanReviewFacts | undefined> {
  const { books, practice, reader } = turn;
  const bookings = await theirsOf(context.planId, turn);
  const [first] = bookings;
  if (first === undefined) return undefined;
  const client = await books.people.findClient(practice.id, first.clientId);
  const held = await books.packages.findGrant(practice.id, first.clientPackageId ?? "");
  const venue = first.frozen.location?.timezone;
  return {
    bookings,
    client: client?.name ?? "",
    package: held?.frozen.name ?? "",
    // In person the venue's clock comes first, because it is the one on the wall (D7.6).
    reader: venue === undefined ? reader : { ...reader, zone: venue },
    clientZone: client === undefined ? reader.zone : await clientZone(books, practice, client),
    nudged: context.nudged,
    ...given({ typedReason: context.reason }),
  };
}

/** The bookings of a plan that this practitioner decides on, in order of their start. */
export async function theirsOf(planId: string, turn: Turn): Promise<readonly Booking[]> {
  const listed = await turn.books.bookings.listOfPlan(turn.practice.id, planId);
  return listed.filter((booking) => decidesAsPractitioner(turn.actor, booking));
}

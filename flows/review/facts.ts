import type { Proposal } from "../../db/store.ts";
import { beyondPackage } from "../../src/choosing/package-days.ts";
import { moveTimesSearch, type Why, whyNotAt } from "../../src/choosing/why-not-free.ts";
import type { Turn } from "../../src/conversation/flow.ts";
import { decidesAsPractitioner } from "../../src/desk/actor.ts";
import { formProgress } from "../../src/desk/booking/answers.ts";
import { holdsAskedTime } from "../../src/desk/booking/decide.ts";
import { openProposals } from "../../src/desk/changes/answer-proposal.ts";
import { mostRounds } from "../../src/desk/changes/propose.ts";
import { type PackageUse, packageUse } from "../../src/desk/packages/packages.ts";
import { findPayment } from "../../src/desk/payments/payments.ts";
import { clientZone } from "../../src/desk/people/zones.ts";
import type { Booking } from "../../src/domain/booking.ts";
import type { Cause } from "../../src/domain/common-cause.ts";
import type { Payment } from "../../src/domain/payment.ts";
import type { Client } from "../../src/domain/practice.ts";
import { given } from "../../src/given.ts";
import type { Reader } from "../../src/words/instants.ts";
import { type BestTimes, bestTimes } from "./best-times.ts";
import type { ReviewContext } from "./machine.ts";

/** A request in its practitioner's view: who and when, never the form answers (D7.5). */
export interface ReviewFacts {
  readonly booking: Booking;
  readonly client: string;
  /** The request's practitioner, if an admin looks at a colleague's. */
  readonly colleague?: string;
  /** The practitioner's own zone, and the client's beside it. */
  readonly reader: Reader;
  readonly clientZone: string;
  readonly answers: number;
  /** The package it is taken from. */
  readonly fromPackage?: PackageUse;
  /** The payment's status, if there is one. */
  readonly payment?: Payment;
  readonly locale: string;
  readonly nudged: boolean;
  readonly typedReason?: string;
  /** Whether the requested time is still held for it, and if not, why it is not free (D3.10). */
  readonly isHeld: boolean;
  readonly askedGone?: Why;
  /** How many more times other times may be proposed. */
  readonly roundsLeft: number;
  /** The proposed times that are open, or the one that was taken. */
  readonly proposals: readonly Proposal[];
  /** The result of proposed times: one was taken, or none in time. */
  readonly proposalEnd?: "accepted" | "expired";
  /** Free times that match what the client asked for instead of the proposed ones. */
  readonly best?: BestTimes;
}

/** The request. Undefined: this practitioner may not see it. */
export async function reviewFacts(context: ReviewContext, turn: Turn): Promise<ReviewFacts | undefined> {
  const booking = await turn.books.bookings.lock(turn.practice.id, context.bookingId);
  if (booking === undefined || !decidesAsPractitioner(turn.actor, booking)) return undefined;
  const venue = booking.frozen.location?.timezone;
  const client = await turn.books.people.findClient(turn.practice.id, booking.clientId);
  const fromPackage = await packageUse(turn.books, booking);
  const payment = await findPayment(turn.books, booking.id);
  const isOwn = turn.actor.kind === "practitioner" && turn.actor.practitionerId === booking.practitionerId;
  const colleague = isOwn
    ? undefined
    : await turn.books.people.findPractitioner(turn.practice.id, booking.practitionerId);
  return {
    booking,
    client: client?.name ?? "",
    // In person the venue's clock comes first, because it is the one on the wall (D7.6).
    reader: venue === undefined ? turn.reader : { ...turn.reader, zone: venue },
    clientZone: client === undefined ? turn.reader.zone : await clientZone(turn.books, turn.practice, client),
    answers: (await formProgress(turn.books, booking))?.given ?? 0,
    nudged: context.nudged,
    locale: turn.practice.locale,
    ...given({ colleague: colleague?.name, payment, fromPackage, typedReason: context.reason }),
    ...(await proposalFacts(booking, client, turn)),
  };
}

async function proposalFacts(booking: Booking, client: Client | undefined, turn: Turn) {
  const { books, practice, reader } = turn;
  const zone = client === undefined ? reader.zone : await clientZone(books, practice, client);
  const wished = booking.status === "requested" && booking.wish !== undefined;
  const all = booking.proposalRounds === undefined ? [] : await books.changes.listProposals(booking.id);
  const isHeld = await holdsAskedTime(turn, booking);
  const askedGone = isHeld || !wished ? undefined : await whyAskedGone(booking, turn);
  const end = (["accepted", "expired"] as const).find((state) => all.some((one) => one.state === state));
  return {
    isHeld,
    roundsLeft: mostRounds - (booking.proposalRounds ?? 0),
    proposals: await openProposals(turn, booking),
    ...given({ proposalEnd: end, askedGone }),
    ...(wished ? { best: await bestTimes({ booking, clientZone: zone }, turn) } : {}),
  };
}

async function whyAskedGone(booking: Booking, turn: Turn): Promise<Why | undefined> {
  const search = await moveTimesSearch(turn, booking);
  if (search === undefined) return whyNotAt(turn, search, booking.startsAtMs);
  const { presentMs: _, ...asked } = search;
  return whyNotAt(turn, asked, booking.startsAtMs);
}

/** The times to choose from for a proposal, in the card's order. */
export interface ProposingFacts extends ReviewFacts {
  readonly offered: readonly number[];
  readonly picked: readonly number[];
  /** Those of them that clients cannot book, and the reason (D3.10). */
  readonly outside: readonly WhyAt[];
  /** The selected time that could not be proposed, and the reason. */
  readonly refused?: WhyAt;
  readonly message?: string;
  /** Some of the selected times are outside the period of the session's package. */
  readonly beyond?: string;
  readonly keepAsked: boolean;
}

/** A start, and why it is not free. Without a cause it is free again. */
interface WhyAt {
  readonly startsAtMs: number;
  readonly cause?: Cause;
}

/** The request with the times that may be proposed for it. */
export async function proposingFacts(context: ReviewContext, turn: Turn): Promise<ProposingFacts | undefined> {
  const facts = await reviewFacts(context, turn);
  if (facts === undefined) return undefined;
  const { starts } = await bestTimes(facts, turn);
  const offered = context.offered ?? [];
  const beyond = await beyondPackage(turn, facts.booking, context.picked ?? []);
  const search = await moveTimesSearch(turn, facts.booking);
  const whyAt = async (startsAtMs: number): Promise<WhyAt> => {
    return { startsAtMs, ...given({ cause: (await whyNotAt(turn, search, startsAtMs))?.cause }) };
  };
  const outside: WhyAt[] = [];
  for (const ms of offered.filter((one) => !starts.includes(one))) outside.push(await whyAt(ms));
  const refused = context.takenMs === undefined ? undefined : await whyAt(context.takenMs);
  return {
    ...facts,
    offered,
    picked: context.picked ?? [],
    outside,
    keepAsked: context.keepAsked === true,
    ...given({ beyond, refused, message: context.message }),
  };
}

import type { ChangeRequest } from "../../db/store.ts";
import { beyondPackage } from "../../src/choosing/package-days.ts";
import { type SessionSeen, seeSession } from "../../src/choosing/session.ts";
import {
  type FitsFacts,
  type FreeStarts,
  fitsFacts,
  type NearestFacts,
  nearestFacts,
  type TimesFacts,
  timesFacts,
} from "../../src/choosing/time-facts.ts";
import { noTimes } from "../../src/choosing/times.ts";
import { moveTimesSearch, type Why, whyNotAt } from "../../src/choosing/why-not-free.ts";
import type { Turn } from "../../src/conversation/flow.ts";
import { findMethod, type Offer } from "../../src/desk/booking/offers.ts";
import { findMoveOffer, findMoveStarts, frozenFor } from "../../src/desk/changes/move-offer.ts";
import { withAbsences } from "../../src/desk/practice/absences.ts";
import type { FrozenService } from "../../src/domain/booking.ts";
import { cutOffMs } from "../../src/domain/policy.ts";
import { type DeliveryMethod, type Location, methodKey } from "../../src/domain/practice.ts";
import { minuteMs } from "../../src/domain/units.ts";
import { given } from "../../src/given.ts";
import type { MoveRefusal, RescheduleContext } from "./context.ts";
import { timesWanted } from "./wanted.ts";

/** A session to move, and the service and method it would then have. */
export interface MovingFacts {
  readonly seen: SessionSeen;
  readonly cutOffMs: number;
  readonly why?: MoveRefusal;
  readonly reason?: string;
  readonly reasonRequired: boolean;
  /** The chosen time, with the session's length for the chosen method. */
  readonly to?: { readonly startsAtMs: number; readonly endsAtMs: number };
  readonly frozen: FrozenService;
  readonly otherMs?: number;
  readonly open?: ChangeRequest;
  /** The chosen time is outside the period of the session's package. */
  readonly beyond?: string;
  /** Why clients are not offered the chosen time (D3.10). */
  readonly notFree?: Why;
}

/** The time a practitioner is warned about, and why clients are not offered it (D3.8). */
export async function forcingFacts(context: RescheduleContext, turn: Turn): Promise<MovingFacts | undefined> {
  const facts = await movingFacts(context, turn);
  const { search } = await offered(context, turn);
  if (facts?.to === undefined) return facts;
  const notFree = await whyNotAt(turn, search, facts.to.startsAtMs);
  return { ...facts, ...given({ notFree }) };
}

/** Undefined: it no longer exists, or belongs to another person. */
export async function movingFacts(context: RescheduleContext, turn: Turn): Promise<MovingFacts | undefined> {
  const seen = await seeSession(context.bookingId, turn);
  if (seen === undefined) return undefined;
  const { booking, role } = seen;
  const offer = await findMoveOffer(turn.books, turn.practice, booking);
  const method = offer === undefined ? undefined : methodOf(offer, context);
  const frozen =
    offer === undefined || method === undefined ? booking.frozen : frozenFor(turn.practice, booking, offer, method);
  const open = await turn.books.changes.findOpenRequest(booking.id);
  const { startsAtMs, reason, otherMs } = context;
  const policy = booking.frozen.cancellation;
  const beyond = startsAtMs === undefined ? undefined : await beyondPackage(turn, booking, [startsAtMs]);
  return {
    seen,
    frozen,
    cutOffMs: cutOffMs({ startsAtMs: booking.startsAtMs, policy }),
    reasonRequired: role === "client" && booking.status === "confirmed" && policy.reasonRequired,
    ...(startsAtMs === undefined
      ? {}
      : { to: { startsAtMs, endsAtMs: startsAtMs + frozen.durationMinutes * minuteMs } }),
    ...given({ why: context.why, reason, otherMs, open, beyond }),
  };
}

export interface MethodsFacts {
  readonly service: string;
  readonly methods: readonly { readonly method: DeliveryMethod; readonly location?: Location }[];
  readonly now: FrozenService | undefined;
}

export async function methodsFacts(context: RescheduleContext, turn: Turn): Promise<MethodsFacts> {
  const booking = (await seeSession(context.bookingId, turn))?.booking;
  const offer = booking === undefined ? undefined : await findMoveOffer(turn.books, turn.practice, booking);
  const methods = (offer?.service.methods ?? []).map((method) => {
    const location = method.kind === "in_person" ? offer?.locations.get(method.locationId) : undefined;
    return { method, ...given({ location }) };
  });
  return { service: booking?.frozen.publicName ?? "", methods, now: booking?.frozen };
}

function methodOf(offer: Offer, { methodKey: key }: RescheduleContext): DeliveryMethod | undefined {
  return key === undefined ? undefined : findMethod(offer.service, key);
}

/** The free times to which the session may move. */
async function offered(context: RescheduleContext, turn: Turn) {
  const { books, practice, nowMs, reader } = turn;
  const booking = (await seeSession(context.bookingId, turn))?.booking;
  const offer = booking === undefined ? undefined : await findMoveOffer(books, practice, booking);
  const method = offer === undefined ? undefined : methodOf(offer, context);
  const place = method?.kind === "in_person" ? offer?.locations.get(method.locationId)?.timezone : undefined;
  const offering: FreeStarts = {
    service: booking?.frozen.publicName ?? "",
    starts:
      booking === undefined || method === undefined
        ? []
        : await findMoveStarts(books, practice, booking, methodKey(method), nowMs),
    reader: place === undefined ? reader : { ...reader, zone: place },
    practitioners: await withAbsences(books, offer?.practitioners ?? [], nowMs),
    nowMs,
  };
  const search =
    booking === undefined || method === undefined ? undefined : await moveTimesSearch(turn, booking, methodKey(method));
  return { booking, offering, search };
}

export async function choosingTimeFacts(context: RescheduleContext, turn: Turn): Promise<TimesFacts> {
  return timesFacts((await offered(context, turn)).offering, context);
}

export async function offeringFitsFacts(context: RescheduleContext, turn: Turn): Promise<FitsFacts> {
  const { booking, offering } = await offered(context, turn);
  const times = booking === undefined ? noTimes : timesWanted(context.wanted, booking, offering.reader.zone);
  return fitsFacts(offering, times);
}

export async function offeringNearestFacts(context: RescheduleContext, turn: Turn): Promise<NearestFacts> {
  const { booking, offering, search } = await offered(context, turn);
  const times = booking === undefined ? noTimes : timesWanted(context.wanted, booking, offering.reader.zone);
  const said = context.notFree === true ? times : undefined;
  return nearestFacts(offering, { wantedMs: context.wantedMs ?? turn.nowMs, search, ...given({ said }) }, turn);
}

import type { ReadBooks } from "../../../db/store.ts";
import { type NotFree, type SlotQuestion, whyNotFree } from "../../domain/availability.ts";
import { type Cause, commonCause, withoutBooking } from "../../domain/common-cause.ts";
import type { Practitioner } from "../../domain/practice.ts";
import { startRuns } from "../../domain/start-runs.ts";
import { minuteMs } from "../../domain/units.ts";
import { type Actor, ownsAsClient } from "../actor.ts";
import { askAbout, checkSlot, type SlotSearch } from "./slots.ts";

/** A booking made at most so long ago was made "a moment ago". */
const momentMs = 15 * minuteMs;

/** Who asks why a time is not free, and in which search. */
export interface WhyAsked {
  readonly books: ReadBooks;
  readonly actor: Actor;
  readonly search: SlotSearch;
}

/** Why no practitioner of the search has this start, as far as the actor may know; undefined: one has (D3.10). */
export async function causeAt(asked: WhyAsked, startsAtMs: number): Promise<Cause | undefined> {
  const { search, books, actor } = asked;
  const causes: Cause[] = [];
  for (const practitioner of search.practitioners) {
    const cause =
      actor.kind === "practitioner"
        ? ((await claimAt(asked, practitioner, startsAtMs)) ??
          (await checkSlot(books, { ...search, countsOwnHolds: true }, practitioner, startsAtMs)))
        : await checkSlot(books, search, practitioner, startsAtMs);
    if (cause === undefined) return undefined;
    causes.push(await asSeen(cause, asked));
  }
  return commonCause(causes) ?? { because: "not-offered" };
}

/** Another booking's claim: to a practitioner it goes before everything else, because it cannot be overridden (D3.8). */
async function claimAt(
  { books, search }: WhyAsked,
  { practiceId, id }: Practitioner,
  startsAtMs: number,
): Promise<NotFree | undefined> {
  const { method, service, exceptBookingId, nowMs } = search;
  if (startsAtMs < nowMs) return { because: "past" };
  const endsAtMs = startsAtMs + (method.durationMinutes ?? service.durationMinutes) * minuteMs;
  const range = { practiceId, practitionerId: id, fromMs: startsAtMs, toMs: endsAtMs, nowMs };
  const [claim] = await books.claims.listBusy({
    ...range,
    ...(exceptBookingId === undefined ? {} : { exceptBookingId }),
  });
  return claim && { because: "booked", ...(claim.bookingId === undefined ? {} : { bookingId: claim.bookingId }) };
}

/** A cause without the details of other people: at most that the time is booked, and how lately. */
async function asSeen(cause: NotFree, { books, actor, search }: WhyAsked): Promise<Cause> {
  if (cause.because !== "booked") return cause;
  if (cause.bookingId === undefined) return withoutBooking(cause);
  const booking = await books.bookings.find(search.practice.id, cause.bookingId);
  if (booking === undefined) return { because: "booked" };
  if (booking.status === "held") return { because: "held" };
  if (actor.kind === "practitioner" || ownsAsClient(actor, booking)) return { because: "own-session" };
  const lastMs = Math.max(booking.createdAtMs, booking.requestedAtMs ?? 0);
  return { because: search.nowMs - lastMs <= momentMs ? "just-booked" : "booked" };
}

/** A wish for times among the instants [fromMs, toMs). */
export interface TimesWish {
  readonly fromMs: number;
  readonly toMs: number;
  /** Those of a list that satisfy the wish. */
  readonly fits: (startsAtMs: readonly number[]) => readonly number[];
  /** Instants by which the wish is judged where the hours allow none of its starts. */
  readonly samples: readonly number[];
}

/** The one cause why nothing that fits a wish is free; undefined: something is free, or the causes differ (D3.10). */
export async function causeOfWish(asked: WhyAsked, wish: TimesWish): Promise<Cause | undefined> {
  const { books, search } = asked;
  const causes: Cause[] = [];
  for (const practitioner of search.practitioners) {
    const question = await askAbout(books, search, practitioner, wish);
    const open = wish.fits(startsIn(question));
    for (const startsAtMs of open.length > 0 ? open : wish.fits(wish.samples)) {
      const cause = whyNotFree(question, startsAtMs);
      if (cause === undefined) return undefined;
      causes.push(withoutBooking(cause));
    }
  }
  const common = commonCause(causes);
  return common?.because === "several" || common?.because === "unknown" ? undefined : common;
}

/** Every start that the hours alone allow. */
function startsIn(question: SlotQuestion): readonly number[] {
  const stepMs = question.offering.incrementMinutes * minuteMs;
  return [...startRuns(question, question)].flatMap(({ firstMs, lastMs }) =>
    Array.from({ length: Math.floor((lastMs - firstMs) / stepMs) + 1 }, (_, at) => firstMs + at * stepMs),
  );
}

/** A wish in words, as `wishEvent` makes it; empty texts say nothing. */
interface WishSaid {
  readonly package: string;
  readonly services: string;
  readonly methodKey: string;
  readonly who: string;
  readonly times: string;
}

/** What can happen to a booking talk: presses, typed words, and the answers of its commands. */
export type BookEvent =
  | ({ type: "choosing.began" } & WishSaid)
  | ({ type: "wish.said" } & WishSaid)
  | { type: "package.chosen"; packageId: string }
  | { type: "package.lost" }
  | { type: "package.dropped"; startsAtMs: number }
  | { type: "packages.wanted" }
  | { type: "services.wanted" }
  | { type: "fits.found" }
  | { type: "fits.none"; startsAtMs: number }
  | { type: "services.none" }
  | { type: "service.chosen"; serviceId: string }
  | { type: "method.chosen"; methodKey: string }
  | { type: "practitioner.chosen"; who: string }
  | { type: "times.none" }
  | { type: "day.chosen"; day: string }
  | { type: "times.paged"; page: number }
  | { type: "times.wanted" }
  | { type: "slot.chosen"; startsAtMs: number; otherMs?: number }
  | { type: "hold.granted"; bookingId: string; day: string }
  | { type: "hold.refused" }
  | { type: "form.opened"; link: string }
  | { type: "answers.given" }
  | { type: "answer.typed" }
  | { type: "answers.kept" }
  | { type: "form.filled" }
  | { type: "form.answered" }
  | { type: "form.reopened" }
  | { type: "booking.submitted" }
  | { type: "form.missing" }
  /** Without its start where the draft itself is gone. */
  | { type: "slot.lost"; startsAtMs?: number; paid?: boolean }
  | { type: "payment.settled" }
  | { type: "payment.missing" }
  | { type: "payment.claimed" }
  | { type: "payment.reminded" }
  | { type: "payment.changed"; state: string }
  | { type: "payment.unplaced"; startsAtMs: number }
  | { type: "withdrawal.asked" }
  | { type: "withdrawal.agreed" }
  | { type: "withdrawal.dropped" }
  | {
      type: "booking.changed";
      status: string;
      serviceId?: string;
      methodKey?: string;
      who?: string;
      packageId?: string;
    }
  | { type: "request.nudged"; part: number }
  | { type: "bookings.wanted" }
  | { type: "message.wanted" }
  | { type: "another.wanted" }
  | { type: "went.back" }
  | { type: "given.up" }
  | { type: "started.over" };

/** What the machine orders. */
export type BookOrder =
  | { type: "openTalk"; bookingId: string }
  | { type: "offerPackages"; back: boolean; said: string; before: string; services: string }
  | { type: "offerServices"; back: boolean; preset: string; packageId: string }
  | { type: "offerMethods"; back: boolean; serviceId: string; preset: string; packageId: string }
  | { type: "offerPractitioners"; back: boolean; serviceId: string; preset: string; packageId: string }
  | { type: "offerTimes"; serviceId: string; methodKey: string; who: string; times: string; packageId: string }
  | { type: "tellNothingOffered" }
  | {
      type: "holdSlot";
      serviceId: string;
      methodKey: string;
      who: string;
      startsAtMs: number;
      bookingId: string;
      packageId: string;
    }
  | { type: "releaseHold"; bookingId: string }
  | { type: "dropDraft"; bookingId: string }
  | { type: "openForm"; back: boolean; bookingId: string }
  | { type: "checkForm"; bookingId: string }
  | { type: "saveAnswers"; bookingId: string; all: boolean }
  | { type: "openPayment"; back: boolean; bookingId: string }
  | { type: "askAfterPayment"; bookingId: string }
  | { type: "submitBooking"; bookingId: string }
  | { type: "withdrawBooking"; bookingId: string }
  | { type: "goHome" }
  | { type: "showBookings" }
  | { type: "writeMessage"; bookingId: string }
  | { type: "showProposal"; bookingId: string }
  | { type: "bookAnother" };

/** Every order of the machine, by name. */
export type BookOrders = { [Type in BookOrder["type"]]: Extract<BookOrder, { type: Type }> };

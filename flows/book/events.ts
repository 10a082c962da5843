import type { TimesAnswer } from "../../src/choosing/times.ts";
import type { NewsOf } from "../../src/desk/telling/news.ts";
import type { BookingStatus } from "../../src/domain/booking.ts";
import type { Asked, PackageChoice, PackageSaid, Whom } from "./context.ts";

/** The events of a booking talk: presses, typed words, and the answers of its commands. */
export type BookEvent =
  | NewsOf<
      | "booking.changed"
      | "form.filled"
      | "payment.changed"
      | "payment.missing"
      | "payment.reminded"
      | "payment.unplaced"
      | "request.nudged"
    >
  | TimesAnswer
  /** The talk resumes for an existing booking, with the choices that were made for it. */
  | {
      type: "booking.found";
      status: BookingStatus;
      serviceId: string;
      methodKey: string;
      whom: Whom;
      packageChoice: PackageChoice;
    }
  | { type: "choosing.began" }
  | { type: "session.asked"; asked: Asked }
  | { type: "package.chosen"; choice: PackageChoice }
  | { type: "package.lost" }
  | { type: "package.dropped"; startsAtMs: number }
  | { type: "packages.wanted" }
  | { type: "services.wanted" }
  | { type: "services.none" }
  | { type: "service.chosen"; serviceId: string }
  | { type: "method.chosen"; methodKey: string; assumed?: true }
  | { type: "practitioner.chosen"; whom: Whom; assumed?: true }
  | { type: "assumption.dropped" }
  | { type: "times.none" }
  | { type: "times.paged"; page: number }
  | { type: "times.wanted" }
  | { type: "hold.granted"; bookingId: string; day: string }
  | { type: "hold.refused" }
  | { type: "form.opened"; link: string }
  | { type: "answers.given" }
  | { type: "answer.typed" }
  | { type: "answers.kept" }
  | { type: "form.answered" }
  | { type: "form.reopened" }
  | { type: "booking.submitted" }
  | { type: "form.missing" }
  /** Without a start if the draft itself no longer exists. */
  | { type: "slot.lost"; startsAtMs?: number; paid?: boolean }
  | { type: "payment.settled" }
  | { type: "payment.claimed" }
  | { type: "withdrawal.asked" }
  | { type: "withdrawal.agreed" }
  | { type: "withdrawal.dropped" }
  | { type: "bookings.wanted" }
  | { type: "message.wanted" }
  | { type: "another.wanted" }
  | { type: "further.wanted" }
  | { type: "went.back" }
  | { type: "given.up" }
  | { type: "started.over" };

/** The orders of the machine. An order without its ids, because the draft no longer exists, changes nothing. */
export type BookOrder =
  | { type: "openTalk"; bookingId?: string }
  | {
      type: "offerPackages";
      back: boolean;
      said?: PackageSaid;
      before?: PackageChoice;
      services?: readonly string[];
    }
  | { type: "offerServices"; back: boolean; preset?: readonly string[]; packageChoice?: PackageChoice }
  | ({ type: "offerMethods"; back: boolean; preset?: string; asked?: Asked } & Selection)
  | ({ type: "offerPractitioners"; back: boolean; preset?: Whom; asked?: Asked } & Selection)
  | ({ type: "offerTimes"; times?: Asked["times"] } & Selection)
  | { type: "tellNothingOffered" }
  | ({ type: "holdSlot"; startsAtMs: number; bookingId?: string } & Selection)
  | { type: "releaseHold"; bookingId?: string }
  | { type: "dropDraft"; bookingId?: string }
  | { type: "openForm"; back: boolean; bookingId?: string }
  | { type: "checkForm"; bookingId?: string }
  | { type: "saveAnswers"; bookingId?: string; all: boolean }
  | { type: "openPayment"; back: boolean; bookingId?: string }
  | { type: "askAfterPayment"; bookingId?: string }
  | { type: "submitBooking"; bookingId?: string }
  | { type: "withdrawBooking"; bookingId?: string }
  | { type: "goHome" }
  | { type: "showBookings" }
  | { type: "writeMessage"; bookingId?: string }
  | { type: "showProposal"; bookingId?: string }
  | { type: "bookAnother"; asked?: Asked };

/** The choices made so far. */
export type Selection = {
  serviceId?: string;
  methodKey?: string;
  whom?: Whom;
  packageChoice?: PackageChoice;
};

import type { Booking } from "../../domain/booking.ts";
import type { Actor } from "../actor.ts";
import { audit } from "../audit.ts";
import { settleCancellation } from "../changes/cancel.ts";
import { expireChange } from "../changes/change.ts";
import type { Desk } from "../desk.ts";
import { isPackageTimer, tellOfExpiry } from "../packages/package-news.ts";
import { leadsPlan } from "../packages/plan-answers.ts";
import { checkPayment, closeCheckout, letPaymentGo, remindOfPayment } from "../payments/payment-timers.ts";
import { followPayment } from "../payments/payments.ts";
import { sendNews, tellTalks } from "../telling/announce.ts";
import { mailPractitioner } from "../telling/mails.ts";
import { remind } from "../telling/remind.ts";
import { expireRequest } from "./decide.ts";
import { dropDraft } from "./hold.ts";
import { isOvertaken } from "./session-timers.ts";
import { type TimerKind, timerKinds } from "./timers.ts";

/** A timer that came due. */
export interface DueTimer {
  readonly kind: string;
  readonly practiceId: string;
  /** A booking id, or a client package id for the package timers. */
  readonly bookingId: string;
}

/**
 * Executes a due timer. Reads the booking again first: a timer that no longer applies, or whose kind is unknown to this
 * version, is dropped. Returns the outcome for the metrics.
 */
export async function actOnTimer(desk: Desk, timer: DueTimer): Promise<"done" | "dropped"> {
  const { kind: named, ...about } = timer;
  if (isPackageTimer(named)) return tellOfExpiry(desk, { ...about, kind: named });
  const booking = await desk.books.bookings.lock(timer.practiceId, timer.bookingId);
  const kind = timerKinds.find((known) => known === timer.kind);
  if (booking === undefined || kind === undefined || !applies(desk, booking, kind)) return "dropped";
  if (remindsToAnswer(kind) && !(await leadsPlan(desk, booking))) return "dropped";
  const actor: Actor = { kind: "desk", practiceId: booking.practiceId, place: "clock" };
  switch (kind) {
    case "hold-expiry":
      if (await closeCheckout(desk, booking)) return "done";
      await desk.books.claims.lock(booking.practiceId, [booking.practitionerId]);
      await desk.books.claims.removeLapsed(booking.practiceId, booking.practitionerId, desk.nowMs);
      return "done";
    case "draft-expiry":
      await dropDraft(desk, actor, booking.id);
      return "done";
    case "nudge-50":
      await sendNews(desk, booking, { type: "request.nudged", part: 50 });
      return "done";
    case "nudge-85":
      await sendNews(desk, booking, { type: "request.nudged", part: 85 });
      return "done";
    case "unanswered-mail":
      await mailPractitioner(desk, booking);
      return "done";
    case "respond-by":
      await expireRequest(desk, booking);
      return "done";
    case "completion":
      await complete(desk, actor, booking);
      return "done";
    case "cancellation":
      await settleCancellation(desk, booking);
      return "done";
    case "reminder-1":
    case "reminder-2":
    case "reminder-3":
      await remind(desk, booking, kind);
      return "done";
    case "change-respond-by": {
      const open = await desk.books.changes.findOpenRequest(booking.id);
      if (open === undefined || open.respondByMs > desk.nowMs) return "dropped";
      await expireChange(desk, booking, open);
      return "done";
    }
    case "proposal-expiry":
      if ((booking.respondByMs ?? 0) > desk.nowMs) return "dropped";
      await expireRequest(desk, booking);
      return "done";
    case "payment-check":
      return checkPayment(desk, booking);
    case "payment-reminder":
      return remindOfPayment(desk, booking);
    case "payment-lapse":
      if (booking.status === "held") return letPaymentGo(desk, booking);
      await sendNews(desk, booking, { type: "request.nudged", part: 75 });
      return "done";
    default:
      return kind satisfies never;
  }
}

function remindsToAnswer(kind: TimerKind): boolean {
  return kind === "nudge-50" || kind === "nudge-85" || kind === "unanswered-mail";
}

function applies(desk: Desk, booking: Booking, kind: TimerKind): boolean {
  switch (kind) {
    case "hold-expiry":
    case "draft-expiry":
      return booking.status === "held";
    case "completion":
      return booking.status === "confirmed" && booking.endsAtMs <= desk.nowMs;
    case "respond-by":
      return booking.status === "requested";
    case "cancellation":
      return booking.status === "cancelled" || booking.status === "late_cancelled";
    case "reminder-1":
    case "reminder-2":
    case "reminder-3":
      if (isOvertaken(booking, kind, desk.nowMs)) return false;
      return booking.status === "confirmed" && booking.startsAtMs > desk.nowMs;
    // The change request's deadline may be the session's start, so the booking's status does not matter.
    case "change-respond-by":
      return true;
    case "proposal-expiry":
      return booking.status === "proposed";
    case "payment-check":
      return true;
    case "payment-reminder":
      return booking.status === "confirmed" && booking.startsAtMs > desk.nowMs;
    case "payment-lapse":
      return booking.status === "requested" || booking.status === "held";
    case "nudge-50":
    case "nudge-85":
    case "unanswered-mail": {
      // After downtime several nudges are due at once: skip one that a later nudge or the deadline supersedes.
      if (booking.status !== "requested" || desk.nowMs >= (booking.respondByMs ?? 0)) return false;
      const span = (booking.respondByMs ?? 0) - (booking.requestedAtMs ?? 0);
      return kind !== "nudge-50" || desk.nowMs < (booking.requestedAtMs ?? 0) + span * 0.85;
    }
    default:
      return kind satisfies never;
  }
}

/** Completes a session one day after its end (D4.21). */
async function complete(desk: Desk, actor: Actor, booking: Booking): Promise<void> {
  const completed: Booking = { ...booking, status: "completed", version: booking.version + 1 };
  if (!(await desk.books.bookings.save(completed, booking.version))) return;
  await desk.books.claims.removeForBooking(booking.id);
  await desk.books.timers.removeForBooking(booking.id);
  await followPayment(desk, completed);
  await audit(desk, actor, "booking.completed", completed);
  await tellTalks(desk, completed);
}

import type { BookingStatus } from "../../domain/booking.ts";
import type { PaymentState } from "../../domain/payment.ts";

/** What the desk tells open talks about their booking. A flow's events include those its machine takes. */
export type News =
  /** `again` names what changed besides the status: a move, a change request, an undone cancellation. */
  | { type: "booking.changed"; status: BookingStatus; version?: number; again?: string }
  | { type: "payment.changed"; state: PaymentState; attempt?: number; of?: number }
  /** The client said that they paid, and the provider knows of no payment. */
  | { type: "payment.missing" }
  | { type: "payment.reminded" }
  /** Paid, but the time was lost meanwhile: the money goes back. */
  | { type: "payment.unplaced"; startsAtMs: number; of?: number }
  /** `part`: how much of the time to answer has passed, in per cent. */
  | { type: "request.nudged"; part: number }
  /** The private form was answered on the desk's own page. */
  | { type: "form.filled" };

/** The news of these types, for a flow's own union of events. */
export type NewsOf<Type extends News["type"]> = Extract<News, { type: Type }>;

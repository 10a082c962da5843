import type { ChangeRequest } from "../../db/store.ts";
import { type SessionSeen, seeSession } from "../../src/choosing/session.ts";
import type { Turn } from "../../src/conversation/flow.ts";
import { costOf } from "../../src/desk/booking/attendance.ts";
import { findPayment } from "../../src/desk/payments/payments.ts";
import type { Booking } from "../../src/domain/booking.ts";
import type { Money } from "../../src/domain/money.ts";
import { given } from "../../src/given.ts";
import { openCostWords } from "../../src/words/changes.ts";
import type { NoticeContext } from "./machine.ts";

/** What happened to a session, for the side that is notified. */
export interface SessionNews extends SessionSeen {
  readonly kind: NoticeContext["kind"];
  readonly locale: string;
  readonly request?: ChangeRequest;
  readonly beforeMs?: number;
  readonly minutes?: number;
  readonly words?: string;
  /** Who did it: the other side, or a colleague. */
  readonly by: string;
  /** The refund that failed. */
  readonly refund?: Money;
  /** The fee that is not waived, and the event that waives it. */
  readonly cost?: ReturnType<typeof openCostWords>;
}

/** Undefined: the session no longer exists, or belongs to another person. */
export async function sessionNews(context: NoticeContext, turn: Turn): Promise<SessionNews | undefined> {
  const seen = await seeSession(context.bookingId, turn);
  if (seen === undefined) return undefined;
  const { kind, requestId, beforeMs, minutes, words, byId } = context;
  const request =
    requestId === undefined ? undefined : await turn.books.changes.findRequest(turn.practice.id, requestId);
  const cost = await costOf(turn.books, seen.booking);
  const colleague = byId === undefined ? undefined : await turn.books.people.findPractitioner(turn.practice.id, byId);
  const refund = kind === "refund.failed" ? await openRefund(turn, seen.booking) : undefined;
  return {
    ...seen,
    kind,
    locale: turn.practice.locale,
    by: colleague?.name ?? seen.other,
    ...given({ refund, request, beforeMs, minutes, words }),
    ...given({ cost: cost && openCostWords(cost, turn.practice.locale) }),
  };
}

/** The refund that was ordered but not yet made. */
async function openRefund({ books }: Turn, { id }: Booking): Promise<Money | undefined> {
  const payment = await findPayment(books, id);
  if (payment === undefined) return undefined;
  return { minor: payment.refundMinor - payment.refundedMinor, currency: payment.currency };
}

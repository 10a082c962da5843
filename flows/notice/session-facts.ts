import type { ChangeRequest } from "../../db/store.ts";
import { type SessionSeen, seeSession } from "../../src/choosing/session.ts";
import type { Turn } from "../../src/conversation/flow.ts";
import { costOf } from "../../src/desk/attendance.ts";
import type { Money } from "../../src/domain/money.ts";
import type { NoticeContext } from "./machine.ts";

/** What happened to a session, for the side that is told. */
export interface SessionNews extends SessionSeen {
  readonly kind: NoticeContext["kind"];
  readonly locale: string;
  readonly request?: ChangeRequest;
  readonly beforeMs?: number;
  readonly minutes?: number;
  readonly words?: string;
  /** Open, and not waived. */
  readonly fee?: Money;
  readonly lostCredit: boolean;
}

/** Undefined: the session is gone, or somebody else's. */
export async function sessionNews(context: NoticeContext, turn: Turn): Promise<SessionNews | undefined> {
  const seen = await seeSession(context.bookingId, turn);
  if (seen === undefined) return undefined;
  const { kind, requestId, beforeMs, minutes, words } = context;
  const request =
    requestId === undefined ? undefined : await turn.books.changes.findRequest(turn.practice.id, requestId);
  const { fees, lostCredit } = await costOf(turn.books, seen.booking);
  const [fee] = fees;
  return {
    ...seen,
    kind,
    locale: turn.practice.locale,
    lostCredit,
    ...(request === undefined ? {} : { request }),
    ...(beforeMs === undefined ? {} : { beforeMs }),
    ...(minutes === undefined ? {} : { minutes }),
    ...(words === undefined ? {} : { words }),
    ...(fee === undefined ? {} : { fee: { minor: fee.amountMinor, currency: fee.currency } }),
  };
}

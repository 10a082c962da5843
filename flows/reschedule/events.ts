import type { TimesAnswer } from "../../src/choosing/times.ts";
import type { OfferedSessions } from "../../src/choosing/which-session.ts";
import type { NewsOf } from "../../src/desk/telling/news.ts";
import type { MoveRefusal, Wanted } from "./context.ts";

/** Whether and how this person may move the session now. */
export type MoveStanding = "open" | "refused" | "over";

/** The events of moving a session: presses, typed words, and the answers of the commands. */
export type RescheduleEvent =
  | NewsOf<"booking.changed">
  | TimesAnswer
  | { type: "session.found"; bookingId: string }
  | { type: "sessions.offered"; offered: OfferedSessions }
  | { type: "sessions.none" }
  | { type: "session.chosen"; bookingId: string }
  | { type: "standing.seen"; as: MoveStanding; why?: MoveRefusal }
  | { type: "method.chosen"; methodKey?: string }
  | { type: "times.paged"; page: number }
  | { type: "times.none" }
  | { type: "times.wanted" }
  | { type: "times.said"; wanted: Wanted }
  | { type: "slot.lost"; reason: string }
  | { type: "hours.exceeded"; reason: string }
  | { type: "reason.typed"; reason: string }
  | { type: "move.agreed" }
  | { type: "move.forced" }
  | { type: "move.done" }
  | { type: "move.asked" }
  | { type: "change.withdrawn" }
  | { type: "change.settled" }
  | { type: "went.back" }
  | { type: "move.dropped" }
  | { type: "bookings.wanted" }
  | { type: "book.wanted" };

/** The orders of the machine. An order without its ids, because the session no longer exists, changes nothing. */
export type RescheduleOrder =
  | { type: "findSession"; bookingId?: string; offered?: OfferedSessions }
  | { type: "look"; bookingId?: string }
  | { type: "offerMethods"; bookingId?: string; back: boolean; hasTime: boolean }
  | { type: "offerTimes"; bookingId?: string; methodKey?: string; wanted?: Wanted }
  | {
      type: "moveBooking";
      bookingId?: string;
      startsAtMs?: number;
      methodKey?: string;
      typedReason?: string;
      force: boolean;
    }
  | { type: "withdrawChange"; bookingId?: string }
  | { type: "checkChange"; bookingId?: string }
  | { type: "showSession"; bookingId?: string }
  | { type: "startBooking" };

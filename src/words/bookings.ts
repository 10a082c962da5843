import type { BookingStatus } from "../domain/booking.ts";

/** Texts of the session lists and of one session. */
export const bookingsWords = {
  /** Above a session: why it is shown. */
  notes: {
    cannot: "Would you like to move or cancel this session? Nothing has changed yet.",
    kept: "Nothing has changed.",
  },
  upcomingTitle: "Upcoming sessions",
  pastTitle: "Past sessions",
  noneUpcoming: "You have no upcoming session.",
  nonePast: "There is no past session yet.",
  showPast: "Past sessions",
  showUpcoming: "Upcoming sessions",
  now: "now",
  more: "More",
  fewer: "Back to the first",
  details: "Session",
  status: "Status",
  client: "Client",
  requested: "Requested",
  answerBy: "Answer by",
  reason: "Reason",
  join: "Join",
  withdraw: "Withdraw request",
  answer: "Answer request",
  proposedTimes: "Proposed times",
  bookAgain: "Book this again",
  requestASession: "Request a session",
  back: "Back",
  home: "Home",
  gone: "This session no longer exists.",
} as const;

/** Titles of past sessions that did not take place. */
export const overTitles: Readonly<Partial<Record<BookingStatus, string>>> = {
  cancelled: "This session was cancelled",
  late_cancelled: "This session was cancelled",
  no_show: "This session was missed",
};

/** A booking's status as clients and practitioners read it. */
export const statusNames: Readonly<Record<BookingStatus, string>> = {
  held: "being booked",
  requested: "waiting for an answer",
  proposed: "other times proposed",
  confirmed: "confirmed",
  completed: "took place",
  no_show: "missed",
  declined: "declined",
  expired: "not answered in time",
  withdrawn: "withdrawn",
  cancelled: "cancelled",
  late_cancelled: "cancelled late",
};

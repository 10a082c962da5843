import type { BookingStatus } from "../domain/booking.ts";

/** What a person reads about the sessions they have and had. */
export const bookingsWords = {
  upcomingTitle: "Upcoming sessions",
  pastTitle: "Past sessions",
  change: (contact: string) =>
    `A request that waits for an answer can be withdrawn here: open it. To move or cancel a confirmed session, please reach the practice at ${contact}.`,
  noneUpcoming: "You have no upcoming session.",
  nonePast: "There is no past session yet.",
  showPast: "Past sessions",
  showUpcoming: "Upcoming sessions",
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
  bookAgain: "Book this again",
  requestASession: "Request a session",
  back: "Back",
  home: "Home",
  gone: "This session is no longer in the books.",
} as const;

/** A booking's state in a client's and a practitioner's words. */
export const statusNames: Readonly<Record<BookingStatus, string>> = {
  held: "being booked",
  requested: "waiting for an answer",
  proposed: "another time proposed",
  confirmed: "confirmed",
  completed: "took place",
  no_show: "missed",
  declined: "declined",
  expired: "not answered in time",
  withdrawn: "withdrawn",
  cancelled: "cancelled",
  late_cancelled: "cancelled late",
};

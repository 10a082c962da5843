/** What did not happen when a timer of this kind failed. */
const steps: Readonly<Record<string, string>> = {
  "hold-expiry": "free a time that nobody requested",
  "draft-expiry": "free the times of a plan that was not sent",
  "respond-by": "close a request that was not answered in time",
  "proposal-expiry": "close a proposal that was not answered in time",
  "change-respond-by": "close a change request that was not answered in time",
  "nudge-50": "remind you of a request",
  "nudge-85": "remind you of a request",
  "unanswered-mail": "email you about a request",
  completion: "mark the session as completed",
  cancellation: "tell the other side about a cancellation",
  "reminder-1": "remind the client of the session",
  "reminder-2": "remind the client of the session",
  "reminder-3": "remind the client of the session",
  "payment-check": "check a payment",
  "payment-reminder": "remind the client to pay",
  "payment-lapse": "release a payment",
};

/** Texts about automatic steps that failed. */
export const deadlineWords = {
  title: "An automatic step failed",
  text: (kind: string) =>
    `We tried several times to ${steps[kind] ?? "take an automatic step"}, and could not. Please check this session. The people who run this desk can repeat the step.`,
} as const;

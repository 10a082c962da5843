/** What a client reads shortly before a session. */
export const reminderWords = {
  title: "Your session is coming up",
  summary: (service: string, when: string) => `Reminder: ${service}, ${when}`,
  coming: "I'll be there",
  comingTitle: "See you then",
  comingText: "Good to know. You do not need to do anything else.",
  changedTitle: "This session has changed",
  changedText: (status: string) => `Its status: ${status}.`,
  movedText: "It has another time now.",
  reschedule: "Reschedule",
  cancel: "Cancel",
  goneText: "It no longer exists.",
} as const;

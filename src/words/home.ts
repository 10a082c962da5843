import { moment, type Reader, shortDay, slotLabel } from "./instants.ts";

/** Texts of the home menu, of help, of words that were not understood, and for people without access. */
export const homeWords = {
  hello: (name: string) => `Hello ${name}`,
  clientText: (practice: string) => `This is the desk of ${practice}. What can I do for you?`,
  practitionerText: (practice: string) => `This is your desk at ${practice}.`,
  requestASession: "Request a session",
  myBookings: "My bookings",
  sessions: "Sessions",
  help: "Help",
  home: "Home",
  next: "Next session",
  waiting: "Waiting for an answer",
  proposed: "Other times proposed",
  requests: (count: number) =>
    count === 0
      ? "No request is waiting."
      : count === 1
        ? "One request is waiting for you."
        : `${count} requests are waiting for you.`,
  moreRequests: (count: number) =>
    `There ${count === 1 ? "is one more" : `are ${count} more`}. Type a name, such as “confirm Ana”, or “confirm all”.`,
  request: (client: string, startsAtMs: number, reader: Reader) =>
    `${client}, ${shortDay(startsAtMs, reader)}, ${slotLabel(startsAtMs, reader)}`,
  wishes: (count: number) =>
    count === 1 ? "One change request is waiting for you." : `${count} change requests are waiting for you.`,
  wishesLabel: "Change requests",
  wish: (kind: "move" | "cancel", client: string, startsAtMs: number, reader: Reader) =>
    `${kind === "move" ? "Move" : "Late cancellation"}: ${client}, ${shortDay(startsAtMs, reader)}, ${slotLabel(startsAtMs, reader)}`,
  today: "Today",
  nothingToday: "No session today.",
  session: (service: string, startsAtMs: number, reader: Reader) => `${service}, ${moment(startsAtMs, reader)}`,
  comingTitle: "Upcoming sessions",
  nothingComing: "You have no upcoming session.",
  open: "Open",
  reschedule: "Reschedule",
  cancel: "Cancel",
  timesIn: (zone: string) => `Times are shown in ${zone} time.`,
  missingTitle: "Clients cannot book yet",
  missingServices: "No listed service has a practitioner. Add one to the practice file and import it again.",
  missingHours: (names: string) =>
    `No hours are set for: ${names}. Add hours to the practice file and import it again.`,
  helpTitle: "How this works",
  helpClient:
    "Press “Request a session” or type “book”, then pick a service, how to meet and a time. Your practitioner answers, and we tell you here and by email.",
  helpTyping:
    "Every button can also be typed, as its words or as its number. “bookings” and “help” always work, “back” and “start over” while you book. To change a session, type “cancel tomorrow's” or “move my Friday session to Monday 3pm”.",
  helpTypingPractitioner:
    "Every button can also be typed, as its words or as its number. “block Friday afternoon” and “I'm off 3–10 August” block time, “my time off” lists it, “confirm all” answers every request at once.",
  helpPractitioner:
    "Requests come to you here with Confirm and Decline. “requests” lists what is waiting. “sessions” lists your sessions, so that you can move or cancel them.",
  contact: (practice: string, contact: string) => `To reach ${practice} otherwise: ${contact}.`,
  privacy: "Please do not write about your health in this chat.",
  privacyPractitioner: "Please do not write about your clients' health in this chat.",
  welcome: "You are welcome",
  unsureTitle: "I am not sure what you mean",
  unsureText: "Is it one of these? Or please say it in other words.",
  moveASession: "Move a session",
  cancelASession: "Cancel a session",
  waitingRequests: "Waiting requests",
  timeOff: "Block time",
  tooLongTitle: "That message is too long for me",
  tooLongText: "Please say it in a sentence or two.",
  strangerTitle: "Welcome",
  strangerText:
    "We have not met yet. Please ask your practice for an invitation. Once they have added this chat account, you can book here.",
} as const;

import { clockTime, type Reader, shortDay } from "./instants.ts";

/** Time off as instants [startsAtMs, endsAtMs), with the wall times it was said in. */
export interface SpanWords {
  readonly from: string;
  readonly to: string;
  readonly startsAtMs: number;
  readonly endsAtMs: number;
}

/** "Fri 6 Mar, all day", "Fri 6 Mar, 12:00–17:00", "Mon 3 Aug to Mon 10 Aug", "Wed 4 Mar, from 10:00". */
export function spanWords({ from, to, startsAtMs, endsAtMs }: SpanWords, reader: Reader): string {
  const fromMidnight = from.endsWith("T00:00");
  const toMidnight = to.endsWith("T00:00");
  const first = shortDay(startsAtMs, reader);
  const last = shortDay(toMidnight ? endsAtMs - 1 : endsAtMs, reader);
  const begins = clockTime(startsAtMs, reader);
  const ends = clockTime(endsAtMs, reader);
  if (first === last) {
    if (toMidnight) return fromMidnight ? `${first}, all day` : `${first}, from ${begins}`;
    return fromMidnight ? `${first}, until ${ends}` : `${first}, ${begins}–${ends}`;
  }
  return `${first}${fromMidnight ? "" : `, ${begins}`} to ${last}${toMidnight ? "" : `, ${ends}`}`;
}

/** Texts of blocked time and time off. */
export const absenceWords = {
  blockTitle: "Block this time?",
  awayTitle: "Take this time off?",
  whose: "Practitioner",
  when: "When",
  whenIn: (when: string, zone: string) => `${when} (${zone})`,
  consequence: "Clients will no longer be able to book these times. Sessions already booked stay booked.",
  concerned: (count: number) =>
    count === 1
      ? "One session is booked in this time. It stays booked:"
      : `${count} sessions are booked in this time. They stay booked:`,
  nothingConcerned: "No session is booked in this time.",
  more: (count: number) => (count === 1 ? "1 more" : `${count} more`),
  message: "Message for clients (optional)",
  messageHint: "Clients read it when they look for times. Please do not mention anyone's health.",
  block: "Block this time",
  away: "Confirm time off",
  drop: "Leave as it is",
  doneBlocked: "This time is blocked",
  doneAway: (whose?: string) => (whose === undefined ? "You are off" : `${whose} is off`),
  oneByOne: (count: number) => (count === 1 ? "Open it to move or cancel it:" : "Move or cancel them one by one:"),
  session: (client: string, service: string, when: string) => `${when} · ${client} · ${service}`,
  asksFor: (client: string, when: string) => `${when} · ${client} · request`,
  undo: "Undo",
  takenBackTitle: "Time off removed",
  takenBackText: "Clients can book these times again, within your hours.",
  keptTitle: "Nothing was changed",
  keptText: "Nothing about your hours was changed.",
  whichTitle: "Which time do you mean?",
  askWhenTitle: "Which time?",
  askWhenText: "Pick one, or type it: “Friday afternoon”, “3–10 August”, “tomorrow from 2 to 4”.",
  today: "Today",
  tomorrow: "Tomorrow",
  nextWeek: "Next week",
  everyWeekTitle: "A day of every week",
  everyWeekText:
    "I can block single times, such as “Friday afternoon” or “3–10 August”. Your weekly hours are in the practice file.",
  listTitle: (whose?: string) => (whose === undefined ? "Your time off" : `Time off: ${whose}`),
  listNone: "You have no time off coming up.",
  listText: "Choose one to open it for clients again.",
  fromFile: "In the practice file",
  openTitle: "Open this time again?",
  openText: "Clients will be able to book this time again, within your hours.",
  open: "Open it again",
  openedTitle: "Open again",
  openedText: "Clients can book these times again, within your hours.",
  nothingThereTitle: "That time is not blocked",
  nothingThereText: "No time was blocked in chat then, so there is nothing to open.",
  inFileText: "Time off from the practice file has to be removed there.",
  myTimeOff: (whose?: string) => (whose === undefined ? "My time off" : `Time off: ${whose}`),
  notTheirsTitle: "Nothing was changed",
  notTheirsText: "Only your colleague or an admin of the practice can block this time.",
  severalText: "More than one colleague fits that name. Please type the full name.",
  home: "Home",
  messageTooLong: (most: number) => `Please keep the message under ${most} characters.`,
} as const;

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

/** What a practitioner reads about time they keep free. */
export const absenceWords = {
  blockTitle: "Keep this time free?",
  awayTitle: "Take this time off?",
  whose: "Practitioner",
  when: "When",
  whenIn: (when: string, zone: string) => `${when} (${zone})`,
  consequence: "Clients will no longer see these times. Nothing that is booked changes.",
  concerned: (count: number) =>
    count === 1
      ? "One session is booked in this time. It stays booked:"
      : `${count} sessions are booked in this time. They stay booked:`,
  nothingConcerned: "No session is booked in this time.",
  more: (count: number) => (count === 1 ? "1 more" : `${count} more`),
  message: "Message for clients (optional)",
  messageHint: "Clients read it when they look for times. Please write nothing about anybody's health.",
  block: "Keep it free",
  away: "Take it off",
  drop: "Change nothing",
  doneBlocked: "This time is kept free",
  doneAway: (whose?: string) => (whose === undefined ? "You are off" : `${whose} is off`),
  oneByOne: (count: number) => (count === 1 ? "Open it to move or cancel it:" : "Move or cancel them one by one:"),
  session: (client: string, service: string, when: string) => `${when} · ${client} · ${service}`,
  asksFor: (client: string, when: string) => `${when} · ${client} · request`,
  undo: "Take it back",
  takenBackTitle: "Taken back",
  takenBackText: "Clients see these times again, as the hours allow.",
  keptTitle: "Nothing was changed",
  keptText: "The times are as they were.",
  whichTitle: "Which time do you mean?",
  askWhenTitle: "Which time?",
  askWhenText: "Pick one, or type it: “Friday afternoon”, “3–10 August”, “tomorrow from 2 to 4”.",
  today: "Today",
  tomorrow: "Tomorrow",
  nextWeek: "Next week",
  everyWeekTitle: "A day of every week",
  everyWeekText:
    "I can keep single times free, such as “Friday afternoon” or “3–10 August”. What holds for every week stands with your hours in the practice file.",
  listTitle: (whose?: string) => (whose === undefined ? "Your time off" : `Time off: ${whose}`),
  listNone: "No time off lies ahead.",
  listText: "Press one to open it for clients again.",
  fromFile: "In the practice file",
  openTitle: "Open this time again?",
  openText: "Clients will see the free times in it again, as the hours allow.",
  open: "Open it again",
  openedTitle: "Open again",
  openedText: "Clients see these times again, as the hours allow.",
  nothingThereTitle: "That time is not kept free",
  nothingThereText: "Nothing was kept free in chat then, so there is nothing to open again.",
  inFileText: "Time off that stands in the practice file is taken out there.",
  myTimeOff: (whose?: string) => (whose === undefined ? "My time off" : `Time off: ${whose}`),
  notTheirsTitle: "Nothing was changed",
  notTheirsText: "A colleague's time is theirs to keep free, or an admin's of the practice.",
  severalText: "More than one of your colleagues may be meant. Please type it again with the whole name.",
  home: "Home",
  messageTooLong: (most: number) => `Please keep the message under ${most} characters.`,
} as const;

import type { Booking, BookingStatus } from "../domain/booking.ts";
import type { Client, Practice, Practitioner, Weekday } from "../domain/practice.ts";
import { moment, otherZoneTime, type Reader, sessionTime, shortDay } from "./instants.ts";
import { spanName } from "./spans.ts";

/** What a client reads while planning the rest of a package, and a practitioner about a plan. */
export const planWords = {
  planTheRest: "Plan the rest",
  choosePackage: "Which package shall we plan?",
  chooseService: "Which sessions shall we plan?",
  chooseMethod: "How would you like to meet?",
  choosePractitioner: "With whom?",
  chooseRhythm: "How often?",
  rhythmHint: "You can also type it all at once, such as “every other Tuesday at 3”.",
  everyWeek: "Every week",
  everyOtherWeek: "Every other week",
  chooseTime: "On which day, and when?",
  timeHint: "These are free most often. You can also type a day and a time, such as “Thursdays at 10:30”.",
  noTimes: "Nothing is free right now.",
  notFreeThen: "That time is not free.",
  notRead: "Please say a day of the week and a time, such as “Tuesdays at 3”.",
  title: (count: number) => `Your plan: ${sessions(count)}`,
  nothingFits: "No date of this rhythm can be booked",
  nothingTitle: "There is nothing to plan",
  nothingText: "None of your packages has two or more sessions left. Book a single one as usual.",
  formTitle: "A few questions come first",
  formText: (service: string) =>
    `${service} has a form. Please book the first session as usual and fill it in: its answers then apply to every session you plan.`,
  bookFirst: "Book the first session",
  formGoes: (day: string) => `Your answers to the form, given for ${day}, apply to each session.`,
  session: "Session",
  with: "With",
  client: "Client",
  how: "How",
  where: "Where",
  package: "Package",
  rhythm: "Rhythm",
  numbered: (number: number, of: number) => `${number} of ${of}`,
  isLeftOut: "Left out",
  instead: (day: string) => `Instead of ${day}`,
  leaveOut: (day: string) => `Leave out ${day}`,
  nothingNear: (day: string) => `Nothing is free near ${day}.`,
  notSentYet: "Nothing has been sent yet.",
  changedMeanwhile: "Your package was used in the meantime, so nothing has been sent yet. This is what it allows now.",
  beyond: (count: number, days: string, opens: string) =>
    `${count === 1 ? "1 more lies" : `${count} more lie`} further ahead: ${days}. ${count === 1 ? "It opens" : "They open"} for booking from ${opens}.`,
  dateless: (count: number) =>
    count === 1
      ? "1 session has no date before the package ends."
      : `${count} sessions have no date before the package ends.`,
  limited: (limits: string) => `The package allows ${limits}: dates beyond that are skipped.`,
  cancelFreely: (minutes: number) =>
    minutes === 0
      ? "Each can be cancelled freely until it begins."
      : `Each can be cancelled freely until ${spanName(minutes)} before it begins.`,
  terms: "Terms",
  acceptTerms: "By sending you accept the terms above.",
  send: "Send the request",
  sendOthers: (count: number) => `Send the other ${count === 1 ? "one" : count}`,
  book: (count: number) => (count === 1 ? "Book it" : `Book all ${count}`),
  bookOthers: (count: number) => `Book the other ${count === 1 ? "one" : count}`,
  change: "Change a date",
  whichDate: "Which date?",
  changing: (day: string) => `Another time for ${day}`,
  nearOnes: "These are free near it.",
  putBack: (day: string) => `Take ${day} again`,
  otherRhythm: "Other rhythm",
  back: "Back",
  home: "Home",
  requestASession: "Request a session",
  myBookings: "My bookings",
  waitingTitle: (count: number) => (count === 1 ? "Waiting for an answer" : `Waiting for ${count} answers`),
  waitingText: (practitioner: string, until: string) =>
    `${practitioner} will answer by ${until}. We will tell you here and by email.`,
  stillWaiting: (practitioner: string) => `Still waiting. We have reminded ${practitioner}.`,
  withdrawAll: "Withdraw all",
  withdrawTitle: (count: number) => `Withdraw ${count === 1 ? "this request" : `these ${count} requests`}?`,
  withdrawText: "The times become free again. It costs you nothing.",
  withdrawYes: "Yes, withdraw",
  withdrawNo: "Keep them",
  confirmedTitle: (count: number) =>
    count === 1 ? "Your session is confirmed" : `Your ${count} sessions are confirmed`,
  confirmedText: "Each has its own email, with an invitation for your calendar.",
  endedTitle: (confirmed: number, of: number) =>
    confirmed === 0 ? "None of your plan was confirmed" : `${confirmed} of ${of} sessions are confirmed`,
  withdrawnTitle: "Plan withdrawn",
  withdrawnText: "The times are free again.",
  planAgain: "Plan again",
  writes: (practitioner: string, reason: string) => `${practitioner} writes: ${reason}`,
  gone: "This plan no longer exists.",
  reviewTitle: (count: number) => `A plan of ${sessions(count)}`,
  reviewSummary: (client: string, count: number) => `${client} asks for ${sessions(count)}`,
  reminder: (count: number) =>
    count === 1
      ? "A reminder: one of them is still waiting for you."
      : `A reminder: ${count} of them are still waiting for you.`,
  answerBy: (moment: string) => `Please answer by ${moment}. Until then the times are held.`,
  confirmAll: "Confirm all",
  confirmRest: (count: number) => (count === 1 ? "Confirm the last one" : `Confirm the other ${count}`),
  oneByOne: "One by one",
  declineAll: "Decline all",
  declineRest: (count: number) => (count === 1 ? "Decline the last one" : `Decline the other ${count}`),
  declineTitle: (client: string) => `Decline what ${client} planned?`,
  declineText: (client: string) => `You may tell ${client} why. Please do not write about their health.`,
  reason: "Reason (optional)",
  reasonTooLong: (most: number) => `Please keep the reason under ${most} characters.`,
  oneByOneText: "Each one opens below. This card shows what is left.",
  allConfirmed: (count: number) => (count === 1 ? "Confirmed" : `All ${count} confirmed`),
  answered: (confirmed: number, of: number) => `${confirmed} of ${of} confirmed`,
  answeredText: (client: string) => `${client} has been told in chat and by email.`,
  tookBackTitle: "Withdrawn by the client",
  tookBackText: (client: string) => `${client} withdrew the plan. The times are free again.`,
  autoTitle: (count: number) => `${sessions(count)} planned`,
  autoText: (client: string) => `${client} booked them. This service confirms automatically.`,
} as const;

/** How each of several planned sessions stands, where it is not just asked for. */
export const planStatus: Readonly<Record<BookingStatus, string | undefined>> = {
  held: undefined,
  requested: undefined,
  proposed: "another time is proposed",
  confirmed: "confirmed",
  completed: "took place",
  no_show: "missed",
  declined: "declined",
  expired: "not answered in time",
  withdrawn: "withdrawn",
  cancelled: "cancelled",
  late_cancelled: "cancelled late",
};

/** "5 sessions". */
function sessions(count: number): string {
  return count === 1 ? "1 session" : `${count} sessions`;
}

const dayNames: Readonly<Record<Weekday, string>> = {
  mon: "Mondays",
  tue: "Tuesdays",
  wed: "Wednesdays",
  thu: "Thursdays",
  fri: "Fridays",
  sat: "Saturdays",
  sun: "Sundays",
};

/** "Tuesdays at 15:00", "Tuesdays and Fridays at 10:00"; `time` as the reader's clock shows it. */
export function daysAtName(weekdays: readonly Weekday[], time: string): string {
  const names = weekdays.map((one) => dayNames[one]);
  const last = names.at(-1) ?? "";
  const list = names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
  return `${list} at ${time}`;
}

/** "Every other week, Tuesdays at 15:00 (Lisbon)". */
export function rhythmName(everyWeeks: number, daysAt: string, zone: string): string {
  const often =
    everyWeeks === 1 ? planWords.everyWeek : everyWeeks === 2 ? planWords.everyOtherWeek : `Every ${everyWeeks} weeks`;
  return `${often}, ${daysAt} (${zone})`;
}

/** "Tue 5 May, Tue 19 May": the first few, and that there are more. */
export function daysList(starts: readonly number[], reader: Reader): string {
  const most = 6;
  const named = starts.slice(0, most).map((ms) => shortDay(ms, reader));
  return starts.length > most ? `${named.join(", ")}, …` : named.join(", ");
}

/** "Fri 6 Mar" of `2026-03-06`. */
export function dayOfDateName(date: string, locale: string): string {
  return shortDay(Date.parse(`${date}T12:00Z`), { zone: "UTC", locale });
}

interface PlanMatter {
  readonly bookings: readonly Booking[];
  readonly practice: Practice;
  readonly practitioner: Practitioner;
  readonly client: Client;
  readonly zone: string;
}

/** Subject and text of the client's mail: their requests arrived, all of them in one. */
export function planMailWords(matter: PlanMatter): { subject: string; text: string } {
  const { bookings, practice, practitioner, client } = matter;
  const [first] = bookings;
  const reader = readerOf(matter);
  const until = Math.min(...bookings.flatMap(({ respondByMs }) => respondByMs ?? []));
  return {
    subject: `Requests received: ${sessions(bookings.length)}, from ${shortDay(first?.startsAtMs ?? 0, reader)}`,
    text: [
      `Hello ${client.name},`,
      `We have passed on your plan: ${first?.frozen.publicName ?? ""} with ${practitioner.name}.`,
      timesOf(matter),
      Number.isFinite(until) ? `The first answer comes by ${moment(until, reader)}.` : "",
      `Questions? Reach ${practice.name} at ${practice.contact}.`,
    ]
      .filter((paragraph) => paragraph !== "")
      .join("\n\n"),
  };
}

/** Subject and text of the mail to a practitioner whom chat did not reach, or who has not answered yet. */
export function practitionerPlanMailWords(matter: PlanMatter): { subject: string; text: string } {
  const { bookings, practitioner, client } = matter;
  const [first] = bookings;
  const confirmed = first?.status === "confirmed";
  const count = sessions(bookings.length);
  const until = Math.min(...bookings.flatMap(({ respondByMs }) => respondByMs ?? []));
  return {
    subject: confirmed ? `New: ${count}` : `A plan is waiting: ${count}`,
    text: [
      `Hello ${practitioner.name},`,
      `${client.name} ${confirmed ? "booked" : "asks for"} ${count}: ${first?.frozen.publicName ?? ""}.`,
      timesOf(matter),
      confirmed || !Number.isFinite(until)
        ? ""
        : `Please answer in your chat with the desk by ${moment(until, readerOf(matter))}.`,
    ]
      .filter((paragraph) => paragraph !== "")
      .join("\n\n"),
  };
}

function readerOf({ bookings, practice, zone }: PlanMatter): Reader {
  return { zone: bookings[0]?.frozen.location?.timezone ?? zone, locale: practice.locale };
}

function timesOf(matter: PlanMatter): string {
  const reader = readerOf(matter);
  return matter.bookings.map((booking) => `– ${timeInZones(booking, reader, matter.zone)}`).join("\n");
}

/** A session's time in the reader's zone and, where it differs, another one. */
export function timeInZones(
  session: { readonly startsAtMs: number; readonly endsAtMs: number },
  reader: Reader,
  otherZone: string,
): string {
  const other = otherZoneTime(session, reader, otherZone);
  return other === undefined ? sessionTime(session, reader) : `${sessionTime(session, reader)} · ${other}`;
}

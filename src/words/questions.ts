import type { Booking } from "../domain/booking.ts";
import type { Money } from "../domain/money.ts";
import type { PaymentRule } from "../domain/payment.ts";
import type { HoursRule, LateRule, Weekday } from "../domain/practice.ts";
import { statusNames } from "./bookings.ts";
import { clockSpan, clockTime, dateOf, moment, type Reader, sessionTime, shortDay, zoneName } from "./instants.ts";
import { money } from "./money.ts";

type Span = { readonly fromMs: number; readonly toMs: number };
type Named = { readonly booking: Booking; readonly client: string };
type Priced = readonly { readonly amount: Money | undefined; readonly methods: readonly string[] }[];

/** Answers to questions (W9), a sentence each. */
export const questionWords = {
  price: (service: string, prices: Priced, locale: string) => {
    const [only, ...others] = prices;
    if (others.length === 0) {
      return only?.amount === undefined
        ? `${service} is free of charge.`
        : `${service} costs ${money(only.amount, locale)}.`;
    }
    const each = prices.map(
      ({ amount, methods }) => `${amount === undefined ? "free of charge" : money(amount, locale)} (${list(methods)})`,
    );
    return `${service}: ${each.join(", ")}.`;
  },
  length: (service: string, lengths: readonly string[]) => `${service} takes ${lengths.join(" or ")}.`,
  lengthOf: ({ startsAtMs, endsAtMs, frozen }: Booking, reader: Reader) =>
    `${frozen.publicName} takes ${Math.round((endsAtMs - startsAtMs) / 60_000)} min, from ${clockTime(startsAtMs, reader)} to ${clockTime(endsAtMs, reader)}.`,
  methods: (service: string, names: readonly string[]) => `${service}: ${list(names, "or")}.`,
  methodYes: (service: string, names: readonly string[]) => `Yes. ${service}: ${list(names, "or")}.`,
  methodNo: (service: string, names: readonly string[]) => `No. ${service} is possible this way: ${list(names, "or")}.`,
  placeOf: ({ startsAtMs, frozen }: Booking, method: string, detail: string, reader: Reader) =>
    `${frozen.publicName} on ${moment(startsAtMs, reader)}: ${method}. ${detail}.`,
  places: (service: string, ways: readonly string[]) => `${service}: ${list(ways, "or")}.`,
  addresses: (places: readonly string[]) =>
    places.length === 1 ? `You find us here: ${places[0] ?? ""}.` : `You find us here:\n${places.join("\n")}`,
  noPlace: "Sessions are held by video, phone or chat.",
  sessionWith: (practitioner: string) => `It is with ${practitioner}.`,
  givenBy: (service: string, names: readonly string[]) => `${service} is with ${list(names, "or")}.`,
  nextSession: ({ startsAtMs, frozen }: Booking, practitioner: string, reader: Reader) =>
    `Your next session, ${frozen.publicName} on ${moment(startsAtMs, reader)}, is with ${practitioner}.`,
  servicesAre: (practice: string) => `At ${practice} you can book:`,
  serviceLine: (service: string, length: string, price: Money | undefined, locale: string) =>
    `– ${service}, ${length}${price === undefined ? "" : `, ${money(price, locale)}`}`,
  offered: (service: string) => `Yes, ${service} can be booked here.`,
  nothingOffered: (practice: string) => `${practice} has no session you can book here yet.`,
  practitionerLine: (name: string, services: readonly string[]) =>
    services.length === 0 ? name : `${name}: ${list(services)}`,
  coveredBy: (service: string, packages: readonly string[]) => `Yes, ${service} is covered by ${list(packages, "or")}.`,
  notCovered: (service: string) => `${service} is not covered by a package of yours.`,
  usablePackages: (packages: readonly string[]) => `You can book from ${list(packages)}.`,
  noPackage: "You have no package.",
  coverUnknown: (contact: string) => `The practice can tell you about insurance: ${contact}.`,

  sessionLine: (booking: Booking, other: string, reader: Reader) =>
    `${booking.frozen.publicName} with ${other}: ${sessionTime(booking, reader)}${isSure(booking) ? "" : ` (${statusNames[booking.status]})`}.`,
  noSession: "You have no upcoming session.",
  noSessionThen: "You have no session then.",
  joinAt: ({ startsAtMs, frozen }: Booking, method: string, reader: Reader) =>
    `${frozen.publicName} on ${moment(startsAtMs, reader)}: ${method}.`,
  joinLink: "Open the session to find its Join button. The confirmation email has the link too.",
  zone: ({ zone }: Reader) => `Times here are in ${zoneName(zone)} time.`,
  cancelUntil: ({ frozen }: Booking, untilMs: number, reader: Reader) =>
    `You can cancel freely until ${moment(untilMs, reader)} (${frozen.publicName}).`,
  cancelLate: ({ frozen }: Booking, untilMs: number, reader: Reader) =>
    `Free cancellation of ${frozen.publicName} ended ${moment(untilMs, reader)}.`,
  cancelRule: (minutes: number) =>
    minutes === 0
      ? "You can cancel freely until a session begins."
      : `You can cancel freely up to ${before(minutes)} before a session.`,
  lateRule: (late: LateRule) => lateRules[late],

  oweNothing: "You owe nothing right now.",
  oweThese: "Not paid yet:",
  oweLine: ({ startsAtMs, frozen }: Booking, amount: Money, reader: Reader) =>
    `– ${frozen.publicName}, ${moment(startsAtMs, reader)}: ${money(amount, reader.locale)}`,
  payRule: (due: { readonly amount: Money; readonly rule: PaymentRule } | undefined, locale: string) =>
    due === undefined ? "There is nothing to pay for it." : payRules[due.rule](money(due.amount, locale)),
  payByPackage: "It is taken from your package, so there is nothing to pay.",
  payByCard: (atRequest: boolean) =>
    atRequest
      ? "You pay by card on a secure page when you book. Your card is charged when the session is confirmed."
      : "You get a link to pay by card when the session is confirmed.",
  payAtPractice: (contact: string) => `You pay at the practice. For other ways to pay, ask ${contact}.`,
  allPaid: "Every card payment kept here is paid.",
  unpaidAre: "Not paid yet:",
  unpaidLine: (client: string, { startsAtMs, frozen }: Booking, amount: Money, reader: Reader) =>
    `– ${client}, ${frozen.publicName}, ${moment(startsAtMs, reader)}: ${money(amount, reader.locale)}`,

  weekOf: (name: string, hours: readonly HoursRule[], zone: string) =>
    hours.length === 0 ? `${name} has no weekly hours.` : `${name}: ${weekHours(hours)} (${zoneName(zone)} time).`,
  openOn: (
    name: string,
    windows: readonly { readonly startsAtMs: number; readonly endsAtMs: number }[],
    span: Span | undefined,
    reader: Reader,
  ) => {
    if (windows.length === 0)
      return `${name} is not in${span === undefined ? "" : ` on ${spanName(span, reader)}`}: closed.`;
    const days = byDay(windows, reader).map(
      ([day, all]) => `${day}, ${all.map((one) => clockSpan(one.startsAtMs, one.endsAtMs, reader)).join(" and ")}`,
    );
    return `${name} is in: ${days.join("; ")}.`;
  },
  freeFor: (service: string, days: readonly (readonly number[])[], reader: Reader) =>
    `Free for ${service}:\n${days.map((times) => `– ${shortDay(times[0] ?? 0, reader)}: ${times.map((ms) => clockTime(ms, reader)).join(", ")}`).join("\n")}`,
  nothingFree: "Nothing is free right now.",
  nothingFreeThen: (service: string, nextMs: number, reader: Reader) =>
    `Nothing is free for ${service} then. The next free time is ${moment(nextMs, reader)}.`,
  reach: (practice: string, contact: string) =>
    `You can write to your practitioner here, or reach ${practice} at ${contact}.`,
  machine: (practice: string) =>
    `I am the booking assistant of ${practice}: a program, not a person. A person reads what you send with “Message my practitioner”.`,
  kept: "I keep your name, email address, chat account, sessions, packages and form answers. I read what you type to understand it and do not store it.",
  keptContact: (practice: string, contact: string) =>
    `To see, correct or delete your data, ask ${practice}: ${contact}.`,

  whichClient: "Which client do you mean? Please add the name.",
  notYourClient: "That client is not in your list.",
  noPackageOf: (client: string) => `${client} has no package.`,
  packagesOf: (client: string) => `${client}:`,
  packageItem: (service: string, sessions: number) => `${sessions} × ${service}`,
  packageLeft: (name: string, content: readonly string[], line: string) =>
    `${name}${content.length === 0 ? "" : ` (${content.join(", ")})`}: ${line}`,

  noSessionsIn: (span: Span, reader: Reader) => `You have no sessions: ${spanName(span, reader)}.`,
  diary: (sessions: readonly Named[], reader: Reader) => diaryLines(sessions, reader),
  count: (count: number, span: Span, reader: Reader) =>
    `${count === 1 ? "1 session" : `${count} sessions`}: ${spanName(span, reader)}.`,
  youAreFree: (span: Span, reader: Reader) => `You are free: no session on ${spanName(span, reader)}.`,
  youHave: (sessions: readonly Named[], reader: Reader) =>
    `You have ${sessions.length === 1 ? "a session" : `${sessions.length} sessions`} then:\n${diaryLines(sessions, reader)}`,
  youAreAway: "You have blocked time or time off then.",
  outsideHours: "It is outside your hours.",
  emailOf: (client: string, email: string) =>
    email === "" ? `${client} has no email address here.` : `${client}: ${email}`,
  noPastSession: "You have had no session here yet.",
  noPastSessionOf: (client: string) => `${client} has had no session with you yet.`,
  lastSession: (booking: Booking, other: string, reader: Reader) =>
    `${booking.frozen.publicName} with ${other}, ${sessionTime(booking, reader)}.`,
  nobodyWaits: "No request is waiting.",
  waiting: (requests: readonly Named[], reader: Reader) =>
    `${requests.length === 1 ? "One request is waiting" : `${requests.length} requests are waiting`}:\n${diaryLines(requests, reader)}`,
  noSessionOf: (client: string) => `${client} has no upcoming session with you.`,
  nextOf: (client: string, booking: Booking, reader: Reader) =>
    `${client}: ${booking.frozen.publicName}, ${moment(booking.startsAtMs, reader)}${isSure(booking) ? "" : ` (${statusNames[booking.status]})`}.`,
} as const;

const lateRules: Readonly<Record<LateRule, string>> = {
  block: "After that, please contact the practice.",
  fee: "After that, a fee applies.",
  forfeit: "After that, the price or the session from your package is lost.",
  ask: "After that, you can ask your practitioner for an exception.",
};

const payRules: Readonly<Record<PaymentRule, (amount: string) => string>> = {
  at_request: (amount) => `You pay ${amount} by card when you book. It is charged when the session is confirmed.`,
  after_approval: (amount) => `You pay ${amount} after the session is confirmed. We send you a link.`,
  at_practice: (amount) => `You pay ${amount} at the practice. Nothing is charged here.`,
};

function isSure({ status }: Booking): boolean {
  return status === "confirmed" || status === "completed" || status === "held";
}

/** "a, b and c". */
function list(names: readonly string[], word: "and" | "or" = "and"): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} ${word} ${last}`;
}

/** "24 hours", "2 days". */
function before(minutes: number): string {
  if (minutes % 1440 === 0 && minutes > 1440) return `${minutes / 1440} days`;
  if (minutes % 60 === 0) return minutes === 60 ? "1 hour" : `${minutes / 60} hours`;
  return `${minutes} minutes`;
}

/** "Fri 6 Mar", "Fri 6 Mar, 12:00–17:00", "Mon 2 Mar to Sun 8 Mar". */
function spanName({ fromMs, toMs }: Span, reader: Reader): string {
  const first = shortDay(fromMs, reader);
  const last = shortDay(toMs - 1, reader);
  if (first !== last) return `${first} to ${last}`;
  const isWhole = clockTime(fromMs, reader) === clockTime(toMs, reader);
  return isWhole ? first : `${first}, ${clockSpan(fromMs, toMs, reader)}`;
}

function byDay<Timed extends { readonly startsAtMs: number }>(
  all: readonly Timed[],
  reader: Reader,
): readonly (readonly [string, readonly Timed[]])[] {
  const days = new Map<string, Timed[]>();
  for (const one of all) {
    const date = dateOf(one.startsAtMs, reader.zone);
    days.set(date, [...(days.get(date) ?? []), one]);
  }
  return [...days.values()].map((ones) => [shortDay(ones[0]?.startsAtMs ?? 0, reader), ones]);
}

/** One line a session, under its day. */
function diaryLines(sessions: readonly Named[], reader: Reader): string {
  const lineOf = ({ booking, client }: Named) =>
    `– ${clockSpan(booking.startsAtMs, booking.endsAtMs, reader)} ${client}, ${booking.frozen.publicName}${isSure(booking) ? "" : ` (${statusNames[booking.status]})`}`;
  const timed = sessions.map((one) => ({ ...one, startsAtMs: one.booking.startsAtMs }));
  return byDay(timed, reader)
    .map(([day, ones]) => [day, ...ones.map(lineOf)].join("\n"))
    .join("\n");
}

const dayOrder: readonly Weekday[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const dayNames: Readonly<Record<Weekday, string>> = {
  mon: "Mon",
  tue: "Tue",
  wed: "Wed",
  thu: "Thu",
  fri: "Fri",
  sat: "Sat",
  sun: "Sun",
};

/** "Mon, Tue 09:00–12:00 and 13:00–17:00; Sat 10:00–13:00 (every other week)". */
function weekHours(hours: readonly HoursRule[]): string {
  const perDay = dayOrder.map((day) => ({
    day,
    text: hours
      .filter(({ days }) => days.includes(day))
      .sort((a, b) => a.from.localeCompare(b.from))
      .map(
        ({ from, to, everyWeeks }) =>
          `${from}–${to}${everyWeeks === 1 ? "" : everyWeeks === 2 ? " (every other week)" : ` (every ${everyWeeks} weeks)`}`,
      )
      .join(" and "),
  }));
  const groups: { days: Weekday[]; text: string }[] = [];
  for (const { day, text } of perDay) {
    if (text === "") continue;
    const same = groups.find((group) => group.text === text);
    if (same === undefined) groups.push({ days: [day], text });
    else same.days.push(day);
  }
  return groups.map(({ days, text }) => `${days.map((day) => dayNames[day]).join(", ")} ${text}`).join("; ");
}

import type { Booking } from "../domain/booking.ts";
import type { Cause } from "../domain/common-cause.ts";
import type { Money } from "../domain/money.ts";
import type { PaymentRule } from "../domain/payment.ts";
import type { LateCost } from "../domain/policy.ts";
import type { DeliveryMethod, LateRule, Location, MethodKind, Service } from "../domain/practice.ts";
import { doubt } from "./diary.ts";
import { byDay, clockLabels, linesOf, list, onSpan, type Span, zoneTimeName } from "./hours.ts";
import { moment, otherZoneTime, type Reader, shortDay, shortSessionTime, slotLabel, zoneName } from "./instants.ts";
import { lengthName } from "./methods.ts";
import { money } from "./money.ts";
import { spanName } from "./spans.ts";
import { causeWords } from "./why-not-free.ts";

/** A value and the ways to meet that have it; several where methods differ (D2.2). */
export interface PerWay {
  readonly value: string;
  readonly ways: readonly string[];
}

/** "by video", "in person (Pier rooms)". */
export function wayName(method: DeliveryMethod, location?: Location): string {
  const way = kindWays[method.kind];
  return location === undefined ? way : `${way} (${location.name})`;
}

const kindWays: Readonly<Record<MethodKind, string>> = {
  in_person: "in person",
  video: "by video",
  phone: "by phone",
  chat: "by chat",
};

const freeOfCharge = "free of charge";

/** What is said of a cancellation after its cut-off, where no amount is known (D4.7). */
const afterThat: Readonly<Record<LateRule, (contact: string) => string>> = {
  block: (contact) => `After that, please ask ${contact}.`,
  fee: () => "After that, a fee applies.",
  forfeit: () => "After that, the price or the session from your package is lost.",
  ask: () => "After that, you can ask your practitioner for an exception.",
};

const payRules: Readonly<Record<PaymentRule, (amount: string) => string>> = {
  at_request: (amount) => `You pay ${amount} by card when you book. It is charged when the session is confirmed.`,
  after_approval: (amount) => `You pay ${amount} after the session is confirmed. We send you a link.`,
  at_practice: (amount) => `You pay ${amount} at the practice. Nothing is charged here.`,
};

/** Weekly hours on the clock of a zone. */
interface ZonedText {
  readonly zone: string;
  readonly text: string;
}

/** Answers to questions (W9), a sentence or a short list each. */
export const questionWords = {
  lines: (lines: readonly string[], more = 0) => linesOf(lines, more),
  contactOnly: (practice: string, contact: string) =>
    contact === "" ? "I can answer questions once your account is active." : `You can reach ${practice} at ${contact}.`,

  price: (service: string, prices: readonly PerWay[]) => {
    const known = prices.filter(({ value }) => value !== "");
    const each = known.map(({ value, ways }) => valueText(value, prices.length === 1 ? [] : ways));
    return known.every(({ value }) => value === freeOfCharge)
      ? `${service} is ${list(each, "or")}.`
      : `${service} costs ${list(each, "or")}.`;
  },
  freeOfCharge,
  noPrice: (service: string, contact: string) => `No price is listed for ${service}. Please ask ${contact}.`,
  fromPackage: (name: string) => `It is taken from ${name}, so there is nothing to pay.`,
  length: (service: string, lengths: readonly PerWay[]) =>
    `${service} takes ${list(
      lengths.map(({ value, ways }) => valueText(value, lengths.length === 1 ? [] : ways)),
      "or",
    )}.`,
  lengthOf: ({ startsAtMs, endsAtMs, frozen }: Booking, reader: Reader) =>
    `${frozen.publicName} takes ${lengthName(Math.round((endsAtMs - startsAtMs) / 60_000))}, from ${slotLabel(startsAtMs, reader)} to ${slotLabel(endsAtMs, reader)} (${zoneName(reader.zone)}).`,
  methods: (service: string, ways: readonly string[]) => `${service} is held ${list(ways, "or")}.`,
  methodYes: (service: string, kinds: readonly MethodKind[]) => `Yes, ${service} can be held ${waysOf(kinds)}.`,
  methodNo: (service: string, ways: readonly string[]) => `No, ${service} is only held ${list(ways, "or")}.`,
  notByMethod: (service: string, kinds: readonly MethodKind[]) => `${service} cannot be held ${waysOf(kinds)}.`,
  byMethod: (kinds: readonly MethodKind[], services: readonly string[]) =>
    services.length === 0
      ? `No, there is no session ${waysOf(kinds)}.`
      : `Yes, you can book ${list(services, "or")} ${waysOf(kinds)}.`,
  /** How the two sides of a session meet. */
  wayOf: (
    { startsAtMs, frozen, joinUrl, status }: Booking,
    {
      side,
      reader,
      contact,
    }: { readonly side: "client" | "practitioner"; readonly reader: Reader; readonly contact: string },
  ) => {
    const way = `${frozen.publicName} on ${moment(startsAtMs, reader)} is ${kindWays[frozen.method.kind]}.`;
    const isSettled = status === "confirmed" || status === "completed";
    switch (frozen.method.kind) {
      case "in_person": {
        const place = frozen.location;
        return place === undefined
          ? `${way} It is at the practice.`
          : `${way} The address is ${place.name}, ${place.address}.`;
      }
      case "video":
        if (isSettled && joinUrl !== undefined) return `${way} Open the session and press Join.`;
        return `${way} The link comes with the confirmation.`;
      case "phone":
        if (side === "practitioner")
          return `${way} ${frozen.method.caller === "practitioner" ? "You call the client." : "The client calls you."}`;
        return frozen.method.caller === "practitioner"
          ? `${way} Your practitioner calls you.`
          : `${way} You call the practice: ${contact}.`;
      case "chat":
        return `${way} It takes place here in this chat.`;
      default:
        return frozen.method satisfies never;
    }
  },
  addresses: (places: readonly Location[]) => {
    const [only, ...others] = places.map(({ name, address }) => `${name}, ${address}`);
    return others.length === 0
      ? `The address is ${only ?? ""}.`
      : linesOf(["The addresses are:", ...places.map(({ name, address }) => `– ${name}, ${address}`)]);
  },
  noPlace: "Sessions are held by video, phone or chat.",
  sessionWith: (other: string) => `It is with ${other}.`,
  givenBy: (service: string, names: readonly string[]) => `${service} is with ${list(names, "or")}.`,
  nextSession: ({ startsAtMs, frozen }: Booking, other: string, reader: Reader) =>
    `Your next session is ${frozen.publicName} with ${other} on ${moment(startsAtMs, reader)}.`,
  servicesAre: (practice: string, lines: readonly string[]) => linesOf([`At ${practice} you can book:`, ...lines]),
  serviceLine: (
    service: string,
    lengths: readonly string[],
    { price, isFrom, locale }: { readonly price: Money | undefined; readonly isFrom: boolean; readonly locale: string },
  ) => {
    const cost =
      price === undefined ? "" : `, ${isFrom ? "from " : ""}${price.minor === 0 ? freeOfCharge : money(price, locale)}`;
    return `– ${service}, ${list(lengths, "or")}${cost}`;
  },
  offered: (service: string) => `Yes, you can book ${service} here.`,
  notOffered: ({ publicName, eligibility, visibility }: Pick<Service, "publicName" | "eligibility" | "visibility">) => {
    if (visibility === "listed" && eligibility === "new") return `${publicName} is for new clients.`;
    if (visibility === "listed" && eligibility === "existing")
      return `${publicName} is for clients who have been here before.`;
    return `${publicName} cannot be booked at the moment.`;
  },
  nothingOffered: (practice: string) => `${practice} has no session you can book here yet.`,
  practitionerLine: (name: string, services: readonly string[]) =>
    services.length === 0 ? name : `${name}: ${list(services)}`,

  coveredBy: (packages: readonly string[]) => `Yes, it is taken from ${list(packages, "or")}.`,
  serviceCovered: (service: string, packages: readonly string[]) => `Yes, ${list(packages, "or")} covers ${service}.`,
  coveredNoMore: (service: string, name: string, why: string) =>
    `${name} covers ${service}, but cannot be used: ${why}.`,
  noneLeft: "none left for it",
  notCovered: (service: string) => `No package of yours covers ${service}.`,
  usablePackages: (packages: readonly string[]) => `You can book from ${list(packages, "or")}.`,
  insurance: (contact: string) => `For questions about insurance, ask ${contact}.`,
  noPackageOf: (client: string) => `${client} has no package.`,
  packageItem: (service: string, sessions: number) => `${sessions} × ${service}`,
  packageLeft: (name: string, content: readonly string[], line: string) =>
    `${name}${content.length === 0 ? "" : ` (${content.join(", ")})`}: ${line}`,

  sessionLine: (
    booking: Booking,
    other: string,
    { reader, otherZone }: { readonly reader: Reader; readonly otherZone: string },
  ) => {
    const there = otherZoneTime(booking, reader, otherZone);
    const when = `${shortSessionTime(booking, reader)}${there === undefined ? "" : ` · ${there}`}`;
    return `${booking.frozen.publicName} with ${other}: ${when}${doubt(booking)}.`;
  },
  moreSessions: (count: number) => (count === 1 ? "You have 1 more after that." : `You have ${count} more after that.`),
  noSession: "You have no upcoming session.",
  noSuchSession: "You have no upcoming session like that.",
  noSessionThen: "You have no session then.",
  zone: ({ zone }: Reader) => `Times here are in ${zoneTimeName(zone)}.`,
  venueZone: (zone: string) => `This session is in person, so its time is ${zoneTimeName(zone)}.`,
  cancelUntil: (
    service: string,
    { untilMs, isLate }: { readonly untilMs: number; readonly isLate: boolean },
    reader: Reader,
  ) =>
    isLate
      ? `Free cancellation of ${service} ended ${moment(untilMs, reader)}.`
      : `You can cancel ${service} free of charge until ${moment(untilMs, reader)}.`,
  cancelAnyTime: (service: string) => `You can cancel ${service} free of charge until it starts.`,
  withdrawAnyTime: (service: string) =>
    `${service} is not confirmed yet. You can withdraw the request at any time, free of charge.`,
  cancelRule: (minutes: number, isClient: boolean) =>
    `${isClient ? "You" : "Clients"} can cancel free of charge ${minutes === 0 ? "until a session starts" : `up to ${spanName(minutes)} before a session`}.`,
  afterThat,
  costsAfter: (cost: LateCost, locale: string) => {
    switch (cost.kind) {
      case "fee":
        return `After that, a fee of ${money(cost.amount, locale)} applies.`;
      case "credit":
        return "After that, the session from your package is lost.";
      case "price":
        return "After that, the price is not refunded.";
      case "nothing":
        return "After that, it costs nothing either.";
      default:
        return cost satisfies never;
    }
  },

  oweNothing: "You have nothing to pay now.",
  restAtPractice: "Your next session is paid at the practice.",
  oweThese: (lines: readonly string[], more: number) => linesOf(["Not paid yet:", ...lines], more),
  oweLine: ({ startsAtMs, frozen }: Booking, amount: Money, reader: Reader) =>
    `– ${frozen.publicName}, ${moment(startsAtMs, reader)}: ${money(amount, reader.locale)}`,
  unpaidLine: (client: string, { startsAtMs, frozen }: Booking, amount: Money, reader: Reader) =>
    `– ${client}, ${frozen.publicName}, ${moment(startsAtMs, reader)}: ${money(amount, reader.locale)}`,
  payRule: (amount: Money | undefined, rule: PaymentRule, locale: string) =>
    amount === undefined ? "There is nothing to pay for it here." : payRules[rule](money(amount, locale)),
  feeOpen: (amount: Money, locale: string) => `A fee of ${money(amount, locale)} is open for it.`,
  isPaid: (amount: Money | undefined, locale: string) =>
    amount === undefined ? "It is paid." : `It is paid: ${money(amount, locale)}.`,
  isAuthorised: (amount: Money | undefined, locale: string) =>
    `Your card is charged ${amount === undefined ? "" : `${money(amount, locale)} `}when the session is confirmed.`,
  payByPackage: "It is taken from your package, so there is nothing to pay.",
  payByCard: (atRequest: boolean) =>
    atRequest
      ? "You pay by card on a secure page when you book. Your card is charged when the session is confirmed."
      : "You get a link to pay by card when the session is confirmed.",
  someAtPractice: "Some sessions are paid at the practice.",
  payAtPractice: (contact: string) => `You pay at the practice. If you have questions about paying, ask ${contact}.`,
  allPaid: (client: string | undefined) =>
    client === undefined ? "Nothing is unpaid here." : `${client} has nothing to pay here.`,

  hoursOf: (names: readonly string[], text: string) => `${list(names)}: ${text}`,
  noHours: "no weekly hours.",
  week: (own: ZonedText, there?: ZonedText) =>
    `${own.text} (${zoneTimeName(own.zone)}).${there === undefined ? "" : ` In ${zoneName(there.zone)}: ${there.text}.`}`,
  openThen: (windows: readonly { readonly startsAtMs: number; readonly endsAtMs: number }[], reader: Reader) => {
    const days = byDay(windows, reader).map(
      ([day, all]) => `${day}, ${list(all.map((one) => clockLabels(one.startsAtMs, one.endsAtMs, reader)))}`,
    );
    return `${days.join("; ")} (${zoneTimeName(reader.zone)}).`;
  },
  closedThen: (span: Span, message: string | undefined, reader: Reader) =>
    `not in ${onSpan(span, reader)}.${message === undefined ? "" : ` ${message}`}`,
  freeFor: (
    service: string,
    days: readonly { readonly times: readonly number[]; readonly more: number }[],
    reader: Reader,
  ) =>
    linesOf([
      `Free for ${service} (${zoneTimeName(reader.zone)}):`,
      ...days.map(({ times, more }) => {
        const labels = times.map((ms) => slotLabel(ms, reader)).join(", ");
        return `– ${shortDay(times[0] ?? 0, reader)}: ${labels}${more === 0 ? "" : ` and ${more} more`}`;
      }),
    ]),
  nothingFree: "Nothing is free right now.",
  nothingFreeFor: (service: string) => `Nothing is free for ${service} right now.`,
  nothingFreeThen: (service: string, nextMs: number, reader: Reader, cause?: Cause) =>
    [
      `Nothing is free for ${service} then.`,
      ...(cause === undefined ? [] : [causeWords(cause, { reader, side: "client" })]),
      `The nearest free time is ${moment(nextMs, reader)}.`,
    ].join(" "),
  reach: (practice: string, contact: string) =>
    `You can write to your practitioner here, or reach ${practice} at ${contact}.`,
  machine: (practice: string) => `I am the booking assistant of ${practice}: a program, not a person.`,
  personReads: "Your practitioner reads what you send with “Message my practitioner”.",
  kept: "We keep your name, email address, chat account, sessions, packages, payments and form answers. Messages to your practitioner are deleted after 30 days.",
  keptContact: (practice: string, contact: string) =>
    `To see, correct or delete your data, ask ${practice}: ${contact}.`,
} as const;

function valueText(value: string, ways: readonly string[]): string {
  return ways.length === 0 ? value : `${value} (${list(ways, "or")})`;
}

function waysOf(kinds: readonly MethodKind[]): string {
  return list(
    kinds.map((kind) => kindWays[kind]),
    "or",
  );
}

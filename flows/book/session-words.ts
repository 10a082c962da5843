import type { Fact } from "../../src/cards/card.ts";
import type { PackageUse } from "../../src/desk/packages/packages.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { cutOffMs } from "../../src/domain/policy.ts";
import { bookWords } from "../../src/words/book.ts";
import { moment, otherZoneTime, sessionTime, zoneTime } from "../../src/words/instants.ts";
import { methodDetail, methodFor } from "../../src/words/methods.ts";
import { money } from "../../src/words/money.ts";
import { bookedUse, packageWords, useName } from "../../src/words/packages.ts";
import type { BookingFacts } from "./facts.ts";

/**
 * When, in the reader's zone. Adds the other side's zone if it differs (D7.6), and the zone in which the time was said.
 */
function whenWords({ booking, reader, otherZone, saidZone }: BookingFacts): string {
  const other = otherZoneTime(booking, reader, otherZone);
  const isNew = saidZone !== undefined && saidZone !== reader.zone && saidZone !== otherZone;
  return [
    sessionTime(booking, reader),
    ...(other === undefined ? [] : [other]),
    ...(isNew ? [zoneTime(booking, reader, saidZone)] : []),
  ].join(" · ");
}

/** The session in facts: what, with whom, when, how. */
export function sessionFacts(facts: BookingFacts): Fact[] {
  const { frozen } = facts.booking;
  return [
    { label: bookWords.service, value: frozen.publicName },
    { label: bookWords.practitioner, value: facts.practitioner },
    { label: bookWords.when, value: whenWords(facts) },
    { label: bookWords.how, value: methodFor("client", frozen.method, frozen.location) },
    ...(frozen.location === undefined
      ? []
      : [{ label: bookWords.where, value: methodDetail(frozen.method, frozen.location) }]),
    ...(facts.fromPackage !== undefined
      ? [{ label: packageWords.package, value: packageValue(facts.booking, facts.fromPackage) }]
      : frozen.price === undefined
        ? []
        : [{ label: bookWords.price, value: money(frozen.price, facts.locale) }]),
  ];
}

/** A draft takes the next credit. A booked session has its own, or has returned it. */
function packageValue({ status }: Booking, use: PackageUse): string {
  return status === "held" ? useName(use) : bookedUse(use);
}

/** The cut-off for free cancellation, shown as a moment in the client's zone (D4.6). */
export function cutOffWords({ booking, ownReader, nowMs }: BookingFacts): string {
  const untilMs = cutOffMs({ startsAtMs: booking.startsAtMs, policy: booking.frozen.cancellation });
  return untilMs < nowMs ? bookWords.cancelNotFree : bookWords.cancelUntil(moment(untilMs, ownReader));
}

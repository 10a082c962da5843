import { DateTime } from "luxon";
import type { Busy, Offering, SlotQuestion } from "../../src/domain/availability.ts";
import { type HoursRule, type Schedule, weekdays } from "../../src/domain/practice.ts";

/** Optional parts of a question. Instants are ISO texts; without an offset they are in the schedule's zone. */
interface Saying {
  readonly now?: string;
  readonly from?: string;
  readonly to?: string;
  readonly zone?: string;
  readonly schedule?: Partial<Omit<Schedule, "timezone">>;
  readonly offering?: Partial<Offering>;
  readonly weekStartsOn?: SlotQuestion["weekStartsOn"];
  readonly busy?: readonly Busy[];
  readonly counted?: readonly string[];
}

/**
 * A valid question: Lisbon, every day 09:00–12:00, 60 minutes by video every 30 minutes, no notice, no buffers, horizon
 * 60 days, asked on Sunday 1 March 2026 at noon for Monday 2 March.
 */
export function slotQuestion(saying: Saying = {}): SlotQuestion {
  const zone = saying.zone ?? "Europe/Lisbon";
  return {
    nowMs: at(saying.now ?? "2026-03-01T12:00", zone),
    fromMs: at(saying.from ?? "2026-03-02T00:00", zone),
    toMs: at(saying.to ?? "2026-03-03T00:00", zone),
    weekStartsOn: saying.weekStartsOn ?? "mon",
    schedule: {
      timezone: zone,
      hours: [hours("09:00", "12:00")],
      overrides: [],
      outOfOffice: [],
      limits: {},
      ...saying.schedule,
    },
    offering: {
      serviceId: "first-visit",
      methodKind: "video",
      durationMinutes: 60,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 0,
      incrementMinutes: 30,
      minimumNoticeMinutes: 0,
      horizonDays: 60,
      ...saying.offering,
    },
    busy: saying.busy ?? [],
    countedStartsAtMs: (saying.counted ?? []).map((text) => at(text, zone)),
  };
}

/** Weekly hours, by default on every day. */
export function hours(from: string, to: string, rule: Partial<HoursRule> = {}): HoursRule {
  return { days: weekdays, everyWeeks: 1, from, to, ...rule };
}

/** A busy interval between two ISO texts in a zone, by default without buffers. */
export function busy(from: string, to: string, more: Partial<Busy> = {}, zone = "Europe/Lisbon"): Busy {
  return { startsAtMs: at(from, zone), endsAtMs: at(to, zone), bufferBeforeMinutes: 0, bufferAfterMinutes: 0, ...more };
}

/** The instant of an ISO text, in `zone` if it has no offset. */
export function at(text: string, zone = "Europe/Lisbon"): number {
  return DateTime.fromISO(text, { zone }).toMillis();
}

/** Starts as local times, for example "09:30" or, across days, "Mon 09:30"; see luxon's tokens. */
export function shown(startsAtMs: readonly number[], zone = "Europe/Lisbon", format = "HH:mm"): string[] {
  return startsAtMs.map((startMs) => DateTime.fromMillis(startMs, { zone }).toFormat(format));
}

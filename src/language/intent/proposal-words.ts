import { dayOfDate } from "../../domain/local-date.ts";
import { localDateOf, localDayOf, resolveTimeOfDay } from "../../domain/zone.ts";
import { normalise } from "../normalise.ts";
import type { ReadingContext } from "../when/moment.ts";
import { type ClockWindow, fitSlots, type Want, type WantedDays } from "../when/want.ts";
import { parseWhen } from "../when/when.ts";

/** The times that a practitioner's words propose. Instants are in epoch ms. */
export interface ProposedSaid {
  /** Free ones, in order. */
  readonly free: readonly number[];
  /** Times named to the minute that are not free. */
  readonly elsewhere: readonly number[];
}

/**
 * The free starts that fit "Thursday 10 or 2" or "tomorrow after 3". Where the words have several readings, those of
 * all readings, up to `most`. A clock time without a day is on the day of the request. Undefined: the words name no
 * time.
 */
export function readProposed(
  text: string,
  starts: readonly number[],
  context: ReadingContext & { readonly askedMs: number },
  most = 3,
): ProposedSaid | undefined {
  const when = parseWhen(text, context);
  if (when === undefined) return undefined;
  const askedOn = localDateOf(context.zone, context.askedMs);
  const wants = (when.ambiguous?.readings ?? [when.want]).map((want) => withDay(want, askedOn));
  const named = wants.flatMap((want) => namedIn(want, context.zone)).filter((ms) => ms > context.nowMs);
  const fitting = wants.flatMap((want) => fitSlots(want, starts, context));
  const free = [...new Set(fitting)].slice(0, most).sort((a, b) => a - b);
  const others = [...new Set(named)].filter((ms) => !starts.includes(ms));
  // Where one of several readings is free, it is the one that was meant.
  const elsewhere = when.ambiguous !== undefined && free.length > 0 ? [] : others.slice(0, most - free.length);
  return { free, elsewhere };
}

function withDay(want: Want, date: string): Want {
  const isOpen = want.days === undefined && want.weekdays === undefined && want.exact?.date === undefined;
  return isOpen && want.exact !== undefined ? { ...want, exact: { ...want.exact, date } } : want;
}

/** The instants that a want names to the minute. */
function namedIn(want: Want, ownZone: string): readonly number[] {
  const zone = want.zone ?? ownZone;
  const at = (date: string, minutes: number) => resolveTimeOfDay(zone, dayOfDate(date), minutes, "start");
  if (want.exact?.date !== undefined) return [at(want.exact.date, want.exact.minutes)];
  return (want.days ?? []).flatMap((days) =>
    isOneDay(days) ? minutesIn(days.windows ?? want.windows).map((minutes) => at(days.from, minutes)) : [],
  );
}

function isOneDay({ from, to }: WantedDays): boolean {
  return dayOfDate(to) - dayOfDate(from) === 1;
}

function minutesIn(windows: readonly ClockWindow[] | undefined): readonly number[] {
  return (windows ?? []).flatMap((one) => (one.fromMinutes === one.toMinutes ? [one.fromMinutes] : []));
}

/** The times a client asks for instead of those proposed to them. */
export type Suiting =
  /** Relative to the times that were rejected. */
  | { readonly kind: "earlier" | "later" | "other-days" }
  | { readonly kind: "times"; readonly readings: readonly Want[] };

/** "Mornings only", "not Mondays", "earlier", "another day". Undefined: the words say nothing about time. */
export function readSuiting(text: string, context: ReadingContext): Suiting | undefined {
  const said = normalise(text);
  if (/^(?:(?:something|anything|a bit|rather|much)? ?(?:earlier|sooner))\b(?! (?:than|on))/.test(said))
    return { kind: "earlier" };
  if (/^(?:(?:something|anything|a bit|rather|much)? ?later)\b(?! (?:than|on))/.test(said)) return { kind: "later" };
  if (/^(?:an?)? ?(?:other|another|different) (?:days?|dates?)\b/.test(said)) return { kind: "other-days" };
  const when = parseWhen(text, context);
  return when && { kind: "times", readings: when.ambiguous?.readings ?? [when.want] };
}

/** The free starts that fit, in order. Those rejected before are left out. */
export function suitingStarts(
  suiting: Suiting,
  starts: readonly number[],
  at: { readonly zone: string; readonly nowMs: number; readonly turnedDownMs: readonly number[] },
): readonly number[] {
  const fresh = starts.filter((ms) => !at.turnedDownMs.includes(ms));
  switch (suiting.kind) {
    case "earlier":
      return fresh.filter((ms) => ms < Math.min(...at.turnedDownMs));
    case "later":
      return fresh.filter((ms) => ms > Math.max(...at.turnedDownMs));
    case "other-days": {
      const days = new Set(at.turnedDownMs.map((ms) => localDayOf(at.zone, ms)));
      return fresh.filter((ms) => !days.has(localDayOf(at.zone, ms)));
    }
    case "times": {
      const fits = suiting.readings.flatMap((want) => fitSlots(want, fresh, at));
      return [...new Set(fits)].sort((a, b) => a - b);
    }
    default:
      return suiting satisfies never;
  }
}

import type { Offering } from "./availability.ts";
import type { Schedule, Window } from "./practice.ts";
import { type GridOf, startRuns } from "./start-runs.ts";
import { minuteMs } from "./units.ts";
import { type OpenWindow, type WorkingHoursOf, workingDays } from "./working-hours.ts";
import { localDayOf, startOfDayMs } from "./zone.ts";

/** Why the hours do not allow a start. Instants are epoch ms. */
export type HoursCause =
  /** No hours on that date, for whatever session: a day without weekly hours, or closed by an override. */
  | { readonly because: "closed-day" }
  /** The hours are open to other methods, locations or services only: on the whole date, or at this time. */
  | { readonly because: OpenToOthers; readonly allDay: boolean }
  /** There are hours, but none long enough. */
  | { readonly because: "too-long" }
  /** `firstMs`: the first start of that date; absent where several dates are meant. */
  | { readonly because: "before-hours"; readonly firstMs?: number }
  /** `runsOver`: it begins in time, and would end after closing. */
  | { readonly because: "after-hours"; readonly lastMs?: number; readonly runsOver: boolean }
  /** Between two windows. `runsInto`: it begins in one, and would end after it. */
  | { readonly because: "in-break"; readonly beforeMs?: number; readonly afterMs?: number; readonly runsInto: boolean }
  /** Within a window, but sessions do not start then (D3.4). */
  | { readonly because: "between-starts"; readonly beforeMs?: number; readonly afterMs?: number };

type OpenToOthers = "not-by-method" | "not-at-location" | "not-this-service";

/** Which of a window's restrictions is lifted to see whether it is the cause, in this order. */
const restrictions = [
  ["not-by-method", ["methods"]],
  ["not-at-location", ["locations"]],
  ["not-this-service", ["services"]],
  // More than one of them: the service's own hours are what has to be known.
  ["not-this-service", ["methods", "locations", "services"]],
] as const satisfies readonly (readonly [OpenToOthers, readonly (keyof Window)[]])[];

/** Why no working window has this start, epoch ms; undefined: one has (D3.1, D3.4). */
export function hoursCause(grid: GridOf, startsAtMs: number): HoursCause | undefined {
  if (hasStart(grid, startsAtMs)) return undefined;
  const windows = windowsAt(grid, startsAtMs);
  const lifted = restrictions.find(([, names]) => {
    const wider = { ...grid, schedule: without(grid.schedule, names) };
    return windows.length === 0 ? windowsAt(wider, startsAtMs).length > 0 : hasStart(wider, startsAtMs);
  });
  if (lifted !== undefined) return { because: restricted(lifted[0], grid.offering), allDay: windows.length === 0 };
  if (windows.length === 0) return { because: "closed-day" };
  return amongWindows(grid, windows, startsAtMs);
}

/** Hours at a place are open to sessions in person only: to others their method is the cause. */
function restricted(because: OpenToOthers, { locationId }: Pick<Offering, "locationId">): OpenToOthers {
  return because === "not-at-location" && locationId === undefined ? "not-by-method" : because;
}

function amongWindows(grid: GridOf, windows: readonly OpenWindow[], startsAtMs: number): HoursCause {
  const zone = grid.schedule.timezone;
  const day = localDayOf(zone, startsAtMs);
  const runs = [...startRuns(grid, { fromMs: startOfDayMs(zone, day), toMs: startOfDayMs(zone, day + 1) })];
  const stepMs = grid.offering.incrementMinutes * minuteMs;
  const before = runs
    .filter(({ firstMs }) => firstMs < startsAtMs)
    .map(({ firstMs, lastMs }) => firstMs + Math.floor((Math.min(lastMs, startsAtMs) - firstMs) / stepMs) * stepMs);
  const after = runs
    .filter(({ lastMs }) => lastMs > startsAtMs)
    .map(({ firstMs, lastMs }) => {
      const nextMs = firstMs + Math.ceil(Math.max(0, startsAtMs - firstMs) / stepMs) * stepMs;
      return nextMs <= lastMs ? nextMs : undefined;
    });
  const beforeMs = before.at(-1);
  const afterMs = after.find((ms) => ms !== undefined);
  if (beforeMs === undefined && afterMs === undefined) return { because: "too-long" };
  const window = windows.find((one) => one.startsAtMs <= startsAtMs && startsAtMs < one.endsAtMs);
  const fits = window !== undefined && endOf(startsAtMs, grid.offering) <= window.endsAtMs;
  if (fits || beforeMs === undefined || afterMs === undefined) {
    if (!fits && afterMs !== undefined) return { because: "before-hours", firstMs: afterMs };
    if (!fits && beforeMs !== undefined)
      return { because: "after-hours", lastMs: beforeMs, runsOver: window !== undefined };
    return {
      because: "between-starts",
      ...(beforeMs === undefined ? {} : { beforeMs }),
      ...(afterMs === undefined ? {} : { afterMs }),
    };
  }
  return { because: "in-break", beforeMs, afterMs, runsInto: window !== undefined };
}

function endOf(startsAtMs: number, { durationMinutes }: Pick<Offering, "durationMinutes">): number {
  return startsAtMs + durationMinutes * minuteMs;
}

function hasStart(grid: GridOf, startsAtMs: number): boolean {
  return startRuns(grid, { fromMs: startsAtMs, toMs: startsAtMs + 1 }).next().done !== true;
}

/** The windows of the local date that contains an instant. */
function windowsAt(hours: WorkingHoursOf, atMs: number): readonly OpenWindow[] {
  const [day] = workingDays(hours, atMs, atMs + 1);
  return day?.windows ?? [];
}

/** A schedule whose windows no longer have some of their restrictions. */
function without({ hours, overrides, ...rest }: Schedule, names: readonly (keyof Window)[]): Schedule {
  const freed = <Of extends Window>(window: Of): Of => {
    const kept = Object.entries(window).filter(([name]) => !names.some((one) => one === name));
    return Object.fromEntries(kept) as Of; // only optional fields are left out
  };
  return {
    ...rest,
    hours: hours.map(freed),
    overrides: overrides.map(({ date, hours: windows }) => ({ date, hours: windows.map(freed) })),
  };
}

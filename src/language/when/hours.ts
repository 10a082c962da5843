import { likelyClock } from "./bounds.ts";
import type { Moment } from "./moment.ts";
import { settled } from "./parts-of-day.ts";
import type { Reading, TimeFact } from "./said.ts";
import type { ClockFact, PairFact, WindowFact } from "./sentence.ts";
import type { ClockWindow } from "./want.ts";

/** The context for reading hours. */
export interface ReadAs {
  readonly moment: Moment;
  /** Whether the hours are today's, so that past hours are not meant. */
  readonly today: boolean;
  readonly reading: Reading;
}

/** A part of the day, said once, decides the half of the day of every bare hour. It is then no window of its own. */
export function settleHalves(times: readonly TimeFact[], pairs: readonly PairFact[]): readonly TimeFact[] {
  const part =
    times.find((time): time is WindowFact => time.kind === "window" && time.half !== undefined) ?? partOf(pairs);
  const clocks = times.some((time) => time.kind === "clock" || (time.half === undefined && time.open === undefined));
  if (part === undefined) return times;
  return times
    .filter((time) => !clocks || time.kind === "clock" || time.half === undefined)
    .map((time) => (time.kind === "clock" ? settled(time, part) : inHalf(time, part)));
}

/** "Evening, before 8": the open end is in the evening as well. */
function inHalf(window: WindowFact, part: WindowFact): WindowFact {
  if (window.unsure !== true || window.open === undefined) return window;
  const bound = ((window.open === "after" ? window.from : window.to) % 720) + (part.half === "pm" ? 720 : 0);
  return window.open === "after" ? { ...window, from: bound } : { ...window, to: bound };
}

function partOf(pairs: readonly PairFact[]): WindowFact | undefined {
  return pairs
    .flatMap(({ times }) => times)
    .find((time): time is WindowFact => time.kind === "window" && time.half !== undefined);
}

/** Hours as windows of minutes, a clock time as a window of no length. */
export function windowsOf(times: readonly TimeFact[], as: ReadAs): readonly ClockWindow[] {
  const windows = times.map((time): ClockWindow & { open?: string } => {
    if (time.kind === "window") {
      const { from, to } = as.reading.otherHalf && time.other ? time.other : time;
      return { fromMinutes: from, toMinutes: to, ...(time.open && { open: time.open }) };
    }
    const minutes = clockMinutes(time, as);
    return { fromMinutes: minutes, toMinutes: minutes };
  });
  return narrowed(windows);
}

/** "after 2 but before 5" is one window. */
function narrowed(windows: readonly (ClockWindow & { open?: string })[]): readonly ClockWindow[] {
  const after = windows.find(({ open }) => open === "after");
  const before = windows.find(({ open }) => open === "before");
  const plain = (list: readonly ClockWindow[]) =>
    list.map(({ fromMinutes, toMinutes }) => ({ fromMinutes, toMinutes }));
  if (after && before && after.fromMinutes < before.toMinutes)
    return [{ fromMinutes: after.fromMinutes, toMinutes: before.toMinutes }];
  const open = after ?? before;
  const part = windows.find((window) => window !== open && window.fromMinutes < window.toMinutes);
  if (open && part && windows.length === 2) {
    const [fromMinutes, toMinutes] = [
      Math.max(open.fromMinutes, part.fromMinutes),
      Math.min(open.toMinutes, part.toMinutes),
    ];
    if (fromMinutes < toMinutes) return [{ fromMinutes, toMinutes }];
  }
  // "First thing on Monday morning": the narrower of the two windows is kept.
  const holds = (outer: ClockWindow, inner: ClockWindow) =>
    outer !== inner &&
    inner.fromMinutes < inner.toMinutes &&
    outer.fromMinutes <= inner.fromMinutes &&
    inner.toMinutes <= outer.toMinutes;
  const distinct = windows.filter(
    ({ fromMinutes, toMinutes }, at) =>
      !windows.slice(0, at).some((other) => other.fromMinutes === fromMinutes && other.toMinutes === toMinutes),
  );
  return plain(distinct.filter((outer) => !distinct.some((inner) => holds(outer, inner))));
}

function clockMinutes(clock: ClockFact, { moment, today, reading }: ReadAs): number {
  const likely = likelyClock(clock, moment);
  if (likely.sure) return likely.minutes;
  const flipped = (likely.minutes + 720) % 1440;
  if (reading.otherHalf) return flipped;
  return today && likely.minutes <= moment.nowMinutes && flipped > moment.nowMinutes ? flipped : likely.minutes;
}

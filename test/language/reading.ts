import type { ClockWindow, Want, WantedDays } from "../../src/language/when/want.ts";
import { parseWhen, type When } from "../../src/language/when/when.ts";

/** Wednesday 4 March 2026, ten in the morning in New York; clocks go forward there on Sunday the 8th. */
export const now = { nowMs: Date.parse("2026-03-04T15:00:00Z"), zone: "America/New_York", locale: "en-US" };

type Around = Partial<Parameters<typeof parseWhen>[1]>;

/** A text's reading in a line a person can check: `2026-03-10 12:00-17:00`, `not(2026-03-06)`, `? am-pm: …`. */
export function reading(text: string, around: Around = {}): string {
  return inWords(parseWhen(text, { ...now, ...around }));
}

/** A reading in the same short form; "nothing" for none. */
export function inWords(when: When | undefined): string {
  if (when === undefined) return "nothing";
  const [, ...others] = when.ambiguous?.readings ?? [];
  const doubt = when.ambiguous === undefined ? "" : ` ? ${when.ambiguous.kind}: ${others.map(wantInWords).join(" | ")}`;
  return `${wantInWords(when.want)}${doubt}`;
}

/** A want in short form. */
function wantInWords(want: Want): string {
  const parts = [
    want.days?.map(daysInWords).join(" | "),
    want.weekdays?.join(","),
    want.exact && clock(want.exact.minutes),
    want.windows && windowsInWords(want.windows),
    want.open,
    want.otherwise && `else ${want.otherwise.map(daysInWords).join(" | ")}`,
    ...(want.not ?? []).map(
      ({ days, weekdays, windows }) =>
        `not(${[days?.map(daysInWords).join(" | "), weekdays?.join(","), windows && windowsInWords(windows)].filter(Boolean).join(" ")})`,
    ),
    want.minutes && `${want.minutes}min`,
    want.order === "any" ? undefined : want.order,
    want.zone,
  ];
  return parts.filter(Boolean).join(" ");
}

function daysInWords({ from, to, windows }: WantedDays): string {
  const last = new Date(Date.parse(`${to}T00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  const days = last === from ? from : `${from}..${last}`;
  return windows === undefined ? days : `${days} ${windowsInWords(windows)}`;
}

function windowsInWords(windows: readonly ClockWindow[]): string {
  return windows
    .map(({ fromMinutes, toMinutes }) =>
      fromMinutes === toMinutes ? clock(fromMinutes) : `${clock(fromMinutes)}-${clock(toMinutes)}`,
    )
    .join(",");
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

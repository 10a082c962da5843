/** A measured value with its goal. */
export interface Figure {
  readonly section: Section;
  readonly what: string;
  readonly value: number;
  /** `ms`, `MiB`, `/s`, or `×` for a ratio of two values measured in the same run. */
  readonly unit: string;
  /** Absent: shown for comparison, without a goal. */
  readonly goal?: { readonly atMost: number } | { readonly atLeast: number };
}

export const sections = ["slots", "words", "turns", "commits", "outbox", "start"] as const;
export type Section = (typeof sections)[number];

/** Whether a value meets its goal, as text: `met`, `short by 12 %`, or empty without a goal. */
export function verdict({ value, goal }: Figure): string {
  if (goal === undefined) return "";
  if ("atMost" in goal) {
    if (value <= goal.atMost) return "met";
    return goal.atMost === 0 ? `short by ${plain(value)}` : shortBy(value / goal.atMost - 1);
  }
  return value >= goal.atLeast ? "met" : shortBy(1 - value / goal.atLeast);
}

/** The values as a plain-text table, a line each. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.section,
    figure.what,
    `${plain(figure.value)} ${figure.unit}`,
    goalOf(figure),
    verdict(figure),
  ]);
  const head = ["section", "what", "measured", "goal", ""];
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => (at === 2 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join("  ")
      .trimEnd();
  return `${[head, widths.map((width) => "-".repeat(width)), ...rows].map(line).join("\n")}\n`;
}

/** The median of numbers in any order; 0.99 returns their 99th percentile. */
export function quantile(numbers: readonly number[], share = 0.5): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function goalOf({ goal, unit }: Figure): string {
  if (goal === undefined) return "";
  return "atMost" in goal ? `≤ ${plain(goal.atMost)} ${unit}` : `≥ ${plain(goal.atLeast)} ${unit}`;
}

function shortBy(share: number): string {
  return share < 10 ? `short by ${Math.ceil(share * 100)} %` : `short by ${plain(share + 1)} ×`;
}

/** Rounds to three significant digits. */
function plain(value: number): string {
  if (Math.abs(value) >= 100 || Number.isInteger(value)) return Math.round(value).toLocaleString("en-GB");
  return value.toPrecision(3);
}

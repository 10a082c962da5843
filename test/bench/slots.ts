import { listSlots, type SlotQuestion } from "../../src/domain/availability.ts";
import { naiveSlots } from "../support/naive-slots.ts";
import { type Figure, quantile } from "./figures.ts";
import { carefulLuxonSlots, rruleStarts, slotCalculatorSlots } from "./peer-slots.ts";
import { plainSlots } from "./plain-slots.ts";
import { bookingsAnywhere, bookingsInTurn, nowMs, workload } from "./slot-workload.ts";
import { readWithBooks } from "./slots-in-books.ts";

const section = "slots";
const dayMs = 86_400_000;

/** The desk's slots compared with a plain floor, luxon and npm packages; then with the read from a database. */
export async function measureSlots(): Promise<readonly Figure[]> {
  const cases = [
    { days: 1, count: 1_000 },
    { days: 14, count: 1_000 },
    { days: 60, count: 1_000 },
    { days: 60, count: 10_000 },
  ];
  const figures = cases.flatMap(({ days, count }) =>
    compared(`${days} days, ${count.toLocaleString("en-GB")}`, workload(days, bookingsAnywhere(count, 60))),
  );
  const few = bookingsInTurn(100, nowMs, 60);
  const many = bookingsInTurn(10_000, nowMs - 547 * dayMs, 1_095);
  return [...figures, ...memory(), ...inBooks("14 days", await readWithBooks(14, few), await readWithBooks(14, many))];
}

function compared(name: string, question: SlotQuestion): Figure[] {
  const expected = JSON.stringify(listSlots(question));
  for (const [who, answer] of [
    ["plain", plainSlots],
    ["careful luxon", carefulLuxonSlots],
  ] as const) {
    if (JSON.stringify(answer(question)) !== expected) throw new Error(`${who} disagrees on ${name}: not one workload`);
  }
  const ours = medianMs(() => listSlots(question));
  const plain = medianMs(() => plainSlots(question));
  const careful = medianMs(() => carefulLuxonSlots(question));
  const naive = medianMs(() => naiveSlots(question), 3);
  const calculator = medianMs(() => slotCalculatorSlots(question), 5);
  const rrule = medianMs(() => rruleStarts(question));
  const figure = (what: string, value: number, unit: string, goal?: Figure["goal"]): Figure => ({
    section,
    what: `${name}: ${what}`,
    value,
    unit,
    ...(goal && { goal }),
  });
  return [
    figure("ours", ours * 1000, "µs"),
    figure("ours ÷ plain floor", ours / plain, "×", { atMost: 3 }),
    figure("careful luxon ÷ ours", careful / ours, "×", { atLeast: 10 }),
    figure("naive luxon ÷ ours", naive / ours, "×"),
    figure("slot-calculator ÷ ours", calculator / ours, "×", { atLeast: 100 }),
    figure("rrule expansion alone ÷ ours", rrule / ours, "×"),
  ];
}

/** The memory a 14-day query allocates, from the heap's growth between two collections. */
function memory(): Figure[] {
  const question = workload(14, bookingsAnywhere(1_000, 60));
  const rounds = 20;
  const grown = Array.from({ length: 15 }, () => {
    const before = process.memoryUsage().heapUsed;
    for (let n = 0; n < rounds; n += 1) listSlots(question);
    return (process.memoryUsage().heapUsed - before) / rounds / 1024;
  }).filter((kib) => kib > 0); // a collection occurred in between
  return [
    {
      section,
      what: "14 days, 1,000: allocated per query",
      value: quantile(grown),
      unit: "KiB",
      goal: { atMost: 500 },
    },
  ];
}

function inBooks(name: string, fewMs: number, manyMs: number): Figure[] {
  const versus = "10,000 over three years ÷ 100";
  return [
    { section, what: `${name} with 100, read from SQLite`, value: fewMs * 1000, unit: "µs" },
    { section, what: `${name} with 10,000 in three years, read`, value: manyMs * 1000, unit: "µs" },
    {
      section,
      what: `${name}, read: ${versus}`,
      value: manyMs / fewMs,
      unit: "×",
      goal: { atMost: 2 },
    },
  ];
}

/** The median of many runs, ms; slow functions run less often. */
function medianMs(run: () => unknown, least = 31): number {
  for (let n = 0; n < Math.min(least, 20); n += 1) run();
  const times: number[] = [];
  const enoughAt = performance.now() + 300;
  while (times.length < least || (performance.now() < enoughAt && times.length < 5_000)) {
    const began = performance.now();
    run();
    times.push(performance.now() - began);
  }
  return quantile(times);
}

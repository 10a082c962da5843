import recognizers from "@microsoft/recognizers-text-suite";
import { casual } from "chrono-node";
import { read } from "../../src/language/reading.ts";
import { clientPhrases, clientQuestions, elsewherePhrases } from "../language/phrases/client.ts";
import { dayPhrases } from "../language/phrases/days.ts";
import { doubtPhrases } from "../language/phrases/doubts.ts";
import { hourPhrases } from "../language/phrases/hours.ts";
import { movePhrases } from "../language/phrases/moves.ts";
import { ownTimePhrases } from "../language/phrases/own-time.ts";
import { scopePhrases } from "../language/phrases/scope.ts";
import { wishPhrases } from "../language/phrases/wishes.ts";
import { now, reading } from "../language/reading.ts";
import { type Figure, quantile } from "./figures.ts";

const section = "words";

/** The first day and the first clock time of a reading; null: the text contains no time. */
type First = { readonly date?: string; readonly clock?: string } | null;

interface Row {
  readonly text: string;
  readonly expected: First;
}

/** The instant at which the tables are read, on the machine's own clock, because two of the peers support no other. */
const here = new Date(2026, 2, 4, 10, 0);

/**
 * The share of the project's own phrases read correctly, compared with chrono-node alone and Microsoft's recognizers,
 * and the speed. Only what all three return is compared: the first day and the first clock time, or none.
 */
export async function measureWords(): Promise<readonly Figure[]> {
  const rows = rowsOfTables();
  const texts = rows.map(({ text }) => text);
  const ours = scored(rows, (text) => firstOf(reading(text)));
  const oursDayFirst = scored(rows, (text) => firstOf(reading(text, { locale: "en-GB" })));
  const chrono = scored(rows, chronoFirst);
  const suite = scored(rows, suiteFirst);
  const rates = {
    ours: perSecond(texts, (text) => reading(text)),
    chrono: perSecond(texts, chronoFirst),
    suite: perSecond(texts, suiteFirst),
  };
  const messages = everyPhrase();
  const took = quantile(oneByOne(messages), 0.99);
  const figure = (what: string, value: number, unit: string, goal?: Figure["goal"]): Figure => ({
    section,
    what,
    value,
    unit,
    ...(goal && { goal }),
  });
  return [
    figure(`${rows.length} phrases: ours right`, ours.right, "%", { atLeast: 99 }),
    figure(`${rows.length} phrases: ours right in en-GB`, oursDayFirst.right, "%", { atLeast: 99 }),
    figure(`${rows.length} phrases: chrono-node alone right`, chrono.right, "%"),
    figure(`${rows.length} phrases: recognizers-text-suite right`, suite.right, "%"),
    figure("ours wrong", ours.wrong, "%", { atMost: 1 }),
    figure("chrono-node alone wrong", chrono.wrong, "%"),
    figure("recognizers-text-suite wrong", suite.wrong, "%"),
    figure("ours", rates.ours, "/s"),
    figure("chrono-node alone ÷ ours", rates.chrono / rates.ours, "×"),
    figure("ours ÷ recognizers-text-suite", rates.ours / rates.suite, "×", { atLeast: 10 }),
    figure(`${messages.length} messages read whole: p99`, took, "ms", { atMost: 5 }),
    figure("300 hostile characters, the slowest", hostile(), "ms", { atMost: 50 }),
  ];
}

function rowsOfTables(): readonly Row[] {
  return [...dayPhrases, ...hourPhrases, ...scopePhrases, ...wishPhrases, ...doubtPhrases]
    .flatMap(({ phrases }) => phrases)
    .filter(([, expected]) => expected === "nothing" || /^(?:\d{4}-|\d\d:)/.test(expected))
    .map(([text, expected]) => ({ text, expected: firstOf(expected) }));
}

function firstOf(short: string): First {
  if (short === "nothing") return null;
  const date = /^\d{4}-\d\d-\d\d/.exec(short)?.[0];
  const clock = /^(?:\d{4}-\d\d-\d\d(?:\.\.\d{4}-\d\d-\d\d)? )?(\d\d:\d\d)/.exec(short)?.[1];
  return { ...(date && { date }), ...(clock && { clock }) };
}

function scored(
  rows: readonly Row[],
  read: (text: string) => First,
): { readonly right: number; readonly wrong: number } {
  const results = rows.map(({ text, expected }) => {
    const got = read(text);
    if (got === null || expected === null) return got === expected ? "right" : got === null ? "missed" : "wrong";
    const isSame =
      (expected.date === undefined || got.date === expected.date) && (expected.clock ?? "") === (got.clock ?? "");
    return isSame ? "right" : "wrong";
  });
  const share = (kind: string) => (100 * results.filter((result) => result === kind).length) / results.length;
  return { right: share("right"), wrong: share("wrong") };
}

function chronoFirst(text: string): First {
  const [first] = casual.parse(text, here, { forwardDate: true });
  if (first === undefined) return null;
  const { start } = first;
  const two = (part: number | null) => String(part ?? 0).padStart(2, "0");
  const date = `${start.get("year")}-${two(start.get("month"))}-${two(start.get("day"))}`;
  const saysClock = start.isCertain("hour") || first.tags().has("result/relativeDateAndTime");
  return { date, ...(saysClock && { clock: `${two(start.get("hour"))}:${two(start.get("minute"))}` }) };
}

interface Resolution {
  readonly value?: string;
  readonly start?: string;
  readonly end?: string;
}

function suiteFirst(text: string): First {
  const [first] = recognizers.recognizeDateTime(
    text,
    recognizers.Culture.English,
    recognizers.DateTimeOptions.None,
    here,
  );
  const values = (first?.resolution?.values ?? []) as readonly Resolution[]; // as its documentation shows
  const ahead = values.find((value) => (value.start ?? value.value ?? "") >= "2026-03-04") ?? values.at(-1);
  const said = ahead?.start ?? ahead?.value ?? ahead?.end;
  if (said === undefined) return null;
  const date = /^\d{4}-\d\d-\d\d/.exec(said)?.[0];
  const clock = /(\d\d:\d\d):\d\d$/.exec(said)?.[1];
  return date === undefined && clock === undefined ? null : { ...(date && { date }), ...(clock && { clock }) };
}

function perSecond(texts: readonly string[], read: (text: string) => unknown): number {
  for (const text of texts) read(text);
  const begun = performance.now();
  let count = 0;
  while (performance.now() - begun < 1_000) {
    for (const text of texts) read(text);
    count += texts.length;
  }
  return count / ((performance.now() - begun) / 1_000);
}

/** Every phrase of the tables: the cost of a message when all readings are tried. */
function everyPhrase(): readonly string[] {
  return [
    ...[...dayPhrases, ...hourPhrases, ...scopePhrases, ...wishPhrases, ...doubtPhrases].flatMap(({ phrases }) =>
      phrases.map(([text]) => text),
    ),
    ...movePhrases.map(([text]) => text),
    ...[...clientPhrases, ...clientQuestions].flatMap(({ texts }) => texts),
    ...elsewherePhrases,
    ...ownTimePhrases.map(([text]) => text),
  ];
}

function readWhole(text: string): void {
  read(text, { role: "client" }, now);
  read(text, { role: "practitioner" }, now);
}

function oneByOne(texts: readonly string[]): readonly number[] {
  for (const text of texts) readWhole(text);
  // The best of five: another process may have used the processor meanwhile.
  return texts.map((text) => Math.min(...[1, 2, 3, 4, 5].map(() => msOf(() => readWhole(text)))));
}

function msOf(work: () => void): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

/** The slowest of the adversarial texts, each the best of three. */
function hostile(): number {
  const pieces = [
    "at 1 to 2 -",
    "1 day 2 hours 3 minutes ",
    "not friday ",
    "from from ",
    "1/2/",
    "my my my on ",
    "((((",
  ];
  return Math.max(
    ...pieces.map((piece) => {
      const text = piece.repeat(300).slice(0, 300);
      return Math.min(...[1, 2, 3].map(() => msOf(() => readWhole(text))));
    }),
  );
}

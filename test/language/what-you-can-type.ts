import { choicePhrases, shiftPhrases } from "./phrases/choices.ts";
import { clientPhrases, clientQuestions } from "./phrases/client.ts";
import { dayPhrases } from "./phrases/days.ts";
import { doubtPhrases } from "./phrases/doubts.ts";
import { hourPhrases } from "./phrases/hours.ts";
import { movePhrases } from "./phrases/moves.ts";
import { ownTimePhrases } from "./phrases/own-time.ts";
import { practitionerPhrases, practitionerQuestions } from "./phrases/practitioner.ts";
import type { SaidPhrases } from "./phrases/said.ts";
import type { ReadPhrases } from "./phrases/shape.ts";
import { wishPhrases } from "./phrases/wishes.ts";

const head = `# What you can type

You never have to type: every step has buttons, and each button can be typed as its words or as its number. Typing is the
faster way for those who like it. Nothing is booked, moved or cancelled by words alone: they lead to a card that says what
would happen, and a tap or a clear yes to that card does it. Where words can mean two things, both are offered, a tap each.

The examples are the desk's own tests: each is checked whenever the desk is changed. Times are as understood on **Wednesday
4 March 2026 at ten in the morning**, where sessions are given from 7:00 to 21:00. Afternoon is 12 to 5, evening from 5.
(\`npm run docs\` writes this page.)
`;

/** The text of docs/what-you-can-type.md: the tests' own phrase tables, for people. */
export function whatYouCanType(): string {
  return [
    head,
    "## For clients\n",
    ...clientPhrases.flatMap((said) =>
      said.verbs?.includes("move") ? [list(said), movesTable(), shiftsTable()] : [list(said)],
    ),
    questions("Questions", clientQuestions),
    "### Choosing among times that are offered\n\nOffered: Thursday 10:00, Thursday 14:30, Friday 10:00, Friday 17:00.\n",
    table(
      ["You type", "Chosen"],
      choicePhrases.map(([text, place]) => [text, offered[place] ?? ""]),
    ),
    "## Saying when\n",
    ...[...dayPhrases, ...hourPhrases, ...wishPhrases].map(readTable),
    "## What can mean two things\n\nThe first is what most people mean; the desk asks, with a button for each.\n",
    ...doubtPhrases.map(readTable),
    "## For practitioners\n",
    ...practitionerPhrases.map(list),
    questions("Questions of a practitioner", practitionerQuestions),
    "### Your own time\n\nA card names the time and every session in it before anything changes; what is booked stays booked.\n",
    table(
      ["You type", "Understood as"],
      ownTimePhrases.map(([text, order, ...readings]) => [text, ownTime(order, readings)]),
    ),
  ].join("\n");
}

const offered = ["Thursday 10:00", "Thursday 14:30", "Friday 10:00", "Friday 17:00"];

function list({ title, about, texts }: SaidPhrases): string {
  const lines = texts.map((text) => `- ${text}`).join("\n");
  return `### ${title}\n\n${about === undefined ? "" : `${about}\n\n`}${lines}\n`;
}

const answered =
  "A question is answered in a sentence or two, with the button that follows from it. “It” is what the card in hand is about.";

function questions(title: string, all: readonly SaidPhrases[]): string {
  const rows = all.flatMap(({ title: about, texts }) => texts.map((text) => [text, about] as const));
  return `### ${title}\n\n${answered}\n\n${table(["You ask", "It is about"], rows)}`;
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return `${[line(titles), `|${" --- |".repeat(titles.length)}`, ...rows.map(line)].join("\n")}\n`;
}

function readTable({ title, phrases }: ReadPhrases): string {
  const rows = phrases.map(([text, reading]) => [text === "" ? "(nothing)" : text, inPlain(reading)]);
  return `### ${title}\n\n${table(["You type", "Understood as"], rows)}`;
}

function movesTable(): string {
  const rows = movePhrases
    .filter(([, from, to, shift]) => (from !== "" || to !== "") && shift === "")
    .map(([text, from, to]) => [text, inPlain(from), inPlain(to)]);
  return `#### From where, to when\n\n${table(["You type", "The session", "Its new time"], rows)}`;
}

function shiftsTable(): string {
  const rows = shiftPhrases.map(([text, shift]) => {
    const [unit = "", amount = 0] = Object.entries(shift)[0] ?? [];
    const many = Math.abs(amount);
    return [text, `${many} ${many === 1 ? unit.slice(0, -1) : unit} ${amount < 0 ? "earlier" : "later"}`];
  });
  return `#### By how much\n\n${table(["You type", "The session moves"], rows)}`;
}

const orders: Readonly<Record<string, string>> = {
  block: "keep free",
  away: "off",
  sick: "off",
  unblock: "open again",
  list: "shows your time off",
};

function ownTime(order: string, readings: readonly string[]): string {
  const does = orders[order] ?? order;
  if (readings.length === 0) return order === "list" ? does : `${does}: asks for the time`;
  const times = readings.map((reading) => reading.split(" ").map(stretch).join(" and "));
  return `${does}: ${times.join(" (or, asked: ")}${times.length > 1 ? ")" : ""}`;
}

/** "2026-03-06T12:00/2026-03-06T17:00" as "Fri 6 Mar, 12:00–17:00". */
function stretch(span: string): string {
  const [from = "", to = ""] = span.split("/");
  const [firstDate = "", begins = ""] = from.split("T");
  const [, ends = ""] = to.split("T");
  const lastDate = ends === "00:00" ? dayBefore(to.slice(0, 10)) : to.slice(0, 10);
  const isWhole = begins === "00:00" && ends === "00:00";
  if (firstDate !== lastDate)
    return `${day(firstDate)}${isWhole ? "" : `, ${begins}`} to ${day(lastDate)}${ends === "00:00" ? "" : `, ${ends}`}`;
  if (isWhole) return `${day(firstDate)}, all day`;
  return `${day(firstDate)}, ${ends === "00:00" ? `from ${begins}` : `${begins}–${ends}`}`;
}

function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

const dayNames: Readonly<Record<string, string>> = {
  mon: "Mondays",
  tue: "Tuesdays",
  wed: "Wednesdays",
  thu: "Thursdays",
  fri: "Fridays",
  sat: "Saturdays",
  sun: "Sundays",
};
const doubts = /am-pm|day-month|next-week|weekday-date|zone/;

/** A reading's short form in words: dates with their weekday, "not …", the other readings as what is asked. */
function inPlain(reading: string): string {
  if (reading === "") return "";
  if (reading === "nothing") return "no time";
  return reading
    .replace(new RegExp(` \\? (?:${doubts.source}): (.*)$`), (_, others: string) => ` (or, asked: ${others})`)
    .replace(
      /(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})/g,
      (_, from: string, to: string) => `${day(from)} to ${day(to)}`,
    )
    .replace(/\d{4}-\d{2}-\d{2}/g, day)
    .replace(/(?<=.) not\(/g, ", not(")
    .replace(/not\(([^)]*)\)/g, "not $1")
    .replace(/\bmon,tue,wed,thu,fri\b/g, "on weekdays")
    .replace(/(\d\d:\d\d),(?=\d)/g, "$1 or ")
    .replace(/\b(?:mon|tue|wed|thu|fri|sat|sun)\b/g, (name) => dayNames[name] ?? name)
    .replace(/,(?=[A-Z])/g, ", ")
    .replace(/ (\d\d:\d\d)-24:00(?: after)?/g, " from $1")
    .replace(/^(\d\d:\d\d)-24:00(?: after)?/g, "from $1")
    .replace(/00:00-(\d\d:\d\d) before/g, "until $1")
    .replace(/(\d\d:\d\d)-(\d\d:\d\d)/g, "$1–$2")
    .replace(/ else /g, " or, if nothing is free then, ")
    .replace(/(\d+)min\b/g, "$1 minutes")
    .replace(
      /([A-Z][a-z]+)\/([A-Z][A-Za-z_]+)/g,
      (_, _area: string, city: string) => `(${city.replaceAll("_", " ")} time)`,
    )
    .replace(/ \| /g, " or ");
}

/** "2026-03-06" as "Fri 6 Mar", with the year where it is another. */
function day(date: string): string {
  const at = new Date(`${date}T00:00Z`);
  const words = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" })
    .format(at)
    .replace(",", "");
  return date.startsWith("2026") ? words : `${words} ${date.slice(0, 4)}`;
}

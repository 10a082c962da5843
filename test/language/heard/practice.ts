import type { Vocabulary } from "../../../src/language/names/named.ts";
import { type Reading, read } from "../../../src/language/reading.ts";
import { originalOf } from "../../../src/language/span.ts";

/** Monday 2 March 2026, eight in the morning in Lisbon. */
export const moment = { nowMs: Date.parse("2026-03-02T08:00:00Z"), zone: "Europe/Lisbon", locale: "en-GB" };

const services = [
  { id: "talk", names: ["Talk"] },
  { id: "first-visit", names: ["First visit", "Nutrition first visit"] },
  { id: "follow-up", names: ["Follow-up", "Nutrition follow-up"] },
  { id: "coaching", names: ["Nutrition coaching"] },
  { id: "evening-chat", names: ["Evening chat"] },
  { id: "physio", names: ["Physio"] },
  { id: "massage", names: ["Massage"] },
];
const practitioners = [
  { id: "maya", names: ["Dr Maya Lee"] },
  { id: "nora", names: ["Nora Berg"] },
];
const packages = [{ id: "spring-reset", names: ["Spring reset"] }];
const clients = [
  { id: "ana", names: ["Ana Alves"] },
  { id: "ben", names: ["Ben Okoro"] },
  { id: "cleo", names: ["Cleo Marsh"] },
];

export const forClient: Vocabulary = { role: "client", services, practitioners, packages };
export const forPractitioner: Vocabulary = { role: "practitioner", services, practitioners, packages, clients };

export function clientSays(text: string): Reading {
  return read(text, forClient, moment);
}

export function practitionerSays(text: string): Reading {
  return read(text, forPractitioner, moment);
}

/** A reading's acts in a line: `cancel physio 2026-03-06`, `not cancel`, `decline ben because "i am away"`. */
export function actsInWords(text: string, reading: Reading): string {
  return reading.acts
    .filter(({ certainty }) => certainty >= 0.65)
    .map(({ verb, polarity, object, reason, content }) =>
      [
        polarity === "do not" ? "not" : "",
        verb,
        ...object.names.map(({ ids, polarity: is }) => `${is === "unwanted" ? "-" : ""}${ids.join("/")}`),
        object.refs.includes("all") ? "all" : "",
        object.move ? `${dayOf(object.move.from)} > ${dayOf(object.move.to)}` : object.when ? dayOf(object.when) : "",
        reason ? `because "${originalOf(text, reading.said, reason)}"` : "",
        content ? `: "${originalOf(text, reading.said, content)}"` : "",
      ]
        .filter((part) => part !== "")
        .join(" "),
    )
    .join("; ");
}

/** The first day of a time and its clock time, where it has one. */
function dayOf(when: Reading["when"]): string {
  if (when === undefined) return "?";
  const { days, exact, weekdays } = when.want;
  const day = exact?.date ?? days?.[0]?.from ?? weekdays?.join("+") ?? "";
  const clock = exact && `${Math.floor(exact.minutes / 60)}:${String(exact.minutes % 60).padStart(2, "0")}`;
  return [day, clock].filter(Boolean).join(" ");
}

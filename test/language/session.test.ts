import { expect, test } from "vitest";
import { resolveSession } from "../../src/language/intent/session.ts";
import { instant } from "../support/clock.ts";

// G9: which of one's sessions words mean. Monday 2 March, 08:00 in Lisbon.

const at = { nowMs: instant("2026-03-02T08:00Z"), zone: "Europe/Lisbon", locale: "en-GB" };
const session = (id: string, startsAt: string, service: string, other: string) => ({
  id,
  startsAtMs: instant(startsAt),
  service: [service],
  other: [other, ...other.split(" ")],
});
const sessions = [
  session("friday", "2026-03-06T10:00Z", "Follow-up", "Jonas Weber"),
  session("tomorrow", "2026-03-03T10:00Z", "Follow-up", "Maya Lee"),
  session("next-tuesday", "2026-03-10T15:00Z", "First visit", "Maya Lee"),
];

test.each([
  ["cancel tomorrow's", ["tomorrow"], true],
  ["cancel my session with Maya", ["tomorrow", "next-tuesday"], true],
  ["cancel Friday", ["friday"], true],
  ["cancel the first visit", ["next-tuesday"], true],
  ["cancel the 3pm one on the 10th", ["next-tuesday"], true],
  ["cancel my next session", ["tomorrow"], true],
  ["cancel my next session with Jonas", ["friday"], true],
  ["cancel my session", ["tomorrow", "friday", "next-tuesday"], false],
  ["cancel my appointment on the 12th", [], true],
  ["cancel Maya on Friday", [], true],
])("“%s”", (words, ids, said) => {
  expect(resolveSession(words, sessions, at)).toEqual({ ids, said });
});

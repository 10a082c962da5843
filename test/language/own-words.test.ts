import { expect, test } from "vitest";
import { ownWords } from "../../src/language/own-words.ts";

const quoted = "On Mon, Mar 2, 2026 at 9:12 AM Nora Reis <nora@clinic.example> wrote:";

test.each<[what: string, text: string, own: string]>([
  ["quoted lines", "> cancel massage\n> on thursday\nno please keep it", "no please keep it"],
  ["the mail that it answers", `ok thanks\n\n${quoted}\n> Please cancel massage`, "ok thanks"],
  ["the same without marks", `ok thanks\n${quoted}\nPlease cancel massage`, "ok thanks"],
  ["a line that is broken before “wrote:”", "ok\nOn Mon, Mar 2, 2026 Nora Reis\n<n@x.example> wrote:\ncancel", "ok"],
  ["a header of Outlook", "ok\nFrom: Nora Reis\nSent: Monday 2 March\nTo: Ana\ncancel massage", "ok"],
  ["a dividing line", "ok\n-----Original Message-----\ncancel massage", "ok"],
  ["one quoted line", "> cancel massage", ""],
])("W4: %s is not the person's", (_, text, own) => {
  expect(ownWords(text)).toBe(own);
});

test.each([
  "cancel massage",
  "> 3pm",
  "after 3 > before 5",
  "On Monday I wrote: cancel it",
  "book massage\non thursday at 10",
  "From: Lisbon\nanything on friday?",
  "line one\n\nline three",
])("%j is all the person's", (text) => {
  expect(ownWords(text)).toBe(text);
});

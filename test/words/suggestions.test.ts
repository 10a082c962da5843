import { expect, test } from "vitest";
import { clientLines, givenName, practitionerLines } from "../../src/words/suggestions.ts";
import { instant } from "../support/clock.ts";

const followUp = {
  publicName: "Follow-up",
  practitioner: "Dr Maya Lee",
  startsAtMs: instant("2026-03-10T15:00:00Z"),
  zone: "Europe/Lisbon",
};

test("a client's suggestion says everything in one line, with the practice's own names", () => {
  expect(clientLines(followUp)).toEqual([
    "book a session",
    "book a follow-up with Maya next Tuesday at 3",
    "how much is a follow-up?",
    "my bookings",
    "help",
  ]);
  expect(clientLines(undefined)).toEqual(["book a session", "my bookings", "help"]);
  expect(clientLines(followUp, true)).toContain("how many sessions do I have left?");
});

test.each([
  ["America/New_York", "2026-03-10T15:00:00Z", "next Tuesday at 11"],
  ["Asia/Kolkata", "2026-03-10T09:00:00Z", "next Tuesday at 2:30"],
  ["Asia/Kolkata", "2026-03-10T19:30:00Z", "next Wednesday at 01:00"],
  ["Europe/Lisbon", "2026-03-10T12:00:00Z", "next Tuesday at 12"],
  ["Europe/Lisbon", "2026-03-10T20:00:00Z", "next Tuesday at 20:00"],
])("the day and the time are in the client's own zone, in %s", (zone, startsAt, when) => {
  expect(clientLines({ ...followUp, zone, startsAtMs: instant(startsAt) })[1]).toBe(
    `book a follow-up with Maya ${when}`,
  );
});

test.each([
  ["Evening chat", "book an evening chat with"],
  ["EMDR session", "book an EMDR session with"],
  ["First visit", "book a first visit with"],
])("%s reads as part of a sentence", (publicName, beginning) => {
  expect(clientLines({ ...followUp, publicName })[1]).toMatch(new RegExp(`^${beginning}`));
});

test("a practitioner is offered to confirm an open request, and no one if there is none", () => {
  expect(practitionerLines("Ana Alves")).toEqual(["who's waiting?", "confirm Ana", "today", "help"]);
  expect(practitionerLines(undefined)).toEqual(["who's waiting?", "today", "sessions", "help"]);
});

test.each([
  ["Dr Maya Lee", "Maya"],
  ["Prof. Dr. Jonas Weber", "Jonas"],
  ["Nora", "Nora"],
  ["Dr", "Dr"],
])("%s is called %s", (name, called) => {
  expect(givenName(name)).toBe(called);
});

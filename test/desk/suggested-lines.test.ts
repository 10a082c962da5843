import { expect, test } from "vitest";
import { suggestedLines } from "../../src/desk/telling/suggested-lines.ts";
import { openTestDesk } from "../support/desk.ts";

const at = (user: string) => ({ platform: "page", workspace: "local", user }) as const;

/** The suggested messages of a person now. */
async function linesOf(desk: Awaited<ReturnType<typeof openTestDesk>>, user: string, role: "client" | "practitioner") {
  return suggestedLines(desk.store.read, { address: at(user), role }, desk.clock.now());
}

test("the suggested booking names a service without questions, and a time free next week in the client's zone", async () => {
  const desk = await openTestDesk({ now: "2026-03-02T08:00:00Z" });
  expect(await linesOf(desk, "ana", "client")).toEqual([
    "book a session",
    // Tuesday is tomorrow, so “next Tuesday” would be ambiguous: Wednesday is the first day with an afternoon.
    "book a follow-up with Maya next Wednesday at 3",
    "how much is a follow-up?",
    "my bookings",
    "help",
  ]);
  // Ben reads New York's clock, four hours behind Lisbon from 8 March: Maya's latest hour is his earliest afternoon.
  expect((await linesOf(desk, "ben", "client"))[1]).toBe("book a follow-up with Maya next Monday at 1");
  await desk.advance("2026-03-05T08:00:00Z");
  expect((await linesOf(desk, "ana", "client"))[1]).toBe("book a follow-up with Maya next Tuesday at 3");
});

test("a time that is taken is not suggested", async () => {
  const desk = await openTestDesk({ now: "2026-03-05T08:00:00Z" });
  await desk.open("ben");
  await desk.say("ben", "book");
  await desk.press("ben", "Follow-up");
  await desk.press("ben", "Video");
  await desk.press("ben", "Dr Maya Lee");
  await desk.press("ben", "Tue 10 Mar");
  await desk.press("ben", "11:00"); // 15:00 in Lisbon
  expect((await linesOf(desk, "ana", "client"))[1]).toBe("book a follow-up with Maya next Tuesday at 2");
  await desk.press("ben", "Confirm & book");
  expect(await linesOf(desk, "maya", "practitioner")).toEqual(["who's waiting?", "confirm Ben", "today", "help"]);
  expect(await linesOf(desk, "jonas", "practitioner")).toEqual(["who's waiting?", "today", "sessions", "help"]);
});

test("an unknown person, or one without that role, gets no suggestions", async () => {
  const desk = await openTestDesk({ now: "2026-03-02T08:00:00Z" });
  expect(await linesOf(desk, "guest-1", "client")).toEqual([]);
  expect(await linesOf(desk, "maya", "client")).toEqual([]);
});

test("a practice without services suggests no session", async () => {
  const practice = `
practice: { id: quiet, name: Quiet, timezone: Europe/Lisbon, contact: hello@quiet.example }
clients: [{ id: ana, name: Ana Alves, email: ana@example.com, chat: [{ page: ana }] }]`;
  const desk = await openTestDesk({ now: "2026-03-02T08:00:00Z", practice });
  expect(await linesOf(desk, "ana", "client")).toEqual(["book a session", "my bookings", "help"]);
});

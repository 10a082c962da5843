import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { cancelBooking } from "../../src/desk/changes/cancel.ts";
import { type Assignment, assignPackage } from "../../src/desk/packages/assign-package.ts";
import { extendPackage } from "../../src/desk/packages/credits.ts";
import { deactivateClient } from "../../src/desk/people/deactivate.ts";
import { instant } from "../support/clock.ts";
import { openTestDesk, type TestDesk } from "../support/desk.ts";
import { asClient, asPractitioner, bookingsOf, inDesk, rows, titleOf, wordsOn } from "./quay.ts";

// D8.5: a new package, its last session and its approaching end are reported in chat and by mail.

const practice = readFileSync(new URL("../support/practices/packages.yaml", import.meta.url), "utf8");
const practiceId = "packages";
const maya = asPractitioner("maya", { admin: true, practiceId });
const openDesk = (now = "2026-03-02T08:00+00:00") => openTestDesk({ now, practice });

const toDana = async (desk: TestDesk) => (await desk.mails()).filter(({ to }) => to === "dana@example.com");

async function give(desk: TestDesk, sessions: number, expiresAfterDays = 30) {
  const terms: Assignment["terms"] = {
    limits: {},
    expiresAfterDays,
    items: [{ serviceId: "follow-up", sessions }],
  };
  const order = { clientId: "dana", templateId: "spring-reset", terms };
  const given = await inDesk(desk, (inside) => assignPackage(inside, maya, order));
  await desk.idle();
  if (!given.ok) throw new Error(given.refusal);
  return given.held;
}

/** Dana books her next session and Maya confirms it. */
async function book(desk: TestDesk, when: string): Promise<void> {
  await desk.say("dana", `book my next package session ${when}`);
  await desk.press("dana", "Confirm & book");
  await desk.press("maya", "Confirm");
}

const ending = "Your package at Harbour Wellness ends on 1 April";

describe("given", () => {
  test("a new package is reported by mail too, without its name in the subject", async () => {
    const desk = await openDesk();
    await give(desk, 2);
    expect(titleOf(desk, "dana")).toBe("You have a package");
    const [mail, ...more] = await toDana(desk);
    expect(more).toEqual([]);
    expect(mail?.subject).toBe("You have a package at Harbour Wellness");
    expect(mail?.text).toContain(
      "You can now book sessions from Spring reset.\n\nFollow-up: 2 sessions\nUntil: 1 April",
    );
  });
});

describe("one session left (D8.5)", () => {
  test("is reported when the last but one is used, in chat and by mail, and once", async () => {
    const desk = await openDesk();
    await give(desk, 2);
    await book(desk, "Tuesday at 10");
    expect(titleOf(desk, "dana")).toBe("One session is left");
    expect(wordsOn(desk.newest("dana"))).toContain("Spring reset has one session left, until 1 April.");
    const subject = "One session is left in your package at Harbour Wellness";
    expect((await toDana(desk)).filter((mail) => mail.subject === subject)).toHaveLength(1);
    await book(desk, "Thursday at 10");
    expect((await toDana(desk)).filter((mail) => mail.subject === subject)).toHaveLength(1);
  });

  test("is not reported for a package of one, nor while two are requested", async () => {
    const desk = await openDesk();
    await give(desk, 1);
    await book(desk, "Tuesday at 10");
    expect(desk.chat("dana").map(({ card }) => card.title)).not.toContain("One session is left");
  });

  test("is not reported when that one was used too before the message was sent", async () => {
    const desk = await openDesk();
    await give(desk, 2);
    await desk.say("dana", "book my next package session Tuesday at 10");
    await desk.press("dana", "Confirm & book");
    await desk.say("dana", "book my next package session Thursday at 10");
    await desk.press("dana", "Confirm & book");
    await desk.press("maya", "Confirm");
    expect(desk.chat("dana").map(({ card }) => card.title)).not.toContain("One session is left");
  });
});

describe("ending soon (D8.5)", () => {
  test("is reported fourteen and three days before the last one, at nine on the practice's clock", async () => {
    const desk = await openDesk();
    await give(desk, 3);
    const said = async () => (await toDana(desk)).filter((mail) => mail.subject === ending).length;
    await desk.advance("2026-03-18T08:59+00:00");
    expect(await said()).toBe(0);
    await desk.advance("2026-03-18T09:00+00:00");
    expect(await said()).toBe(1);
    expect(titleOf(desk, "dana")).toBe("Your package ends soon");
    expect(wordsOn(desk.newest("dana"))).toContain(
      "Spring reset ends on 1 April, and 3 sessions are left. Sessions must take place by then.",
    );
    // The clocks in Lisbon went forward that night.
    await desk.advance("2026-03-29T07:59+00:00");
    expect(await said()).toBe(1);
    await desk.advance("2026-03-29T08:00+00:00");
    expect(await said()).toBe(2);
    await desk.advance("2026-04-03T08:00+00:00");
    expect(await said()).toBe(2);
  });

  test("is not reported when no credit is left", async () => {
    const desk = await openDesk();
    await give(desk, 1);
    await book(desk, "Tuesday at 10");
    await desk.advance("2026-03-30T08:00+00:00");
    expect((await toDana(desk)).map((mail) => mail.subject)).not.toContain(ending);
    expect(desk.chat("dana").map(({ card }) => card.title)).not.toContain("Your package ends soon");
  });

  test("is not reported to a deactivated client", async () => {
    const desk = await openDesk();
    await give(desk, 3);
    await inDesk(desk, (inside) => deactivateClient(inside, maya, "dana"));
    await desk.advance("2026-03-30T08:00+00:00");
    expect((await toDana(desk)).map((mail) => mail.subject)).not.toContain(ending);
  });

  test("moves with the package's last day, whose extension is reported too", async () => {
    const desk = await openDesk();
    const held = await give(desk, 3);
    await desk.advance("2026-03-17T08:00+00:00");
    await inDesk(desk, (inside) => extendPackage(inside, maya, held.id, 14));
    await desk.idle();
    expect(titleOf(desk, "dana")).toBe("Your package was extended");
    expect((await toDana(desk)).at(-1)?.subject).toBe("Your package at Harbour Wellness lasts until 15 April");
    await desk.advance("2026-03-31T08:00+00:00");
    expect(titleOf(desk, "dana")).toBe("Your package was extended");
    await desk.advance("2026-04-01T08:00+00:00");
    expect(titleOf(desk, "dana")).toBe("Your package ends soon");
  });

  test("a package of one week is reported three days before its end", async () => {
    const desk = await openDesk();
    const held = await give(desk, 3, 7);
    const own = rows(desk, "timers").filter(({ booking_id }) => booking_id === held.id);
    expect(own.map(({ kind, due_at_ms }) => [kind, due_at_ms])).toEqual([
      ["package-3-days", instant("2026-03-06T09:00Z")],
    ]);
  });

  test("is reported for a package from the practice file too, which was granted without a message", async () => {
    const desk = await openDesk();
    expect(await desk.mails()).toEqual([]);
    await desk.advance("2026-03-06T08:00+00:00");
    const [mail] = (await desk.mails()).filter(({ to }) => to === "carl@example.com");
    expect(mail?.subject).toBe("Your package at Harbour Wellness ends on 6 March");
  });

  test("a restored credit is left again, and the message is still true", async () => {
    const desk = await openDesk();
    await give(desk, 1);
    await book(desk, "Tuesday at 10");
    const [booking] = await bookingsOf(desk, "dana", practiceId);
    const order = { late: false, reason: "Ill" };
    const cancelled = await inDesk(desk, (inside) =>
      cancelBooking(inside, asClient("dana", practiceId), booking?.id ?? "", order),
    );
    expect(cancelled).toMatchObject({ ok: true });
    await desk.advance("2026-03-18T09:00+00:00");
    expect(wordsOn(desk.newest("dana"))).toContain("one session is left");
  });
});

import { describe, expect, test } from "vitest";
import { readConfig } from "../../src/config.ts";
import { deactivateClient, reactivateClient } from "../../src/desk/people/deactivate.ts";
import { inviteClient } from "../../src/desk/people/invite.ts";
import { noteUnreachable } from "../../src/desk/telling/unreachable.ts";
import { examine } from "../../src/doctor.ts";
import {
  asPractitioner,
  buttonsOn,
  importAgain,
  inDesk,
  openQuay,
  pressesIn,
  quay,
  request,
  reread,
  rows,
  titleOf,
  wordsOn,
} from "./quay.ts";

const wednesday = { service: "Talk", day: "Wed 4 Mar", time: "09:00" };

describe("case 22: a client is deactivated with future sessions", () => {
  test("the practitioner sees them listed before the tap, they stay booked, and the client sees only the contact", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", wednesday);
    await desk.press("maya", "Confirm");
    await desk.say("ana", "bookings");
    await desk.say("maya", "deactivate Ana");
    expect(titleOf(desk, "maya")).toBe("Deactivate Ana Alves?");
    expect(wordsOn(desk.newest("maya"))).toContain("Talk, Wed 4 Mar, 09:00");
    await desk.press("maya", "Yes, deactivate");
    expect(wordsOn(desk.newest("maya"))).toContain("Status: deactivated");
    expect((await reread(desk, booking)).status).toBe("confirmed");
    const audited = rows(desk, "audit").length;
    for (const press of pressesIn(desk, "ana")) {
      expect((await desk.forge("ana", press)).refused, press.label).toContain("no longer have access");
    }
    expect(rows(desk, "audit").length).toBeGreaterThan(audited);
    for (const words of ["book", "bookings", "help", "contact my practitioner"]) {
      await desk.say("ana", words);
      expect(titleOf(desk, "ana")).toBe("You do not have access here right now");
      expect(wordsOn(desk.newest("ana"))).toContain("hello@quay.example");
      expect(buttonsOn(desk.newest("ana"))).toEqual([]);
    }
    await desk.say("maya", "sessions");
    expect(buttonsOn(desk.newest("maya")).some((label) => label.includes("Ana"))).toBe(true);
  });

  test("let in again, the client is the same person, in the same chats", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", wednesday);
    await inDesk(desk, (inside) => deactivateClient(inside, asPractitioner("maya"), "ana"));
    await desk.say("maya", "clients");
    await desk.press("maya", "Ana Alves · deactivated");
    await desk.press("maya", "Reactivate");
    await desk.say("ana", "bookings");
    expect(titleOf(desk, "ana")).toBe("Upcoming sessions");
    expect((await reread(desk, booking)).status).toBe("requested");
  });

  test("no import reactivates the client", async () => {
    const desk = await openQuay();
    await inDesk(desk, (inside) => deactivateClient(inside, asPractitioner("maya"), "ana"));
    expect(await importAgain(desk, quay)).toEqual({ added: 0, updated: 0, archived: 0 });
    await desk.say("ana", "hello");
    expect(titleOf(desk, "ana")).toBe("You do not have access here right now");
  });

  test("only the client's practitioner or an admin deactivates and lets in again", async () => {
    const desk = await openQuay();
    await request(desk, "ana", wednesday);
    const elsewhere = asPractitioner("maya", { practiceId: "other", admin: true });
    await inDesk(desk, async (inside) => {
      expect(await deactivateClient(inside, asPractitioner("jonas"), "ana")).toBe(false);
      expect(await deactivateClient(inside, elsewhere, "ana")).toBe(false);
      expect(await deactivateClient(inside, asPractitioner("jonas", { admin: true }), "ana")).toBe(true);
      expect(await reactivateClient(inside, asPractitioner("jonas"), "ana")).toBe(false);
      expect(await reactivateClient(inside, asPractitioner("maya"), "ana")).toBe(true);
    });
  });

  test("an open invitation is revoked too", async () => {
    const desk = await openQuay();
    await desk.say("maya", "invite cleo");
    await desk.press("maya", "Send invitation");
    await inDesk(desk, (inside) => deactivateClient(inside, asPractitioner("maya"), "cleo"));
    expect(rows(desk, "invitations")).toMatchObject([{ state: "revoked" }]);
    await desk.say("maya", "invite cleo@example.com");
    expect(titleOf(desk, "maya")).toBe("Nothing was sent");
  });
});

describe("an unreachable person", () => {
  const at = (user: string) => ({ platform: "page", workspace: "local", user }) as const;
  const admin = quay.replace("id: jonas, name", "id: jonas, admin: true, name");

  test("a practitioner: open requests go by mail at once, and the admin is notified once", async () => {
    const desk = await openQuay({ practice: admin });
    await request(desk, "ana", wednesday);
    const before = (await desk.mails()).filter(({ to }) => to === "maya@quay.example");
    expect(before).toEqual([]);
    for (let times = 0; times < 2; times++)
      await inDesk(desk, (inside) => noteUnreachable(inside, at("maya"), "blocked"));
    await desk.advance("2026-03-02T08:00:01+00:00");
    expect((await desk.mails()).filter(({ to }) => to === "maya@quay.example")).toHaveLength(1);
    expect(desk.chat("jonas").map(({ card }) => card.title)).toEqual(["Maya Lee cannot be reached in chat"]);
    // The mail due after a quarter of an hour has already been sent.
    await desk.advance("2026-03-02T08:20+00:00");
    expect((await desk.mails()).filter(({ to }) => to === "maya@quay.example")).toHaveLength(1);
  });

  test("a client: the practitioner of their next session is notified", async () => {
    const desk = await openQuay();
    await request(desk, "ana", wednesday);
    await inDesk(desk, (inside) => noteUnreachable(inside, at("ana"), "not-installed"));
    await desk.advance("2026-03-02T08:00:01+00:00");
    expect(titleOf(desk, "maya")).toBe("Ana Alves cannot be reached in chat");
    expect(desk.chat("jonas")).toEqual([]);
    await desk.say("maya", "clients");
    await desk.press("maya", "Ana Alves · activated");
    expect(wordsOn(desk.newest("maya"))).toContain("cannot be reached");
  });

  test("doctor lists them with the date until they are heard from again", async () => {
    const desk = await openQuay();
    await inDesk(desk, (inside) => noteUnreachable(inside, at("ana"), "gone"));
    const reading = readConfig({});
    if (!reading.ok) throw new Error(reading.mistakes.join());
    const lines = async () => (await examine(reading.config, desk.store, desk.clock)).map(({ line }) => line);
    const said = await lines();
    expect(said.filter((line) => line.includes("Ana Alves"))).toEqual([
      "Unreachable: Ana Alves (client, quay) in the page since 2026-03-02 08:00 UTC: the person has left, or the app has no permission to message them.",
    ]);
    await desk.say("ana", "hello");
    expect((await lines()).join()).not.toContain("Unreachable");
  });
});

test("a colleague who has sessions with a client is notified when an admin deactivates the client", async () => {
  const desk = await openQuay();
  await request(desk, "ana", wednesday);
  await inDesk(desk, (inside) => deactivateClient(inside, asPractitioner("jonas", { admin: true }), "ana"));
  await desk.advance("2026-03-02T08:00:01+00:00");
  expect(titleOf(desk, "maya")).toBe("Ana Alves was deactivated");
});

test("a deactivated client cannot be invited by anyone, only let in again", async () => {
  const desk = await openQuay();
  await inDesk(desk, (inside) => deactivateClient(inside, asPractitioner("maya"), "ana"));
  for (const guest of [{ clientId: "ana" }, { email: "ana@example.com", name: "Ana" }]) {
    const invited = await inDesk(desk, (inside) => inviteClient(inside, asPractitioner("maya"), guest));
    expect(invited).toMatchObject({ ok: false, refusal: "deactivated" });
  }
  expect(rows(desk, "invitations")).toEqual([]);
});

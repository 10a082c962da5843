import { describe, expect, test } from "vitest";
import { confirmBooking } from "../../src/desk/booking/decide.ts";
import { cancelBooking } from "../../src/desk/changes/cancel.ts";
import { approveChange, askException } from "../../src/desk/changes/change.ts";
import { moveAsPractitioner, moveBooking } from "../../src/desk/changes/move.ts";
import { noteUnreachable } from "../../src/desk/telling/unreachable.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { methodKey } from "../../src/domain/practice.ts";
import { instant } from "../support/clock.ts";
import type { TestDesk } from "../support/desk.ts";
import { asClient, asPractitioner, inDesk, openQuay, quay, request, reread, titleOf, wordsOn } from "./quay.ts";

// D8.3: the other side of an action is notified, in chat or, if no chat reaches them, by mail.

const friday = { service: "Talk", day: "Fri 6 Mar", time: "09:00" };
const mondayAt10 = instant("2026-03-09T10:00Z");
/** An admin: they may act on Maya's sessions. */
const jonas = asPractitioner("jonas", { admin: true });

/** Maya has no chat; only mail reaches her. */
const unreached = quay.replace("chat: [{ page: maya }], ", "");
const asking = (practice: string) =>
  practice.replace("id: talk,", "id: talk, cancellation: { windowMinutes: 10080, late: ask },");

async function confirmed(desk: TestDesk, wish = friday): Promise<Booking> {
  const booking = await request(desk, "ana", wish);
  await inDesk(desk, (inside) => confirmBooking(inside, asPractitioner("maya"), booking.id));
  return reread(desk, booking);
}

const toMaya = async (desk: TestDesk) => (await desk.mails()).filter(({ to }) => to === "maya@quay.example");

const order = (booking: Booking, startsAtMs: number) => ({
  startsAtMs,
  methodKey: methodKey(booking.frozen.method),
  reason: "Something of mine",
});

describe("a practitioner without a chat (D8.3)", () => {
  test("is notified of a cancellation by mail after its minute, without the client's words", async () => {
    const desk = await openQuay({ practice: unreached });
    const booking = await confirmed(desk);
    await inDesk(desk, (inside) =>
      cancelBooking(inside, asClient("ana"), booking.id, { late: false, reason: "Something of mine" }),
    );
    const before = (await toMaya(desk)).length;
    await desk.advance("2026-03-02T08:01+00:00");
    const [mail, ...more] = (await toMaya(desk)).slice(before);
    expect(more).toEqual([]);
    expect(mail?.subject).toBe("Cancelled: Fri 6 Mar, 09:00 (Lisbon)");
    expect(mail?.text).toContain("Ana Alves has cancelled a session: Talk.");
    expect(mail?.text).not.toContain("Something of mine");
  });

  test("is notified of a session that moved at once, and of an open change request", async () => {
    const desk = await openQuay({ practice: unreached });
    const quick = await confirmed(desk, { ...friday, service: "Quick" });
    await inDesk(desk, (inside) => moveBooking(inside, asClient("ana"), quick.id, order(quick, mondayAt10)));
    await desk.idle();
    expect((await toMaya(desk)).at(-1)?.subject).toBe("Moved: Mon 9 Mar, 10:00 (Lisbon)");
    expect((await toMaya(desk)).at(-1)?.text).toContain("It was on Fri 6 Mar, 09:00 (Lisbon) before.");
    const talk = await confirmed(desk);
    await inDesk(desk, (inside) =>
      moveBooking(inside, asClient("ana"), talk.id, order(talk, instant("2026-03-10T10:00Z"))),
    );
    await desk.idle();
    const asked = (await toMaya(desk)).at(-1);
    expect(asked?.subject).toBe("Another time is asked for: Fri 6 Mar, 09:00 (Lisbon)");
    expect(asked?.text).toContain("Ana Alves asks to move a session to Tue 10 Mar, 10:00 (Lisbon): Talk.");
    expect(asked?.text).toContain("Please answer in your chat with the desk by Tue 3 Mar, 08:00 (Lisbon).");
    expect(asked?.text).not.toContain("Something of mine");
  });

  test("who is unreachable gets a mail for each open change request", async () => {
    const desk = await openQuay();
    const talk = await confirmed(desk);
    await inDesk(desk, (inside) => moveBooking(inside, asClient("ana"), talk.id, order(talk, mondayAt10)));
    await desk.idle();
    expect(await toMaya(desk)).toEqual([]);
    await inDesk(desk, (inside) =>
      noteUnreachable(inside, { platform: "page", workspace: "local", user: "maya" }, "blocked"),
    );
    await desk.idle();
    const [mail, ...more] = await toMaya(desk);
    expect(more).toEqual([]);
    expect(mail?.text).toContain("Ana Alves asks to move a session to Mon 9 Mar, 10:00 (Lisbon): Talk.");
  });

  test("with a chat is notified only there", async () => {
    const desk = await openQuay();
    const booking = await confirmed(desk);
    await inDesk(desk, (inside) =>
      cancelBooking(inside, asClient("ana"), booking.id, { late: false, reason: "Something of mine" }),
    );
    await desk.advance("2026-03-02T08:01+00:00");
    expect(titleOf(desk, "maya")).toBe("A session was cancelled");
    expect(await toMaya(desk)).toEqual([]);
  });
});

describe("an admin who acts on a colleague's session", () => {
  test("cancels it: the colleague sees who did, after the undo minute", async () => {
    const desk = await openQuay();
    const booking = await confirmed(desk);
    await inDesk(desk, (inside) =>
      cancelBooking(inside, jonas, booking.id, { late: false, reason: "The room is wet" }),
    );
    expect(titleOf(desk, "maya")).not.toBe("A session was cancelled");
    await desk.advance("2026-03-02T08:01+00:00");
    expect(titleOf(desk, "maya")).toBe("A session was cancelled");
    expect(wordsOn(desk.newest("maya"))).toContain("Jonas Weber has cancelled this session.");
    expect(wordsOn(desk.newest("maya"))).toContain("Jonas Weber writes: The room is wet");
  });

  test("moves it: the colleague sees who did", async () => {
    const desk = await openQuay();
    const booking = await confirmed(desk);
    await inDesk(desk, (inside) =>
      moveAsPractitioner(inside, jonas, booking.id, { ...order(booking, mondayAt10), force: false }),
    );
    await desk.idle();
    expect(titleOf(desk, "maya")).toBe("A session was moved");
    expect(wordsOn(desk.newest("maya"))).toContain("Jonas Weber has moved this session.");
    expect(wordsOn(desk.newest("maya"))).toContain("Jonas Weber writes: Something of mine");
  });

  test("approves a client's change request: the colleague sees the session's new state", async () => {
    const desk = await openQuay({ practice: asking(quay) });
    const moving = await confirmed(desk, { ...friday, service: "Duo", with: "Maya Lee" } as typeof friday);
    await inDesk(desk, (inside) => moveBooking(inside, asClient("ana"), moving.id, order(moving, mondayAt10)));
    const leaving = await confirmed(desk, { ...friday, time: "10:00" });
    expect(await inDesk(desk, (inside) => askException(inside, asClient("ana"), leaving.id, "Something"))).toBe(
      "asked",
    );
    for (const { id, kind } of await desk.store.read.changes.listOpenFor("quay", "maya")) {
      expect(await inDesk(desk, (inside) => approveChange(inside, jonas, id))).toMatchObject({ ok: true });
      await desk.idle();
      expect(titleOf(desk, "maya")).toBe(kind === "move" ? "A session was moved" : "A session was cancelled");
      expect(wordsOn(desk.newest("maya"))).toContain("Jonas Weber has");
    }
  });

  test("a colleague without a chat is notified by mail", async () => {
    const desk = await openQuay({ practice: unreached });
    const booking = await confirmed(desk);
    await inDesk(desk, (inside) =>
      cancelBooking(inside, jonas, booking.id, { late: false, reason: "The room is wet" }),
    );
    await desk.advance("2026-03-02T08:01+00:00");
    expect((await toMaya(desk)).at(-1)?.text).toContain("Jonas Weber has cancelled a session: Talk.");
  });

  test("no one is notified of their own action", async () => {
    const desk = await openQuay();
    const booking = await confirmed(desk);
    const cards = desk.chat("maya").length;
    const maya = asPractitioner("maya", { admin: true });
    await inDesk(desk, (inside) => cancelBooking(inside, maya, booking.id, { late: false }));
    await desk.advance("2026-03-02T08:01+00:00");
    expect(desk.chat("maya")).toHaveLength(cards);
  });
});

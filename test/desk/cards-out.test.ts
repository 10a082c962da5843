import { describe, expect, test } from "vitest";
import { isLive } from "../../src/cards/card.ts";
import type { OutgoingCard, SendOutcome } from "../../src/ports/messenger.ts";
import type { TestDesk } from "../support/desk.ts";
import { buttonsOn, hold, openQuay, pressOn, quay, request, rows, titleOf } from "./quay.ts";

// Which message shows a card, and what is sent when messages are queued.

const wednesday = { service: "Talk", day: "Wed 4 Mar", time: "09:00" };

/** The number of messages with live buttons of each talk in a chat. */
function livePerTalk(desk: TestDesk, user: string): readonly number[] {
  const counts = new Map<string, number>();
  for (const { talkId, card } of desk.chat(user)) {
    if (isLive(card)) counts.set(talkId, (counts.get(talkId) ?? 0) + 1);
  }
  return [...counts.values()];
}

/** The messages of a chat: the title, and whether anything can be pressed. */
function seen(desk: TestDesk, user: string): readonly (readonly [string | undefined, boolean])[] {
  return desk.chat(user).map(({ card }) => [card.title, isLive(card)]);
}

describe("the answer to one's own tap", () => {
  test("is painted into the pressed message", async () => {
    const desk = await openQuay();
    await hold(desk, "ana", wednesday);
    expect(seen(desk, "ana")).toEqual([["Please check everything", true]]);
    await desk.press("ana", "Confirm & book");
    expect(seen(desk, "ana")).toEqual([["Waiting for an answer", true]]);
  });

  test("that leads to another talk takes over the message; the old talk's buttons become stale", async () => {
    const desk = await openQuay();
    await desk.open("ana");
    const old = pressOn(desk, "ana", "Help");
    await desk.press("ana", "Request a session");
    expect(seen(desk, "ana")).toEqual([["What would you like to book?", true]]);
    const answer = await desk.forge("ana", old);
    expect(answer).toMatchObject({ stale: true, card: { title: "What would you like to book?" } });
    expect(desk.chat("ana")).toHaveLength(1);
  });

  test("that changes nothing repaints nothing", async () => {
    let sends = 0;
    const idle = quay.replaceAll(/hours: \[\{.*?\}\]/g, "hours: []");
    const desk = await openQuay({ practice: idle, beforeSend: async () => void sends++ });
    await desk.say("ana", "book");
    await desk.press("ana", "Talk");
    const before = sends;
    const answer = await desk.press("ana", "Look again");
    expect(answer.card?.title).toBe("No free times right now");
    expect(sends).toBe(before);
  });
});

describe("the answer to typed words", () => {
  test("is a new card below, and the old card loses its buttons", async () => {
    const desk = await openQuay();
    await desk.say("ana", "book");
    await desk.say("ana", "talk");
    expect(seen(desk, "ana")).toEqual([
      ["What would you like to book?", false],
      ["When suits you?", true],
    ]);
  });

  test("to unrecognised words is the same card below with a hint", async () => {
    const desk = await openQuay();
    await desk.say("ana", "book");
    await desk.say("ana", "🤷");
    expect(seen(desk, "ana")).toEqual([
      ["What would you like to book?", false],
      ["What would you like to book?", true],
    ]);
    expect(desk.newest("ana").parts[0]).toMatchObject({ type: "text" });
  });

  test("that name a button of another talk shows that talk's card only, without repeating the old one", async () => {
    const desk = await openQuay();
    await request(desk, "ana", wednesday);
    await desk.say("ana", "my bookings");
    expect(seen(desk, "ana").map(([title]) => title)).toEqual(["Waiting for an answer", "Upcoming sessions"]);
  });
});

describe("news", () => {
  test("caused by another person are a new message, and close the old one", async () => {
    const desk = await openQuay();
    await request(desk, "ana", wednesday);
    await desk.press("maya", "Confirm");
    expect(seen(desk, "ana")).toEqual([
      ["Waiting for an answer", false],
      ["Your session is confirmed", true],
    ]);
  });

  test("caused by a timer are a new message, and close the old one", async () => {
    const desk = await openQuay();
    await request(desk, "ana", wednesday);
    await desk.advance("2026-03-02T20:00+00:00");
    expect(seen(desk, "maya")).toEqual([
      ["A session request", false],
      ["A session request", true],
    ]);
  });

  test("of a withdrawal are painted in place: the practitioner's card is updated (D4.17)", async () => {
    const desk = await openQuay();
    await request(desk, "ana", wednesday);
    await desk.press("ana", "Withdraw request");
    await desk.press("ana", "Yes, withdraw it");
    expect(seen(desk, "maya")).toEqual([["Withdrawn by the client", false]]);
  });
});

test("during a whole day, at most one card per talk has live buttons", async () => {
  const desk = await openQuay();
  const steps: readonly (() => Promise<unknown>)[] = [
    () => request(desk, "ana", wednesday),
    () => desk.say("ana", "my bookings"),
    () => desk.say("maya", "decline"),
    () => desk.say("maya", "I am away"),
    () => desk.advance("2026-03-02T20:00+00:00"),
    () => desk.say("maya", "back"),
    () => request(desk, "ana", { ...wednesday, time: "10:00" }),
    () => desk.press("maya", "Confirm"),
    () => desk.advance("2026-03-03T04:30+00:00"),
    () => desk.say("ana", "book"),
    () => desk.advance("2026-03-05T11:00+00:00"),
  ];
  for (const step of steps) {
    await step();
    for (const user of ["ana", "maya"]) expect(Math.max(0, ...livePerTalk(desk, user))).toBeLessThanOrEqual(1);
  }
});

describe("while a chat is unreachable", () => {
  /** A desk whose chats can be made unreachable, with a record of every attempted call. */
  async function cuttable() {
    const sent: OutgoingCard[] = [];
    const cut = { off: false };
    const beforeSend = async (out: OutgoingCard): Promise<SendOutcome | undefined> => {
      if (cut.off && out.to.user === "ana") return { ok: false, again: true, error: "503" };
      sent.push(out);
      return undefined;
    };
    return { desk: await openQuay({ beforeSend }), sent, cut };
  }

  test("only the newest repaint of a card is sent afterwards", async () => {
    const { desk, sent, cut } = await cuttable();
    await desk.say("ana", "book");
    await desk.press("ana", "Talk");
    cut.off = true;
    // Each press was answered at once, so she continues without the messages.
    const { talkId } = pressOn(desk, "ana", "Back");
    let { revision } = pressOn(desk, "ana", "Back");
    for (const day of ["2026-03-04", "2026-03-05", "2026-03-06"]) {
      revision = (await desk.forge("ana", { talkId, revision, event: { type: "day.chosen", day } })).revision ?? 0;
    }
    cut.off = false;
    const before = sent.length;
    await desk.advance("2026-03-02T08:01+00:00");
    expect(sent.slice(before).map((out) => out.revision)).toEqual([revision]);
    expect(desk.chat("ana")).toHaveLength(1);
    expect(desk.chat("ana")[0]?.card.parts).toContainEqual(expect.objectContaining({ label: "Times on Fri 6 Mar" }));
  });

  test("another person's lane continues, and the blocked lane is sent in order later", async () => {
    const { desk, sent, cut } = await cuttable();
    await request(desk, "ana", wednesday);
    cut.off = true;
    await desk.press("maya", "Confirm");
    expect(titleOf(desk, "maya")).toBe("Confirmed");
    expect(titleOf(desk, "ana")).toBe("Waiting for an answer");
    cut.off = false;
    const before = sent.length;
    await desk.advance("2026-03-02T08:01+00:00");
    expect(sent.slice(before).map(({ card }) => [card.title, isLive(card)])).toEqual([
      ["Waiting for an answer", false],
      ["Your session is confirmed", true],
    ]);
  });

  test("a repaint still queued when another talk takes over its message does not become a message of its own", async () => {
    const { desk, sent, cut } = await cuttable();
    await desk.open("ana");
    cut.off = true;
    const home = pressOn(desk, "ana", "Help");
    const helped = await desk.forge("ana", home);
    await desk.forge("ana", { talkId: home.talkId, revision: helped.revision ?? 0, event: { type: "book.wanted" } });
    cut.off = false;
    const before = sent.length;
    await desk.advance("2026-03-02T08:01+00:00");
    expect(sent.slice(before).map(({ card }) => card.title)).toEqual(["What would you like to book?"]);
    expect(seen(desk, "ana")).toEqual([["What would you like to book?", true]]);
  });

  test("a message being sent while another talk takes it over becomes that talk's", async () => {
    const pressed: { at?: () => Promise<unknown> } = {};
    const desk = await openQuay({
      beforeSend: async () => {
        const act = pressed.at;
        delete pressed.at;
        await act?.();
        return undefined;
      },
    });
    // She presses after the platform has accepted the message but before its answer arrives.
    pressed.at = async () => {
      const [talk] = await desk.talks("ana");
      const body = { type: "press", talkId: talk?.id ?? "", seenRevision: 1, event: { type: "book.wanted" } } as const;
      const from = { platform: "page", workspace: "local", user: "ana" } as const;
      await desk.engine.deliver({ id: "in-between", receivedAtMs: 0, from, body });
    };
    await desk.open("ana");
    expect(seen(desk, "ana")).toEqual([["What would you like to book?", true]]);
  });

  test("a chat that fails permanently loses its outbox rows, not the books' state (fault 14)", async () => {
    const desk = await openQuay({
      beforeSend: async (out) =>
        out.to.user === "maya" ? { ok: false, again: false, error: "account_inactive" } : undefined,
    });
    const booking = await request(desk, "ana", wednesday);
    expect(rows(desk, "outbox").filter(({ state }) => state === "dead")).toHaveLength(1);
    await desk.advance("2026-03-02T08:15+00:00");
    expect((await desk.mails()).some(({ to }) => to === "maya@quay.example")).toBe(true);
    expect(booking.status).toBe("requested");
    expect(buttonsOn(desk.newest("ana"))).toContain("Withdraw request");
  });
});

test("a redelivered press changes nothing and gets the present card", async () => {
  const desk = await openQuay();
  await hold(desk, "ana", wednesday);
  const { talkId, revision, event } = pressOn(desk, "ana", "Confirm & book");
  const inbound = {
    id: "twice",
    receivedAtMs: 0,
    from: { platform: "page", workspace: "local", user: "ana" },
    body: { type: "press", talkId, seenRevision: revision, event },
  } as const;
  const first = await desk.engine.deliver(inbound);
  await desk.idle();
  const second = await desk.engine.deliver(inbound);
  await desk.idle();
  expect(second.card).toEqual(first.card);
  expect(await desk.mails()).toHaveLength(1);
  expect(rows(desk, "audit")).toHaveLength(1);
  expect(desk.chat("maya")).toHaveLength(1);
});

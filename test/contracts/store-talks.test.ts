import { beforeEach, describe, expect, test } from "vitest";
import type { Store } from "../../db/store.ts";
import { anasPage, aTalk } from "../support/records.ts";
import { stores } from "../support/store.ts";

describe.each(stores)("talks and messages on $name", ({ open }) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });

  const add = (...talks: ReturnType<typeof aTalk>[]) =>
    store.transaction(async (books) => {
      for (const talk of talks) await books.talks.add(talk);
    });

  test("a talk is found as it was added, its snapshot and card unchanged", async () => {
    const talk = aTalk({ snapshot: '{"b":1,"a":"é"}', aboutBookingId: "bk_1" });
    await add(talk);
    expect(await store.read.talks.find("tk_1")).toEqual(talk);
    expect(await store.read.talks.find("tk_2")).toBeUndefined();
  });

  test("of two turns on one revision one is stored; a removed field is cleared", async () => {
    await add(aTalk({ aboutBookingId: "bk_1" }));
    const save = (snapshot: string) =>
      store.transaction(({ talks }) => talks.save(aTalk({ revision: 2, snapshot }), 1));
    const [first, second] = await Promise.all([save("first"), save("second")]);
    expect(first).toBe(!second);
    const snapshot = first ? "first" : "second";
    expect(await store.read.talks.find("tk_1")).toEqual(aTalk({ revision: 2, snapshot }));
  });

  test("the newest card of a chat is the one with the highest place, unless its message was taken over", async () => {
    expect(await store.read.talks.newest(anasPage)).toBeUndefined();
    expect(await store.read.talks.nextCardOrder(anasPage)).toBe(1);
    await add(
      aTalk({ id: "tk_1", cardOrder: 1 }),
      aTalk({ id: "tk_2", cardOrder: 2, ended: true }),
      aTalk({ id: "tk_3", cardOrder: 3, ended: true, replacedBy: "tk_2" }),
      aTalk({ id: "tk_4", cardOrder: 9, address: { ...anasPage, platform: "slack" } }),
    );
    expect((await store.read.talks.newest(anasPage))?.id).toBe("tk_2");
    expect(await store.read.talks.nextCardOrder(anasPage)).toBe(4);
    const talks = await store.read.talks.listForAddress(anasPage, 2);
    expect(talks.map((talk) => talk.id)).toEqual(["tk_3", "tk_2"]);
  });

  test("news of a booking goes to the talks about it that have not ended", async () => {
    await add(
      aTalk({ id: "tk_1", aboutBookingId: "bk_1" }),
      aTalk({ id: "tk_2", aboutBookingId: "bk_1", ended: true }),
      aTalk({ id: "tk_3", aboutBookingId: "bk_2" }),
    );
    expect((await store.read.talks.listLiveAbout("bk_1")).map((talk) => talk.id)).toEqual(["tk_1"]);
  });

  test("case 23: of four deliveries of one event one counts, and the others find its talk", async () => {
    const deliver = () => store.transaction(({ inbox }) => inbox.claim("Ev1", 5));
    const claimed = await Promise.all([deliver(), deliver(), deliver(), deliver()]);
    expect(claimed.filter(Boolean)).toHaveLength(1);
    expect(await store.read.inbox.find("Ev1")).toEqual({});
    await store.transaction(({ inbox }) => inbox.setTalk("Ev1", "tk_1"));
    expect(await store.read.inbox.find("Ev1")).toEqual({ talkId: "tk_1" });
    expect(await store.read.inbox.find("Ev2")).toBeUndefined();
  });

  test("old deliveries are deleted in batches", async () => {
    await store.transaction(async ({ inbox }) => {
      for (const at of [1, 2, 3, 4]) await inbox.claim(`Ev${at}`, at);
    });
    const forget = (limit?: number) => store.transaction(({ inbox }) => inbox.removeBefore(4, limit));
    expect(await forget(2)).toBe(2);
    expect(await store.read.inbox.find("Ev2")).toBeUndefined();
    expect(await forget()).toBe(1);
    expect(await store.read.inbox.find("Ev4")).toBeDefined();
  });

  test("a talk's message is stored, and moves to the talk that takes it over", async () => {
    const { messages } = store.read;
    await store.transaction((books) => books.messages.save("tk_1", "m1"));
    await store.transaction((books) => books.messages.save("tk_1", "m2"));
    expect(await messages.find("tk_1")).toBe("m2");
    await store.transaction((books) => books.messages.save("tk_2", "m3"));
    await store.transaction((books) => books.messages.move("tk_1", "tk_2"));
    expect([await messages.find("tk_1"), await messages.find("tk_2")]).toEqual([undefined, "m2"]);
    await store.transaction((books) => books.messages.move("tk_1", "tk_2"));
    await store.transaction((books) => books.messages.move("tk_2", "tk_2"));
    expect(await messages.find("tk_2")).toBe("m2");
  });

  test("the page's lines stay in order; a card is repainted in its place", async () => {
    const line = { id: "m1", user: "ana", author: "me", sentAtMs: 5, text: "book" } as const;
    const card = {
      ...line,
      id: "m2",
      author: "desk",
      card: { summary: "Which service?", parts: [] },
      talkId: "tk_1",
      revision: 1,
    } as const;
    const { text: _, ...cardLine } = card;
    await store.pageMessages.add(line);
    await store.pageMessages.add(cardLine);
    await store.pageMessages.add({ ...line, text: "said again" });
    await store.pageMessages.add({ ...line, id: "m3", user: "ben" });
    const repainted = { card: { summary: "Which day?", parts: [] }, talkId: "tk_2", revision: 1 };
    expect(await store.pageMessages.repaint("m2", repainted)).toBe(true);
    expect(await store.pageMessages.repaint("m9", repainted)).toBe(false);
    expect(await store.pageMessages.repaint("m1", repainted)).toBe(false);
    expect(await store.pageMessages.list("ana")).toEqual([line, { ...cardLine, ...repainted }]);
  });

  test("the tray keeps each mail once, the newest last", async () => {
    const mail = {
      id: "ob_1",
      sentAtMs: 5,
      to: "ana@example.com",
      subject: "Confirmed",
      text: "See you.",
      ics: "BEGIN:VCALENDAR",
    };
    const { ics: _, ...plain } = { ...mail, id: "ob_2", sentAtMs: 1 };
    await store.tray.add(mail);
    await store.tray.add(plain);
    await store.tray.add({ ...mail, text: "again" });
    expect(await store.tray.list()).toEqual([mail, plain]);
  });
});

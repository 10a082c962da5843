import { beforeEach, describe, expect, test } from "vitest";
import type { Store } from "../../db/store.ts";
import type { ChatReference } from "../../src/ports/references.ts";
import { stores } from "../support/store.ts";

const anas: ChatReference = {
  platform: "teams",
  workspace: "11111111-1111-4111-8111-111111111111",
  user: "33333333-3333-4333-8333-333333333333",
  conversationId: "a:1ana",
  serviceUrl: "https://smba.trafficmanager.net/emea/",
  botId: "28:desk",
  userId: "29:ana",
  sinceMs: 1_000,
  updatedAtMs: 1_000,
};

describe.each(stores)("where people's chats are on $name", ({ open }) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });

  test("T7 a chat is kept as it is now, with its beginning as it was", async () => {
    expect(await store.chatReferences.find(anas)).toBeUndefined();
    expect(await store.chatReferences.save(anas)).toEqual(anas);
    const moved = {
      ...anas,
      conversationId: "a:2ana",
      serviceUrl: "https://smba.trafficmanager.net/amer/",
      updatedAtMs: 2_000,
    };
    expect(await store.chatReferences.save({ ...moved, sinceMs: 2_000 })).toEqual(moved);
    expect(await store.chatReferences.find(anas)).toEqual(moved);
  });

  test("T14 two activities that tell of one beginning at once agree on it", async () => {
    const both = await Promise.all([1_000, 1_005].map((sinceMs) => store.chatReferences.save({ ...anas, sinceMs })));
    expect(both[0]?.sinceMs).toBe(both[1]?.sinceMs);
  });

  test("of two organisations' chats with one id, one is forgotten alone; a new beginning is a new one", async () => {
    const other = { ...anas, workspace: "99999999-9999-4999-8999-999999999999" };
    await store.chatReferences.save(anas);
    await store.chatReferences.save(other);
    await store.chatReferences.remove(anas);
    expect(await store.chatReferences.find(anas)).toBeUndefined();
    expect(await store.chatReferences.find(other)).toEqual(other);
    expect(await store.chatReferences.save({ ...anas, sinceMs: 3_000 })).toMatchObject({ sinceMs: 3_000 });
  });
});

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

describe.each(stores)("chat references on $name", ({ open }) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });

  test("T7 a chat reference is updated, and its creation time is kept", async () => {
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

  test("T14 two simultaneous activities about one installation agree on it", async () => {
    const both = await Promise.all([1_000, 1_005].map((sinceMs) => store.chatReferences.save({ ...anas, sinceMs })));
    expect(both[0]?.sinceMs).toBe(both[1]?.sinceMs);
  });

  test("with one chat id in two organisations, one reference is deleted alone; a new installation gets a new one", async () => {
    const other = { ...anas, workspace: "99999999-9999-4999-8999-999999999999" };
    await store.chatReferences.save(anas);
    await store.chatReferences.save(other);
    await store.chatReferences.remove(anas);
    expect(await store.chatReferences.find(anas)).toBeUndefined();
    expect(await store.chatReferences.find(other)).toEqual(other);
    expect(await store.chatReferences.save({ ...anas, sinceMs: 3_000 })).toMatchObject({ sinceMs: 3_000 });
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { backUpBooks } from "../../db/backup.ts";
import type { NewAnswer } from "../../db/repositories/answers.ts";
import { openStore, type Store } from "../../db/store.ts";
import { hashToken, newToken } from "../../src/ids.ts";
import { newRingKey, openVault } from "../../src/vault.ts";
import { openTestStore, stores } from "../support/store.ts";

const goal: NewAnswer = {
  practiceId: "harbour",
  clientId: "ana",
  bookingId: "bk_1",
  formId: "intake",
  questionId: "goal",
  sensitive: true,
  value: "less migraine",
  atMs: 1,
};

const save = (store: Store, but: Partial<NewAnswer> = {}) =>
  store.transaction(({ answers }) => answers.save({ ...goal, ...but }));

describe.each(stores)("answers and agreements on $name", ({ open }) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });

  test("an answer is read as it was written, one value or several, sensitive or not", async () => {
    await save(store);
    await save(store, { questionId: "diet", sensitive: false, value: ["Vegan", "Other"], atMs: 2 });
    expect(await store.read.answers.list("harbour", "bk_1")).toEqual([
      { questionId: "goal", sensitive: true, value: "less migraine" },
      { questionId: "diet", sensitive: false, value: ["Vegan", "Other"] },
    ]);
    expect(await store.read.answers.listIds("bk_1")).toEqual(["diet", "goal"]);
    expect(await store.read.answers.list("alder", "bk_1")).toEqual([]);
  });

  test("a later answer replaces the earlier one, also when the question has become sensitive", async () => {
    await save(store, { sensitive: false, value: "sleep" });
    await save(store, { value: "sleep well" });
    expect(await store.read.answers.list("harbour", "bk_1")).toEqual([
      { questionId: "goal", sensitive: true, value: "sleep well" },
    ]);
  });

  test("deleting a booking deletes its answers", async () => {
    await save(store);
    await save(store, { bookingId: "bk_2" });
    await store.transaction(({ answers }) => answers.removeForBooking("bk_1"));
    expect(await store.read.answers.listIds("bk_1")).toEqual([]);
    expect(await store.read.answers.listIds("bk_2")).toEqual(["goal"]);
  });

  test("D5.3: an agreement records version, time and place; agreeing again replaces it", async () => {
    const accepted = {
      practiceId: "harbour",
      clientId: "ana",
      bookingId: "bk_1",
      termsId: "house-rules",
      version: "2026-01",
      acceptedAtMs: 1,
      place: "page:local:ana",
    };
    await store.transaction(({ terms }) => terms.add(accepted));
    await store.transaction(({ terms }) => terms.add({ ...accepted, version: "2026-03", acceptedAtMs: 2 }));
    expect(await store.read.terms.list("bk_1")).toEqual([{ ...accepted, version: "2026-03", acceptedAtMs: 2 }]);
  });

  test("D5.2: a form's link works once", async () => {
    const token = newToken();
    const row = {
      tokenHash: hashToken(token),
      practiceId: "harbour",
      bookingId: "bk_1",
      talkId: "tk_1",
      expiresAtMs: 9,
    };
    await store.transaction(({ formTokens }) => formTokens.add(row));
    expect(await store.read.formTokens.findByHash(hashToken(token))).toEqual(row);
    expect(await store.read.formTokens.findByHash(token)).toBeUndefined();
    const use = (atMs: number) => store.transaction(({ formTokens }) => formTokens.markUsed(row.tokenHash, atMs));
    const [atFive, atSix] = await Promise.all([use(5), use(6)]);
    expect(atFive).toBe(!atSix);
    expect(await store.read.formTokens.findByHash(row.tokenHash)).toEqual({ ...row, usedAtMs: atFive ? 5 : 6 });
  });

  test("the audit returns entries in order, of the practice or about one thing", async () => {
    const entry = {
      practiceId: "harbour",
      atMs: 1,
      actor: "client:ana",
      action: "request",
      subject: "bk_1",
      place: "clock",
    };
    await store.transaction(async ({ audit }) => {
      await audit.add(entry);
      await audit.add({ ...entry, action: "confirm", actor: "practitioner:maya" });
      await audit.add({ ...entry, subject: "bk_2" });
      await audit.add({ ...entry, practiceId: "alder" });
    });
    expect((await store.read.audit.list("harbour")).map((each) => each.subject)).toEqual(["bk_1", "bk_1", "bk_2"]);
    expect(await store.read.audit.list("harbour", "bk_1")).toEqual([
      entry,
      { ...entry, action: "confirm", actor: "practitioner:maya" },
    ]);
  });
});

describe("sealed on the disk", () => {
  test("D5.2: a sensitive answer is in no file of the books, not in the write-ahead log, not after a change", async () => {
    const store = await openTestStore();
    await save(store, { questionId: "open", sensitive: false, value: "planted-and-found" });
    await save(store, { value: "planted-and-sealed" });
    await save(store, { value: ["planted-and-sealed", "twice"] });
    const written = () =>
      readdirSync(store.folder)
        .map((name) => readFileSync(join(store.folder, name), "latin1"))
        .join("");
    expect(readdirSync(store.folder).sort()).toEqual(["desk.db", "desk.db-shm", "desk.db-wal"]);
    expect(written()).toContain("planted-and-found");
    expect(written()).not.toContain("planted-and-sealed");
    await backUpBooks(`file:${store.file}`, join(store.folder, "copy.db"));
    await store.close();
    expect(written()).toContain("planted-and-found");
    expect(written()).not.toContain("planted-and-sealed");
  });

  test("an answer moved to another booking or client cannot be decrypted", async () => {
    const store = await openTestStore();
    await save(store);
    await save(store, { clientId: "ben", bookingId: "bk_2" });
    store.raw().exec("update answers set booking_id = 'bk_3' where booking_id = 'bk_1'");
    await expect(store.read.answers.list("harbour", "bk_3")).rejects.toMatchObject({ code: "vault-tampered" });
    expect(await store.read.answers.listIds("bk_3")).toEqual(["goal"]);
  });

  test("deleting a client's key erases the client: their answers are unreadable, all others are read", async () => {
    const store = await openTestStore();
    await save(store);
    await save(store, { questionId: "diet", sensitive: false, value: "Vegan" });
    store.raw().exec("delete from data_keys where client_id = 'ana'");
    expect(await store.read.answers.list("harbour", "bk_1")).toEqual([
      { questionId: "diet", sensitive: false, value: "Vegan" },
    ]);
  });

  test("key rotation: the next answer re-wraps the client's key, and the old ring key can be removed", async () => {
    const [old, current] = [newRingKey("2025"), newRingKey("2026")];
    const store = await openTestStore({ vault: openVault([old]) });
    await save(store);
    await store.close();
    const url = `file:${store.file}`;
    const turned = await openStore({ url, vault: openVault([current, old]) });
    await save(turned, { questionId: "sleep" });
    await turned.close();
    const later = await openStore({ url, vault: openVault([current]) });
    expect(await later.read.answers.list("harbour", "bk_1")).toHaveLength(2);
    await later.close();
  });

  test("without its ring key nothing can be decrypted, and the error names the missing key", async () => {
    const store = await openTestStore({ vault: openVault([newRingKey("lost")]) });
    await save(store);
    const strange = await openStore({ url: `file:${store.file}`, vault: openVault([newRingKey("other")]) });
    await expect(strange.read.answers.list("harbour", "bk_1")).rejects.toThrow(/"lost"/);
    await strange.close();
  });
});

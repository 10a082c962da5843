import { beforeEach, describe, expect, test } from "vitest";
import { assertGuards } from "../../db/guards.ts";
import { openStore } from "../../db/store.ts";
import { instant } from "../support/clock.ts";
import { aClaim } from "../support/records.ts";
import { openTestStore, type TestStore, testVault } from "../support/store.ts";

const ten = instant("2026-03-03T10:00:00Z");
const hour = 3_600_000;

/** Bypasses the desk, as a buggy repository or manual SQL would. */
const insertClaim = `insert into claims
  (id, practice_id, practitioner_id, booking_id, kind, starts_at_ms, ends_at_ms, buffer_before_minutes, buffer_after_minutes)
  values (?, 'harbour', 'maya', ?, 'session', ?, ?, 0, 0)`;

describe("the guards of SQLite, after all migrations", () => {
  let store: TestStore;
  beforeEach(async () => {
    store = await openTestStore();
  });

  const book = (bookingId: string) => store.transaction(({ claims }) => claims.claim(aClaim({ bookingId })));
  const bookRaw = (id: string, bookingId: string, startsAtMs = ten, text = insertClaim) =>
    store
      .raw()
      .prepare(text)
      .run(id, bookingId, startsAtMs, startsAtMs + hour).changes;

  test("a session cannot be booked twice, neither by the desk nor by SQL", async () => {
    expect(await book("bk_1")).toBe(true);
    expect(await book("bk_2")).toBe(false);
    expect(bookRaw("c2", "bk_2")).toBe(0);
    expect(bookRaw("c3", "bk_2", ten + hour - 1)).toBe(0);
    expect(bookRaw("c4", "bk_2", ten, insertClaim.replace("insert", "insert or replace"))).toBe(0);
    expect(bookRaw("c5", "bk_2", ten + hour)).toBe(1);
  });

  test("a claim cannot be moved onto another one, nor to another booking or practitioner", async () => {
    await book("bk_1");
    bookRaw("c2", "bk_2", ten + hour);
    for (const change of [
      `starts_at_ms = ${ten}`,
      `ends_at_ms = ends_at_ms + 1`,
      "booking_id = 'bk_1'",
      "practitioner_id = 'zoe'",
    ]) {
      expect(() => store.raw().exec(`update claims set ${change} where id = 'c2'`), change).toThrow("never moved");
    }
  });

  test("no claim is empty, reversed or longer than a day", () => {
    const insert = (endsAtMs: number) => () => store.raw().prepare(insertClaim).run("c", "bk", ten, endsAtMs);
    expect(insert(ten)).toThrow("claims_span");
    expect(insert(ten - hour)).toThrow("claims_span");
    expect(insert(ten + 24 * hour + 1)).toThrow("claims_span");
    expect(insert(ten + 24 * hour)).not.toThrow();
  });

  test("the audit and the credit ledger are append-only", async () => {
    const entry = { practiceId: "harbour", atMs: 1, actor: "desk", action: "expire", subject: "bk_1", place: "clock" };
    await store.transaction(({ audit }) => audit.add(entry));
    const frozen = { id: "spring", name: "Spring", limits: {}, items: [{ serviceId: "first-visit", sessions: 5 }] };
    const grant = { practiceId: "harbour", clientId: "ana", templateId: "spring", startsOn: "2026-03-01", frozen };
    await store.transaction(({ packages }) => packages.give({ ...grant, actor: "desk", atMs: 1 }));
    for (const table of ["audit", "credit_entries"]) {
      expect(() => store.raw().exec(`update ${table} set actor = 'nobody'`)).toThrow(`${table} only grows`);
      expect(() => store.raw().exec(`delete from ${table}`)).toThrow(`${table} only grows`);
    }
  });

  test("a missing guard is detected, and created again when the desk is next opened", async () => {
    const raw = store.raw();
    raw.exec("drop trigger claims_refuse_overlap");
    expect(() => assertGuards(raw)).toThrow(/"claims_refuse_overlap".*is missing/);
    await store.reopen();
    assertGuards(raw);
    expect(await book("bk_1")).toBe(true);
    expect(await book("bk_2")).toBe(false);
  });

  test("a table rebuilt by a migration gets its guards back", async () => {
    store.raw().exec(`
      create table __new_claims as select * from claims where false;
      drop table claims;
      alter table __new_claims rename to claims;
    `);
    expect([bookRaw("c1", "bk_1"), bookRaw("c2", "bk_2")]).toEqual([1, 1]);
    store.raw().exec("delete from claims");
    await store.reopen();
    expect([bookRaw("c1", "bk_1"), bookRaw("c2", "bk_2")]).toEqual([1, 0]);
  });

  test.each([
    ["claims_refuse_overlap", "create trigger claims_refuse_overlap before insert on claims begin select 1; end"],
    ["audit_refuse_delete", "create trigger audit_refuse_delete before delete on audit when false begin select 1; end"],
  ])("the desk does not open when the guard %s was altered", async (name, altered) => {
    await store.close();
    store.raw().exec(`drop trigger ${name}; ${altered}`);
    const opening = openStore({ url: `file:${store.file}`, vault: testVault });
    await expect(opening).rejects.toMatchObject({ code: "guard-altered", message: expect.stringContaining(name) });
  });

  test("the overlap check reads a bounded index range", () => {
    const overlap = store
      .raw()
      .prepare("select sql from sqlite_master where name = 'claims_refuse_overlap'")
      .pluck()
      .get();
    const query = /EXISTS \(([^;]+)\)\s+BEGIN/.exec(String(overlap))?.[1]?.replaceAll(/NEW\.\w+/g, "?") ?? "";
    const values = query
      .split("?")
      .slice(1)
      .map(() => 0);
    const plan = store
      .raw()
      .prepare(`explain query plan ${query}`)
      .all(...values);
    expect(JSON.stringify(plan)).toMatch(
      /SEARCH other USING INDEX claims_practitioner \(.*starts_at_ms>\? AND starts_at_ms<\?\)/,
    );
  });
});

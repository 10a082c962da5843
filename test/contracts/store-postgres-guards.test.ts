import { beforeEach, describe, expect, test } from "vitest";
import { instant } from "../support/clock.ts";
import { openPostgresTestStore, type PostgresTestStore } from "../support/postgres-store.ts";
import { aClaim } from "../support/records.ts";

const ten = instant("2026-03-03T10:00:00Z");
const hour = 3_600_000;

describe("the guards of PostgreSQL, after all migrations", () => {
  let store: PostgresTestStore;
  beforeEach(async () => {
    store = await openPostgresTestStore();
  });

  const book = (bookingId: string) => store.transaction(({ claims }) => claims.claim(aClaim({ bookingId })));
  /** Bypasses the desk, as a buggy repository or manual SQL would. */
  const bookRaw = (id: string, bookingId: string, startsAtMs = ten, endsAtMs = startsAtMs + hour) =>
    store.raw(
      `insert into claims (id, practice_id, practitioner_id, booking_id, kind, starts_at_ms, ends_at_ms,
        buffer_before_minutes, buffer_after_minutes) values ($1, 'harbour', 'maya', $2, 'session', $3, $4, 0, 0)`,
      [id, bookingId, startsAtMs, endsAtMs],
    );

  test("a session cannot be booked twice, neither by the desk nor by SQL", async () => {
    expect(await book("bk_1")).toBe(true);
    expect(await book("bk_2")).toBe(false);
    await expect(bookRaw("c2", "bk_2")).rejects.toThrow("claims_refuse_overlap");
    await expect(bookRaw("c3", "bk_2", ten + hour - 1)).rejects.toThrow("claims_refuse_overlap");
    await bookRaw("c4", "bk_2", ten + hour);
  });

  test("a claim cannot be moved onto another one, nor to another booking or practitioner", async () => {
    await book("bk_1");
    await bookRaw("c2", "bk_2", ten + hour);
    for (const change of [
      `starts_at_ms = ${ten}`,
      "ends_at_ms = ends_at_ms + 1",
      "booking_id = 'bk_1'",
      "practitioner_id = 'zoe'",
    ]) {
      await expect(store.raw(`update claims set ${change} where id = 'c2'`), change).rejects.toThrow("never moved");
    }
  });

  test("no claim is empty, reversed or longer than a day", async () => {
    await expect(bookRaw("c", "bk", ten, ten)).rejects.toThrow("claims_span");
    await expect(bookRaw("c", "bk", ten, ten - hour)).rejects.toThrow("claims_span");
    await expect(bookRaw("c", "bk", ten, ten + 24 * hour + 1)).rejects.toThrow("claims_span");
    await bookRaw("c", "bk", ten, ten + 24 * hour);
  });

  test("the audit and the credit ledger are append-only", async () => {
    for (const table of ["audit", "credit_entries"]) {
      for (const change of [`update ${table} set actor = 'nobody'`, `delete from ${table}`, `truncate ${table}`]) {
        await expect(store.raw(change), change).rejects.toThrow(`${table} only grows`);
      }
    }
  });

  test("a missing guard is created again when the desk is next opened", async () => {
    await store.raw("alter table claims drop constraint claims_refuse_overlap");
    await store.raw("drop trigger audit_refuse_change on audit");
    await store.reopen();
    expect(await book("bk_1")).toBe(true);
    expect(await book("bk_2")).toBe(false);
    await expect(store.raw("delete from audit")).rejects.toThrow("only grows");
  });

  test("a missing guard is not created over sessions booked twice meanwhile: the desk does not open", async () => {
    await store.raw("alter table claims drop constraint claims_refuse_overlap");
    await bookRaw("c1", "bk_1");
    await bookRaw("c2", "bk_2");
    await expect(store.reopen()).rejects.toThrow("claims_refuse_overlap");
  });

  test.each([
    [
      "claims_refuse_overlap",
      `alter table claims drop constraint claims_refuse_overlap;
      alter table claims add constraint claims_refuse_overlap exclude using gist (booking_id with =, int8range(starts_at_ms, ends_at_ms) with &&)`,
    ],
    ["audit_refuse_change", "alter table audit disable trigger audit_refuse_change"],
    [
      "frontdesk_refuse",
      "create or replace function frontdesk_refuse() returns trigger language plpgsql as 'begin return null; end'",
    ],
  ])("the desk does not open when the guard %s was altered", async (name, altering) => {
    await store.raw(altering);
    const opening = store.reopen();
    await expect(opening).rejects.toMatchObject({ code: "guard-altered", message: expect.stringContaining(name) });
  });

  test("an older desk refuses the books of a newer one", async () => {
    await store.raw("insert into __drizzle_migrations (hash, created_at) values ('of-the-future', 9999999999999)");
    await expect(store.reopen()).rejects.toMatchObject({ code: "schema-newer" });
  });
});

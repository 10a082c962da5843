import { expect, test } from "vitest";
import type { NewOutboxRow } from "../../db/repositories/outbox.ts";
import { retryDead } from "../../src/jobs/retry.ts";
import { openQuay } from "../desk/quay.ts";
import { anOutboxRow } from "../support/records.ts";

const damaged = ["not json", "null", "{}", "[]", '{"to":{"platform":"page"', "7"];
const kinds: readonly Pick<NewOutboxRow, "kind" | "service">[] = [
  { kind: "card", service: "page" },
  { kind: "hint", service: "page-background" },
  { kind: "tab", service: "page-background" },
  { kind: "mail", service: "mail" },
  { kind: "errand", service: "desk" },
];

test.each(kinds)(
  "an outbox row of kind $kind that cannot be read is dead at once, and its lane goes on (R3)",
  async (kind) => {
    const desk = await openQuay();
    const rows = damaged.map((payload, n) => anOutboxRow({ ...kind, id: `bad${n}`, lane: "one lane", payload }));
    await desk.store.transaction(async ({ outbox }) => {
      for (const row of rows) await outbox.add(row);
    });
    await desk.idle();
    expect(await desk.store.read.outbox.counts()).toEqual({ waiting: 0, dead: damaged.length });
    const dead = await desk.store.read.outbox.listDead(10);
    expect(dead.map(({ attempt }) => attempt)).toEqual(damaged.map(() => 1));
  },
);

test("a row of an unknown kind is dead at once (R3)", async () => {
  const desk = await openQuay();
  await desk.store.transaction(({ outbox }) => outbox.add(anOutboxRow({ id: "odd" })));
  desk.store.raw().exec("update outbox set kind = 'telegram' where id = 'odd'");
  await desk.idle();
  expect(await desk.store.read.outbox.listDead(1)).toMatchObject([
    { attempt: 1, lastError: expect.stringContaining("unknown kind") },
  ]);
});

test("retry repeats one dead row by its id, or all of them, in batches", async () => {
  const desk = await openQuay();
  await desk.store.transaction(async ({ outbox }) => {
    for (let n = 0; n < 3; n += 1) await outbox.add(anOutboxRow({ id: `bad${n}`, lane: `lane${n}`, payload: "{" }));
  });
  await desk.idle();
  expect(await retryDead(desk.store, "bad1")).toBe(1);
  expect(await desk.store.read.outbox.counts()).toEqual({ waiting: 1, dead: 2 });
  expect(await retryDead(desk.store)).toBe(2);
  expect(await desk.store.read.outbox.counts()).toEqual({ waiting: 3, dead: 0 });
});

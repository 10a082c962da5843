import { expect, test } from "vitest";
import { readConfig } from "../../src/config.ts";
import { examine } from "../../src/doctor.ts";
import { measureWaiting } from "../../src/jobs/waiting-work.ts";
import { conversationWords } from "../../src/words/conversation.ts";
import { buttonsOn, openQuay, quay, request, wordsOn } from "../desk/quay.ts";
import { expectOwnersOnly, openBusyDesk } from "../support/damage.ts";

/** The columns of JSON, and those of words from a closed set. */
const structured =
  /^(bookings\.(frozen|status)|practices\.(policies|timezone|locale|week_starts_on)|practitioners\.schedule|services\.details|forms\.details|talks\.(card|snapshot|flow|role|version)|locations\.timezone|clients\.timezone|outbox\.(payload|kind|service|state|lane)|outbox_lanes\.service|timers\.(kind|state)|identities\.(timezone|locale)|memberships\.(role|person_id)|claims\.kind)$/;

test("each structured column of each table damaged in turn: nobody is locked out, and others notice nothing (R2)", async () => {
  const desk = await openBusyDesk(quay);
  expect(await expectOwnersOnly(desk, ({ table, column }) => structured.test(`${table}.${column}`))).toBeGreaterThan(
    20,
  );
});

test("the owner of a damaged row reads a sentence, doctor names the row, metrics count it, and mended it is back (R2)", async () => {
  const desk = await openQuay();
  const booking = await request(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "09:00" });
  const raw = desk.store.raw();
  const frozen = raw.prepare("select frozen from bookings").pluck().get();
  const write = (value: unknown) => raw.prepare("update bookings set frozen = ? where id = ?").run(value, booking.id);
  write("{}");
  await desk.say("ana", "my bookings");
  await desk.say("ana", "help");
  expect(wordsOn(desk.newest("ana"))).toContain(conversationWords.unreadable);
  await desk.say("ben", "help");
  expect(wordsOn(desk.newest("ben"))).not.toContain(conversationWords.unreadable);
  const reading = readConfig({});
  if (!reading.ok) throw new Error(reading.mistakes.join());
  const lines = (await examine(reading.config, desk.store, desk.clock)).map(({ line }) => line);
  expect(lines).toContainEqual(expect.stringMatching(/^Unreadable row in bookings: frozen is damaged \(.*id=bk_/));
  expect((await measureWaiting(desk.store, desk.clock)).unreadable).toEqual({ bookings: 1 });
  write(frozen);
  await desk.say("ana", "my bookings");
  expect(buttonsOn(desk.newest("ana")).join()).toContain("Talk");
});

test("a deadline of a booking that cannot be read is kept until the row is mended (R2, R3)", async () => {
  const desk = await openQuay();
  const booking = await request(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "09:00" });
  const raw = desk.store.raw();
  const frozen = raw.prepare("select frozen from bookings").pluck().get();
  const write = (value: unknown) => raw.prepare("update bookings set frozen = ? where id = ?").run(value, booking.id);
  write("null");
  await desk.advance("2026-03-03T08:00:00+00:00");
  expect(await desk.store.read.timers.find(`booking:${booking.id}:respond-by`)).toBeDefined();
  write(frozen);
  await desk.advance("2026-03-03T10:00:00+00:00");
  expect((await desk.store.read.bookings.get("quay", booking.id)).status).toBe("expired");
});

test("an outbox row whose columns cannot be read is dead, and its lane goes on (R2)", async () => {
  const desk = await openQuay();
  const raw = desk.store.raw();
  const add = raw.prepare(
    "insert into outbox (id, practice_id, kind, service, lane, dedupe_key, payload, state, due_at_ms, attempts, queued_at_ms) values (?, '', 'tab', 'page-background', 'l', ?, '{}', 'waiting', 0, 0, ?)",
  );
  add.run("bad", "bad", "not a number");
  add.run("next", "next", 0);
  raw.exec("insert into outbox_lanes (lane, service, due_at_ms) values ('l', 'page-background', 0)");
  await desk.idle();
  const states = raw.prepare("select id, state from outbox where lane = 'l' order by seq").all();
  expect(states).toEqual([
    { id: "bad", state: "dead" },
    { id: "next", state: "dead" },
  ]);
});

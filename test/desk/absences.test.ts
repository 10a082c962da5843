import { describe, expect, test } from "vitest";
import { holdSlot } from "../../src/desk/booking/hold.ts";
import {
  addAbsences,
  listAbsences,
  openAgain,
  removeAbsences,
  withAbsences,
} from "../../src/desk/practice/absences.ts";
import type { TestDesk } from "../support/desk.ts";
import { asClient, asPractitioner, bookingsOf, importAgain, inDesk, openQuay, quay, request, rows } from "./quay.ts";

const tuesday = { from: "2026-03-03T00:00", to: "2026-03-04T00:00" };
/** Tuesday 10:00 in Lisbon. */
const tenMs = Date.parse("2026-03-03T10:00Z");

function hold(desk: TestDesk, startsAtMs: number) {
  const order = { serviceId: "talk", methodKey: "video", startsAtMs };
  return inDesk(desk, (at) => holdSlot(at, asClient("ana"), order));
}

function block(desk: TestDesk, who = "maya", stretch: { from: string; to: string } = tuesday) {
  return inDesk(desk, (at) => addAbsences(at, asPractitioner(who), { stretches: [stretch], kind: "blocked" }));
}

async function kept(desk: TestDesk, who = "maya"): Promise<readonly string[]> {
  const own = await desk.store.read.people.findPractitioner("quay", who);
  if (own === undefined) throw new Error(`no practitioner is called ${who}`);
  return (await listAbsences(desk.store.read, own, desk.clock.now())).map(({ from, to }) => `${from}/${to}`);
}

describe("a practitioner's time off (D10.3)", () => {
  test("a start inside it is refused at the hold, also from an older card", async () => {
    const desk = await openQuay();
    await block(desk);
    expect(await hold(desk, tenMs)).toEqual({ ok: false, refusal: "slot-taken" });
    expect((await hold(desk, tenMs + 86_400_000)).ok).toBe(true);
  });

  test("sessions booked in it stay booked", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", { service: "Talk", day: "Tue 3 Mar", time: "10:00" });
    await block(desk);
    expect((await bookingsOf(desk, "ana")).map(({ id, status }) => [id, status])).toEqual([[booking.id, "requested"]]);
  });

  test("it applies to that practitioner only: a colleague's times stay open", async () => {
    const desk = await openQuay();
    await block(desk, "jonas");
    expect((await hold(desk, tenMs)).ok).toBe(true);
  });

  test("the same time off added twice is stored once", async () => {
    const desk = await openQuay();
    expect(await block(desk)).toHaveLength(1);
    expect(await block(desk)).toEqual([]);
    expect(await kept(desk)).toEqual(["2026-03-03T00:00/2026-03-04T00:00"]);
  });

  test("importing the practice file again keeps it, and the file's schedule stays unchanged", async () => {
    const desk = await openQuay();
    await block(desk);
    await importAgain(desk, quay);
    expect(await kept(desk)).toHaveLength(1);
    expect((await desk.store.read.people.findPractitioner("quay", "maya"))?.schedule.outOfOffice).toEqual([]);
  });

  test("past time off is not listed and blocks nothing", async () => {
    const desk = await openQuay();
    await block(desk);
    await desk.advance("2026-03-09T08:00+00:00");
    expect(await kept(desk)).toEqual([]);
    const people = await desk.store.read.people.listPractitioners("quay");
    expect(await withAbsences(desk.store.read, people, desk.clock.now())).toEqual(people);
  });
});

describe("removing time off", () => {
  test("removed, its times are free", async () => {
    const desk = await openQuay();
    const ids = (await block(desk)) ?? [];
    await inDesk(desk, (at) => removeAbsences(at, asPractitioner("maya"), ids));
    expect((await hold(desk, tenMs)).ok).toBe(true);
  });

  test("of a longer absence only the named part is removed", async () => {
    const desk = await openQuay();
    await block(desk, "maya", { from: "2026-03-03T00:00", to: "2026-03-06T00:00" });
    const cut = [{ from: "2026-03-03T09:00", to: "2026-03-03T12:00" }];
    await inDesk(desk, (at) => openAgain(at, asPractitioner("maya"), cut));
    expect(await kept(desk)).toEqual(["2026-03-03T00:00/2026-03-03T09:00", "2026-03-03T12:00/2026-03-06T00:00"]);
    expect((await hold(desk, tenMs)).ok).toBe(true);
    expect((await hold(desk, tenMs + 86_400_000)).ok).toBe(false);
  });

  test("a practitioner cannot remove a colleague's, and a client has none (D7.4)", async () => {
    const desk = await openQuay();
    const ids = (await block(desk)) ?? [];
    await inDesk(desk, (at) => removeAbsences(at, asPractitioner("jonas"), ids));
    await inDesk(desk, (at) => openAgain(at, asPractitioner("jonas"), [tuesday]));
    await inDesk(desk, (at) => removeAbsences(at, asClient("ana"), ids));
    const order = { stretches: [tuesday], kind: "blocked" } as const;
    expect(await inDesk(desk, (at) => addAbsences(at, asClient("ana"), order))).toBeUndefined();
    expect(await kept(desk)).toHaveLength(1);
  });

  test("the audit records who added and removed it", async () => {
    const desk = await openQuay();
    const ids = (await block(desk)) ?? [];
    await inDesk(desk, (at) => removeAbsences(at, asPractitioner("maya"), ids));
    const noted = rows(desk, "audit").filter(({ action }) => String(action).startsWith("absence."));
    expect(noted.map(({ actor, action }) => `${actor} ${action}`)).toEqual([
      "practitioner:maya absence.added",
      "practitioner:maya absence.removed",
    ]);
  });
});

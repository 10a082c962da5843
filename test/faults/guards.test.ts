import { describe, expect, test } from "vitest";
import { crowdedPractice } from "../support/crowd.ts";
import { freePort, startDesk, startFailingDesk } from "../support/desk-process.ts";
import { openSharedBooks, type Way, ways } from "../support/shared-books.ts";
import { dropGuard, raceDesigns, raceForTimes } from "../support/slot-race.ts";

const start = "2026-03-02T08:00:00Z";
const evenings = ["2026-03-02T21:30:00Z", "2026-03-03T21:30:00Z", "2026-03-04T21:30:00Z", "2026-03-05T21:30:00Z"];

/** Ways in which manual changes in the database could weaken each guard. */
const softened: Readonly<
  Record<Way, readonly { readonly name: string; readonly how: string; readonly sql: string }[]>
> = {
  SQLite: [
    {
      name: "claims_refuse_overlap",
      how: "refuses nothing",
      sql: `drop trigger claims_refuse_overlap;
          create trigger claims_refuse_overlap before insert on claims begin select 1; end`,
    },
    {
      name: "claims_refuse_move",
      how: "never acts",
      sql: `drop trigger claims_refuse_move;
          create trigger claims_refuse_move before update on claims when false begin select 1; end`,
    },
  ],
  "PostgreSQL, two desks": [
    {
      name: "claims_refuse_overlap",
      how: "looks at every second only",
      sql: `alter table claims drop constraint claims_refuse_overlap;
          alter table claims add constraint claims_refuse_overlap exclude using gist (practice_id with =,
            practitioner_id with =, booking_id with <>, int8range(starts_at_ms, starts_at_ms + 1) with &&)`,
    },
    {
      name: "claims_refuse_overlap",
      how: "leaves out what was asked for",
      sql: `alter table claims drop constraint claims_refuse_overlap;
          alter table claims add constraint claims_refuse_overlap exclude using gist (practice_id with =,
            practitioner_id with =, booking_id with <>, int8range(starts_at_ms, ends_at_ms) with &&)
            where (kind = 'session')`,
    },
    {
      name: "claims_refuse_move",
      how: "sleeps",
      sql: "alter table claims disable trigger claims_refuse_move",
    },
  ],
};

/** A query that tells whether the overlap guard exists. */
const findGuard: Readonly<Record<Way, string>> = {
  SQLite: "select 1 from sqlite_master where name = 'claims_refuse_overlap'",
  "PostgreSQL, two desks": "select 1 from pg_constraint where conname = 'claims_refuse_overlap'",
};

const openBooks = (way: Way) =>
  openSharedBooks(way, [crowdedPractice({ clients: 1, practitioners: 1 })], Date.parse(start));

describe.each(ways)("on %s", (way) => {
  test.each(raceDesigns)(
    "fault 3: eight clients whose holds have expired confirm the same time at once, guarded by $guards",
    async (design) => {
      const { booked, overlaps } = await raceForTimes(way, design, { clients: 8, evenings });
      process.stdout.write(`${way}, guarded by ${design.guards}: ${booked} booked, ${overlaps.length} overlaps\n`);
      if (design.mayOverlap) expect(overlaps.length).toBeGreaterThan(0);
      else expect({ booked, overlaps }).toEqual({ booked: evenings.length, overlaps: [] });
    },
  );

  test.each(softened[way])(
    "fault 3: the desk refuses to open on books whose guard $name $how, and reports it",
    async ({ name, sql }) => {
      const { url, alter } = await openBooks(way);
      await alter(sql);
      const { code, output } = await startFailingDesk({ url, port: await freePort() }, { clock: start });
      expect(code).toBe(1);
      expect(output).toMatch(
        new RegExp(`The guard "${name}" of the books reads differently .*The desk does not open\\.`),
      );
      expect(output).not.toContain("Frontdesk is open");
    },
  );

  test("fault 3: a missing guard is created again before anything is served", async () => {
    const { url, alter, ask } = await openBooks(way);
    await alter(dropGuard[way]);
    expect(await ask(findGuard[way])).toHaveLength(0);
    const ports = way === "SQLite" ? [await freePort()] : [await freePort(), await freePort()];
    const desks = await Promise.all(ports.map((port) => startDesk({ url, port }, { clock: start })));
    expect(await ask(findGuard[way])).toHaveLength(1);
    for (const desk of desks) expect(await desk.stop()).toBe(0);
  });
});

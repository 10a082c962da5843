import { expect, test } from "vitest";
import { crowdedPractice } from "../support/crowd.ts";
import { fillBooks, look, testFolder } from "../support/desk-files.ts";
import { freePort, startDesk, startInVain } from "../support/desk-process.ts";
import { raceDesigns, raceForTimes } from "../support/slot-race.ts";

const start = "2026-03-02T08:00:00Z";
const evenings = ["2026-03-02T21:30:00Z", "2026-03-03T21:30:00Z", "2026-03-04T21:30:00Z", "2026-03-05T21:30:00Z"];

test.each(raceDesigns)(
  "fault 3: eight clients whose holds have lapsed confirm the same time at once, guarded by $guards",
  async (design) => {
    const { booked, overlaps } = await raceForTimes(design, { clients: 8, evenings });
    process.stdout.write(`guarded by ${design.guards}: ${booked} booked, ${overlaps.length} overlaps\n`);
    if (design.mayOverlap) expect(overlaps.length).toBeGreaterThan(evenings.length);
    else expect({ booked, overlaps }).toEqual({ booked: evenings.length, overlaps: [] });
  },
);

test.each([
  ["claims_refuse_overlap", "create trigger claims_refuse_overlap before insert on claims begin select 1; end"],
  ["claims_refuse_move", "create trigger claims_refuse_move before update on claims when false begin select 1; end"],
])("fault 3: the desk refuses to open on books whose guard %s was altered, and says so", async (name, altered) => {
  const site = { file: `${testFolder()}/desk.db`, port: await freePort() };
  await fillBooks(site.file, [crowdedPractice({ clients: 1, practitioners: 1 })], Date.parse(start));
  look(site.file, (books) => books.exec(`drop trigger ${name}; ${altered}`));
  const { code, output } = await startInVain(site, { clock: start });
  expect(code).toBe(1);
  expect(output).toMatch(new RegExp(`The guard "${name}" of the books reads differently .*The desk does not open\\.`));
  expect(output).not.toContain("Frontdesk is open");
});

test("fault 3: a guard that is missing is made again before anything is served", async () => {
  const site = { file: `${testFolder()}/desk.db`, port: await freePort() };
  await fillBooks(site.file, [crowdedPractice({ clients: 1, practitioners: 1 })], Date.parse(start));
  look(site.file, (books) => books.exec("drop trigger claims_refuse_overlap"));
  const desk = await startDesk(site, { clock: start });
  const guards = look(site.file, (books) =>
    books.prepare("select count(*) from sqlite_master where name = 'claims_refuse_overlap'").pluck().get(),
  );
  expect(guards).toBe(1);
  expect(await desk.stop()).toBe(0);
});

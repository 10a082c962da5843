import { describe, expect, test } from "vitest";
import { addAbsences, listAbsences, openAgain, removeAbsences } from "../../src/desk/practice/absences.ts";
import type { TestDesk } from "../support/desk.ts";
import { asPractitioner, buttonsOn, importAgain, inDesk, openQuay, quay, rows, titleOf, wordsOn } from "./quay.ts";

/** Maya is an admin of the practice; Jonas works in Berlin. */
const led = quay
  .replace("{ id: maya, name: Maya Lee,", "{ id: maya, admin: true, name: Maya Lee,")
  .replace("email: jonas@quay.example, timezone: Europe/Lisbon", "email: jonas@quay.example, timezone: Europe/Berlin");
const tuesday = { from: "2026-03-03T00:00", to: "2026-03-04T00:00" };

async function kept(desk: TestDesk, who: string): Promise<readonly string[]> {
  const own = await desk.store.read.people.findPractitioner("quay", who);
  if (own === undefined) throw new Error(`no practitioner is called ${who}`);
  return (await listAbsences(desk.store.read, own, desk.clock.now())).map(({ from, to }) => `${from}/${to}`);
}

describe("changing a colleague's hours is an admin's right (D7.4)", () => {
  test("“block Jonas Friday morning” shows whose time it is and in which zone, blocks it, and notifies him", async () => {
    const desk = await openQuay({ practice: led });
    await desk.say("maya", "block Jonas Friday from 9 to 12");
    expect(titleOf(desk, "maya")).toBe("Block this time?");
    expect(wordsOn(desk.newest("maya"))).toContain("Practitioner: Jonas Weber");
    expect(wordsOn(desk.newest("maya"))).toContain("When: Fri 6 Mar, 09:00–12:00 (Berlin)");
    await desk.say("maya", "yes");
    expect(await kept(desk, "jonas")).toEqual(["2026-03-06T09:00/2026-03-06T12:00"]);
    expect(await kept(desk, "maya")).toEqual([]);
    expect(titleOf(desk, "jonas")).toBe("Maya Lee blocked some of your time");
    expect(wordsOn(desk.newest("jonas"))).toContain("Fri 6 Mar, 09:00–12:00");
    await desk.press("maya", "Undo");
    expect(await kept(desk, "jonas")).toEqual([]);
    expect(titleOf(desk, "jonas")).toBe("Maya Lee reopened some of your time");
    expect(rows(desk, "audit").map(({ actor, action }) => `${actor} ${action}`)).toContain(
      "practitioner:maya absence.removed",
    );
  });

  test("other wordings work: he is sick, off, his time off, and open again", async () => {
    const desk = await openQuay({ practice: led });
    await desk.say("maya", "Jonas is sick today");
    expect(wordsOn(desk.newest("maya"))).toContain("Practitioner: Jonas Weber");
    await desk.press("maya", "Leave as it is");
    await desk.say("maya", "Jonas is off 3-10 August");
    expect(wordsOn(desk.newest("maya"))).toContain("Mon 3 Aug to Mon 10 Aug");
    await desk.press("maya", "Leave as it is");
    await desk.say("maya", "block Jonas on Friday");
    await desk.say("maya", "yes");
    await desk.say("maya", "Jonas' time off");
    expect(titleOf(desk, "maya")).toBe("Time off: Jonas Weber");
    expect(buttonsOn(desk.newest("maya"))).toContain("Fri 6 Mar, all day");
    await desk.say("maya", "unblock Jonas Friday");
    await desk.say("maya", "yes");
    expect(await kept(desk, "jonas")).toEqual([]);
  });

  test("a practitioner without admin rights is refused, and no one's hours change, not even their own", async () => {
    const desk = await openQuay({ practice: led });
    await desk.say("jonas", "block Maya Friday afternoon");
    expect(titleOf(desk, "jonas")).toBe("Nothing was changed");
    expect(wordsOn(desk.newest("jonas"))).toContain("an admin of the practice");
    expect([...(await kept(desk, "maya")), ...(await kept(desk, "jonas"))]).toEqual([]);
  });

  test("a title alone is not a name", async () => {
    const desk = await openQuay({ practice: led.replace("name: Maya Lee", "name: Dr Maya Lee") });
    await desk.say("jonas", "block Friday from 9 to 12 for a dr appointment");
    expect(titleOf(desk, "jonas")).toBe("Block this time?");
    expect(wordsOn(desk.newest("jonas"))).not.toContain("Practitioner:");
  });

  test("one's own name means one's own time", async () => {
    const desk = await openQuay({ practice: led });
    await desk.say("jonas", "block Jonas Friday from 9 to 12");
    await desk.say("jonas", "yes");
    expect(await kept(desk, "jonas")).toEqual(["2026-03-06T09:00/2026-03-06T12:00"]);
  });

  test("a person who is no longer an admin when pressing the card changes nothing", async () => {
    const desk = await openQuay({ practice: led });
    await desk.say("maya", "block Jonas on Friday");
    await importAgain(desk, led.replace("admin: true, ", ""));
    await desk.press("maya", "Block this time");
    expect(titleOf(desk, "maya")).toBe("Nothing was changed");
    expect([...(await kept(desk, "maya")), ...(await kept(desk, "jonas"))]).toEqual([]);
  });

  test("the desk checks the right again, whatever the card says", async () => {
    const desk = await openQuay({ practice: led });
    const admin = asPractitioner("maya", { admin: true });
    const elsewhere = asPractitioner("maya", { admin: true, practiceId: "dune" });
    const order = { stretches: [tuesday], kind: "blocked", practitionerId: "jonas" } as const;
    expect(await inDesk(desk, (at) => addAbsences(at, asPractitioner("maya"), order))).toBeUndefined();
    expect(await inDesk(desk, (at) => addAbsences(at, elsewhere, order))).toBeUndefined();
    const ids = (await inDesk(desk, (at) => addAbsences(at, admin, order))) ?? [];
    expect(ids).toHaveLength(1);
    await inDesk(desk, (at) => removeAbsences(at, asPractitioner("maya"), ids, "jonas"));
    await inDesk(desk, (at) => openAgain(at, asPractitioner("maya"), [tuesday], "jonas"));
    expect(await kept(desk, "jonas")).toHaveLength(1);
    // He is notified of what was done, and of nothing else.
    await desk.idle();
    const told = desk.chat("jonas").length;
    await inDesk(desk, (at) => openAgain(at, admin, [{ from: "2026-04-01T00:00", to: "2026-04-02T00:00" }], "jonas"));
    await inDesk(desk, (at) => removeAbsences(at, admin, ["ab_none"], "jonas"));
    expect(await inDesk(desk, (at) => addAbsences(at, admin, order))).toEqual([]);
    await desk.say("maya", "home");
    expect(desk.chat("jonas")).toHaveLength(told);
    await inDesk(desk, (at) => openAgain(at, admin, [tuesday], "jonas"));
    await desk.say("maya", "home");
    expect(titleOf(desk, "jonas")).toBe("Maya Lee reopened some of your time");
  });
});

import { expect, test } from "vitest";
import { bookWords } from "../../src/words/book.ts";
import { toTimes } from "../support/booking-steps.ts";
import { violationsAtRest, violationsIn } from "../support/books-check.ts";
import { frozenClock, instant } from "../support/clock.ts";
import { crowdedPractice } from "../support/crowd.ts";
import { importYaml } from "../support/desk-files.ts";
import { deskOver } from "../support/desk-over.ts";
import { eventsOn } from "../support/page-person.ts";
import { raceDesigns, raceForTimes } from "../support/slot-race.ts";
import { openTestStore } from "../support/store.ts";

const monday = "2026-03-02T08:00:00Z";

test.each(raceDesigns)(
  "fault 3: three clients whose holds have expired confirm the same time at once, guarded by $guards",
  async (design) => {
    const evenings = ["2026-03-02T21:30:00Z", "2026-03-03T21:30:00Z"];
    const { booked, overlaps } = await raceForTimes("SQLite", design, { clients: 3, evenings });
    if (design.mayOverlap) expect(overlaps.length).toBeGreaterThan(0);
    else expect({ booked, overlaps }).toEqual({ booked: evenings.length, overlaps: [] });
  },
);

test("fault 4: two clients choose the same time in the same millisecond: one holds it, the other is offered the three nearest", async () => {
  const store = await openTestStore();
  await importYaml(store, crowdedPractice({ clients: 2, practitioners: 1 }), instant(monday));
  const desk = deskOver(store, frozenClock(monday));
  const offered = [
    { user: "c1", times: await toTimes(desk, "c1", { service: "talk" }) },
    { user: "c2", times: await toTimes(desk, "c2", { service: "talk" }) },
  ];
  const answers = await Promise.all(
    offered.map(({ user, times }) => desk.press(user, times, eventsOn(times, "slot.chosen")[0] ?? { type: "none" })),
  );
  expect(answers.map(({ card }) => card?.title).sort()).toEqual([bookWords.reviewTitle, bookWords.taken].sort());
  const loser = answers.find(({ card }) => card?.title === bookWords.taken);
  expect(eventsOn(loser ?? {}, "slot.chosen")).toHaveLength(3);
  await desk.idle();
  expect([...violationsIn(store.raw()), ...violationsAtRest(store.raw())]).toEqual([]);
});

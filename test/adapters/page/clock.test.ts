import { expect, test } from "vitest";
import { instant } from "../../support/clock.ts";
import { listen } from "./listen.ts";
import { openTestPage } from "./test-page.ts";

const monday = instant("2026-03-02T08:00:00Z");
const minute = 60_000;

test("the clock returns the desk's time and the minutes until the next timer is due", async () => {
  let dueAtMs: number | undefined;
  const { address } = await openTestPage({ nextDueAtMs: async () => dueAtMs });
  const told = async () => (await fetch(`${address}/page/clock`)).json();
  expect(await told()).toEqual({ nowMs: monday });
  dueAtMs = monday + 90.5 * minute;
  expect(await told()).toEqual({ nowMs: monday, nextInMinutes: 91 });
});

test.each([
  ["overdue", -5 * minute, 1],
  ["due now", 0, 1],
  ["due on the minute", 15 * minute, 15],
  ["due beyond the longest step", 90 * 24 * 60 * minute, 60 * 24 * 60],
])("the time until the next timer is always a valid step: %s", async (_what, inMs, minutes) => {
  const { address, post } = await openTestPage({ nextDueAtMs: async () => monday + inMs });
  expect(await (await fetch(`${address}/page/clock`)).json()).toMatchObject({ nextInMinutes: minutes });
  expect((await post("/page/clock", { minutes })).status).toBe(200);
});

test("a step moves the desk's time at once and notifies every window", async () => {
  const { address, post, clock } = await openTestPage();
  const heard = await listen(`${address}/page/events?client=ana&practitioner=maya`);
  const heardByBen = await listen(`${address}/page/events?client=ben&practitioner=jonas`);
  const answer = await post("/page/clock", { minutes: 1440 });
  expect(await answer.json()).toEqual({ nowMs: instant("2026-03-03T08:00:00Z") });
  expect(clock.now()).toBe(instant("2026-03-03T08:00:00Z"));
  const told = [{ event: "clock", data: { nowMs: instant("2026-03-03T08:00:00Z") } }];
  await expect.poll(() => heard).toEqual(told);
  await expect.poll(() => heardByBen).toEqual(told);
});

test.each([{ minutes: 0 }, { minutes: -60 }, { minutes: 1.5 }, { minutes: 86_401 }, { minutes: "60" }, {}, []])(
  "%j is not a valid step and leaves the time unchanged",
  async (body) => {
    const { post, clock } = await openTestPage();
    const answer = await post("/page/clock", body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: "This request could not be read." });
    expect(clock.now()).toBe(monday);
  },
);

test("a page of another origin cannot move the clock", async () => {
  const { post, clock } = await openTestPage();
  expect((await post("/page/clock", { minutes: 60 }, { origin: "https://evil.example" })).status).toBe(404);
  expect(clock.now()).toBe(monday);
});

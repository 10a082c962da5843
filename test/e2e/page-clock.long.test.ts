import { expect, test } from "vitest";
import { instant } from "../support/clock.ts";
import { focused, openWindow, visit } from "./page-window.ts";

const inLisbon = { timezoneId: "Europe/Lisbon" };

test("the header shows the desk's time in the browser's zone and names the zone", async () => {
  const { clock } = await openWindow({ timezoneId: "America/New_York" });
  await clock.getByText("Mon 2 Mar, 03:00").waitFor();
  await clock.getByText("(New York)").waitFor();
  await clock.getByText("Move the clock forward to see reminders, nudges and expiry.").waitFor();
});

test("a button advances the desk's clock in every window and keeps the focus", async () => {
  const { desk, clock, window } = await openWindow(inLisbon);
  const { clock: other } = await visit(desk.address, inLisbon);
  await other.getByText("Mon 2 Mar, 08:00").waitFor();
  await clock.getByRole("button", { name: "+1 hour" }).click();
  await clock.getByText("Mon 2 Mar, 09:00", { exact: true }).waitFor();
  await clock.getByRole("button", { name: "+1 day" }).press("Enter");
  await clock.getByRole("status").getByText("It is now Tue 3 Mar, 09:00.").waitFor();
  await other.getByText("Tue 3 Mar, 09:00", { exact: true }).waitFor();
  expect(await focused(window)).toBe("BUTTON +1 day");
  expect(desk.clock.now()).toBe(instant("2026-03-03T09:00:00Z"));
});

test("“Skip to next event” moves the clock there, or says that there is none", async () => {
  let dueAtMs: number | undefined;
  const { clock } = await openWindow({ ...inLisbon, page: { nextDueAtMs: async () => dueAtMs } });
  const next = clock.getByRole("button", { name: "Skip to next event" });
  await next.click();
  await clock.getByText("No event is scheduled. Request a session, then try again.").waitFor();
  dueAtMs = instant("2026-03-02T20:00:00Z");
  await next.click();
  await clock.getByText("Mon 2 Mar, 20:00", { exact: true }).waitFor();
});

test("on a phone the clock buttons are behind a toggle, and nothing is cut off", async () => {
  const { clock, window } = await openWindow({ ...inLisbon, viewport: { width: 380, height: 780 } });
  await clock.getByText("Mon 2 Mar, 08:00").waitFor();
  const hour = clock.getByRole("button", { name: "+1 hour" });
  expect(await hour.count()).toBe(0);
  const opener = clock.getByRole("button", { name: "Move the clock" });
  await opener.press("Enter");
  expect(await opener.getAttribute("aria-expanded")).toBe("true");
  await hour.click();
  await clock.getByText("Mon 2 Mar, 09:00", { exact: true }).waitFor();
  expect(await window.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
});

test("every message shows its time, once per minute, with the date where it changes", async () => {
  const { desk, client } = await openWindow(inLisbon);
  const say = async (id: string) => desk.send({ summary: id, title: id, parts: [] }, { outboxId: id });
  await say("ob_1");
  await say("ob_2");
  desk.clock.set("2026-03-02T09:30:00Z");
  await say("ob_3");
  desk.clock.set("2026-03-03T07:05:00Z");
  await say("ob_4");
  await client.getByRole("heading", { name: "ob_4" }).waitFor();
  expect(await client.getByRole("log").locator("time").allTextContents()).toEqual([
    "Mon 2 Mar, 08:00",
    "08:00",
    "09:30",
    "Tue 3 Mar, 07:05",
  ]);
  // Within the same minute the message head is for screen readers only.
  const follows = await client
    .getByRole("log")
    .locator(".author")
    .evaluateAll((all) => all.map((head) => head.closest(".message")?.getAttribute("data-follows")));
  expect(follows).toEqual(["no", "closely", "later", "later"]);
});

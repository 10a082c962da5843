import { expect, onTestFinished, test } from "vitest";
import { openDemoDesk } from "../support/demo-desk.ts";
import { findings, visit } from "./page-window.ts";

const inLisbon = { timezoneId: "Europe/Lisbon", reducedMotion: "reduce" } as const;

/** The address of the demo, at eight on a Monday morning in Lisbon. */
async function openDemo(): Promise<string> {
  const desk = await openDemoDesk("2026-03-02T08:00:00Z");
  onTestFinished(desk.close);
  return desk.address;
}

test("the demo opens with an open request, past and future sessions, and suggested messages that match", async () => {
  const { client, practitioner, mail } = await visit(await openDemo(), inLisbon);
  const request = practitioner.getByRole("article").filter({ hasText: "A session request" });
  await request.getByText("Ben Okoro").waitFor();
  await practitioner.getByRole("button", { name: "confirm Ben" }).waitFor();
  // No message is sent about past sessions.
  await mail.getByText(/^No mail yet/).waitFor();
  await client.getByText(/^Follow-up, (Fri|Mon) \d+ Mar, \d\d:\d\d \(Lisbon\)$/).waitFor();
  const lines = client.getByRole("group", { name: "Try typing" });
  await lines.getByRole("button", { name: "book a follow-up with Maya next Wednesday at 3" }).waitFor();
  await lines.getByRole("button", { name: "my bookings" }).click();
  await client.getByRole("heading", { name: "Upcoming sessions" }).waitFor();

  await request.getByRole("button", { name: "Confirm", exact: true }).click();
  await mail.getByRole("button", { name: /^Confirmed: Follow-up/ }).waitFor();
  await expect.poll(() => practitioner.getByRole("button", { name: "confirm Ben" }).count()).toBe(0);
});

test("moving the clock shows a deadline: a nudge, then the request expires and Ben is notified by mail", async () => {
  const { practitioner, mail, clock } = await visit(await openDemo(), inLisbon);
  await practitioner.getByRole("button", { name: "Confirm", exact: true }).waitFor();
  const next = clock.getByRole("button", { name: "Skip to next event" });
  await next.click();
  await mail.getByRole("button", { name: "A request is waiting" }).waitFor();
  await clock.getByText("Mon 2 Mar, 08:15", { exact: true }).waitFor();
  await clock.getByRole("button", { name: "+1 day" }).click();
  await practitioner.getByRole("heading", { name: "Not answered in time" }).waitFor();
  await mail.getByRole("button", { name: "No answer in time: Follow-up" }).waitFor();
});

test.each(["light", "dark"] as const)("axe-core finds nothing on the demo, on every view, %s", async (colorScheme) => {
  const { practitioner, mail, clock, window } = await visit(await openDemo(), { ...inLisbon, colorScheme });
  await practitioner.getByRole("button", { name: "Confirm", exact: true }).waitFor();
  await clock.getByRole("button", { name: "+1 day" }).click();
  await practitioner.getByText(/^\d new$/).waitFor();
  await mail.getByText(/^\d new$/).waitFor();
  expect(await findings(window)).toEqual([]);
  await window.setViewportSize({ width: 380, height: 780 });
  await clock.getByRole("button", { name: "Move the clock" }).click();
  for (const name of ["Practitioner", "Mail", "Client"]) {
    const link = window.getByRole("navigation", { name: "Views" }).getByRole("link", { name });
    await link.click();
    await expect.poll(() => link.getAttribute("aria-current")).toBe("true");
    expect(await findings(window)).toEqual([]);
  }
});

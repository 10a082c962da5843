import { expect, test } from "vitest";
import { openWindow } from "../support/desk-window.ts";
import { startDesk } from "../support/running-desk.ts";
import { requestFirstVisit } from "./request-first-visit.ts";

/** Requested now for Wednesday 10:00; the deadline is Tuesday 08:00 (D4.1). */
const monday = "2026-03-02T08:00:00Z";

test("killed between request and confirmation and restarted, the desk shows the same chat and continues", async () => {
  const desk = await startDesk({ clock: monday });
  const { client, practitioner, mail, page } = await openWindow(desk, { as: "Ana Alves" });
  await requestFirstVisit(client, "Ana Alves", { day: "Wed 4 Mar", time: "10:00" });
  await practitioner.card("A session request").waitFor();
  await mail.getByRole("button", { name: /^Request received/ }).waitFor();
  const before = await client.log.innerText();

  await desk.kill();
  await page.getByText("Connection lost, trying again…").waitFor();
  await desk.start("2026-03-02T08:05:00Z");
  await page.reload();
  await client.card("Waiting for an answer").waitFor();
  expect(await client.log.innerText()).toBe(before);

  await practitioner.press("A session request", "Confirm");
  await client
    .card("Your session is confirmed")
    .getByText("Wednesday 4 March 2026, 10:00–11:00 (Lisbon)", { exact: true })
    .waitFor();
  await mail.getByRole("button", { name: /^Confirmed/ }).waitFor();
  expect(desk.rows("bookings")).toMatchObject([{ status: "confirmed" }]);
  expect(await mail.getByRole("listitem").count()).toBe(2);
});

test("an unanswered request reminds Maya at 50 % and at 85 % of the time, Ana sees that, and it expires at the deadline", async () => {
  const desk = await startDesk({ clock: monday });
  const { client, practitioner, mail } = await openWindow(desk, { as: "Ana Alves" });
  await requestFirstVisit(client, "Ana Alves", { day: "Wed 4 Mar", time: "10:00" });
  const reminders = practitioner.log.getByText("A reminder: this request is still waiting for you.");
  const again = async (clock: string) => {
    await desk.stop();
    await desk.start(clock);
  };

  await again("2026-03-02T20:01:00Z");
  await reminders.waitFor();
  expect(await reminders.count()).toBe(1);
  await mail
    .getByRole("button", { name: /^A request is waiting: Wed 4 Mar, 10:00.* To maya@harbour\.example$/ })
    .waitFor();
  expect(await client.log.getByText("Still waiting").count()).toBe(0);

  await again("2026-03-03T04:25:00Z");
  await client.log.getByText("Still waiting. We have reminded Dr Maya Lee.").waitFor();
  await expect.poll(() => reminders.count()).toBe(2);
  // Of three messages about one request only the newest accepts a decision.
  expect(await practitioner.log.getByRole("button", { name: "Confirm", exact: true }).count()).toBe(1);

  await again("2026-03-03T08:00:00Z");
  const expired = client.card("Your request was not answered in time");
  const fresh = expired.getByRole("group", { name: "These times are free:" }).getByRole("button");
  await expect
    .poll(() => fresh.allTextContents())
    .toEqual(["Wed 4 Mar, 09:30", "Wed 4 Mar, 10:00", "Wed 4 Mar, 10:30"]);
  await practitioner.card("Not answered in time").waitFor();
  expect(await practitioner.log.getByRole("button", { name: "Confirm", exact: true }).count()).toBe(0);
  await mail.getByRole("button", { name: /^No answer in time: First visit, Wed 4 Mar, 10:00/ }).waitFor();

  await fresh.filter({ hasText: "10:00" }).click();
  await client.press("Please check everything", "Confirm & book");
  await client
    .card("Waiting for an answer")
    .getByText("Wednesday 4 March 2026, 10:00–11:00 (Lisbon)", { exact: true })
    .waitFor();
});

import { expect, test } from "vitest";
import { openWindow } from "../support/desk-window.ts";
import { startDesk } from "../support/running-desk.ts";
import { downloadInvitation } from "./invitation.ts";
import { requestFirstVisit } from "./request-first-visit.ts";

const monday = "2026-03-02T08:00:00Z";
/** The default of most people; the other journeys run with reduced motion. */
const moving = { reducedMotion: "no-preference" } as const;

test("Ana requests a session by buttons, Maya confirms it, and Ana sees the time in chat and in her mail (D0.5, D0.6)", async () => {
  const desk = await startDesk({ clock: monday });
  const { client, practitioner, mail, page } = await openWindow(desk, { ...moving, as: "Ana Alves" });
  await requestFirstVisit(client, "Ana Alves", { day: "Wed 4 Mar", time: "10:00" });
  await client
    .card("Waiting for an answer")
    .getByText("Dr Maya Lee will answer by Tue 3 Mar, 08:00 (Lisbon).")
    .waitFor();

  const request = practitioner.card("A session request");
  await request.getByText("Wednesday 4 March 2026, 10:00–11:00 (Lisbon)").waitFor();
  await practitioner.press("A session request", "Confirm");
  await practitioner.card("Confirmed").getByText("Ana Alves has been told").waitFor();
  expect(await practitioner.log.getByRole("button", { name: "Confirm", exact: true }).count()).toBe(0);

  const confirmed = client.card("Your session is confirmed");
  await confirmed.getByText("Wednesday 4 March 2026, 10:00–11:00 (Lisbon)", { exact: true }).waitFor();
  await confirmed.getByText("You can cancel freely until Tue 3 Mar, 10:00 (Lisbon).").waitFor();
  const joinUrl = await confirmed.getByRole("link", { name: "Join" }).getAttribute("href");
  expect(joinUrl).toMatch(/^https:\/\/meet\.harbour\.example\/[\w-]{22}$/);
  expect(await client.log.getByRole("button", { name: "Withdraw request" }).count()).toBe(0);

  await mail.getByRole("button", { name: "Request received: First visit, Wed 4 Mar, 10:00" }).waitFor();
  await mail.getByRole("button", { name: "Confirmed: First visit, Wed 4 Mar, 10:00" }).click();
  await mail.getByText("Hello Ana Alves,").filter({ visible: true }).waitFor();
  const { calendar, event } = await downloadInvitation(page, mail);
  const [booking] = desk.rows("bookings");
  expect(calendar.getFirstPropertyValue("method")).toBe("REQUEST");
  expect(event.uid).toBe(`${booking?.id}@localhost.localdomain`);
  expect(event.sequence).toBe(0);
  expect(event.summary).toBe("First visit with Dr Maya Lee");
  expect(event.description).toContain(joinUrl);
  expect(event.startDate.toJSDate().toISOString()).toBe("2026-03-04T10:00:00.000Z");
  expect(event.endDate.toJSDate().toISOString()).toBe("2026-03-04T11:00:00.000Z");
});

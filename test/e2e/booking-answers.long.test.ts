import { expect, test } from "vitest";
import { openWindow } from "../support/desk-window.ts";
import { startDesk } from "../support/running-desk.ts";
import { downloadInvitation } from "./invitation.ts";
import { requestFirstVisit } from "./request-first-visit.ts";

const monday = "2026-03-02T08:00:00Z";
/** The default of most people; most journeys run with reduced motion. */
const moving = { reducedMotion: "no-preference" } as const;

test("times are shown in both zones where client and practitioner live apart, in the week when only New York has changed its clocks (D7.6, case 3)", async () => {
  const desk = await startDesk({ clock: monday });
  const { client, practitioner, mail, page } = await openWindow(desk, { ...moving, as: "Ben Okoro" });
  await client.press("Hello Ben Okoro", "Request a session");
  await client.press("What would you like to book?", "Follow-up");
  await client.press("How would you like to meet?", "Phone");
  await client.press("With whom?", "Dr Maya Lee");
  await client
    .card("When suits you?")
    .getByText("Times are in New York time. The first of them is 09:00 in Lisbon.")
    .waitFor();
  await client.press("When suits you?", "Later days");
  await client.showDay("Tue 10 Mar");
  await client.press("When suits you?", "10:00");
  await client.press("Please check everything", "Confirm & book");

  const request = practitioner.card("A session request");
  await request.getByText("Tuesday 10 March 2026, 14:00–14:50 (Lisbon) · 10:00–10:50 (New York)").waitFor();
  await practitioner.press("A session request", "Confirm");
  const confirmed = client.card("Your session is confirmed");
  await confirmed.getByText("Tuesday 10 March 2026, 10:00–10:50 (New York) · 14:00–14:50 (Lisbon)").waitFor();

  await mail.getByRole("button", { name: "Confirmed: Follow-up, Tue 10 Mar, 10:00" }).click();
  await mail
    .getByText("When: Tuesday 10 March 2026, 10:00–10:50 (New York) · 14:00–14:50 (Lisbon)")
    .filter({ visible: true })
    .waitFor();
  const { event } = await downloadInvitation(page, mail);
  expect(event.startDate.toJSDate().toISOString()).toBe("2026-03-10T14:00:00.000Z");
});

test("Maya declines with a reason: Ana sees it with three other times that do not overlap the declined one, and requests one", async () => {
  const desk = await startDesk({ clock: monday });
  const { client, practitioner, mail } = await openWindow(desk, { ...moving, as: "Ana Alves" });
  await requestFirstVisit(client, "Ana Alves", { day: "Wed 4 Mar", time: "10:00" });
  await practitioner.press("A session request", "Decline");
  const asking = practitioner.card("Decline Ana Alves's request?");
  await asking.getByLabel("Reason (optional)").fill("I am at a conference that morning.");
  await asking.getByRole("button", { name: "Decline", exact: true }).click();
  await practitioner.card("Declined").getByText("Ana Alves has been told").waitFor();

  const declined = client.card("This time is not possible");
  await declined.getByText("Dr Maya Lee writes: I am at a conference that morning.").waitFor();
  const others = declined.getByRole("group", { name: "These times are free:" }).getByRole("button");
  await expect
    .poll(() => others.allTextContents())
    .toEqual(["Wed 4 Mar, 09:00", "Wed 4 Mar, 11:00", "Wed 4 Mar, 11:30"]);
  await mail.getByRole("button", { name: "Not possible: First visit, Wed 4 Mar, 10:00" }).waitFor();

  await others.filter({ hasText: "11:30" }).click();
  await client.press("Please check everything", "Confirm & book");
  await client
    .card("Waiting for an answer")
    .getByText("Wednesday 4 March 2026, 11:30–12:30 (Lisbon)", { exact: true })
    .waitFor();
  await practitioner.press("A session request", "Confirm");
  await client
    .card("Your session is confirmed")
    .getByText("Wednesday 4 March 2026, 11:30–12:30 (Lisbon)", { exact: true })
    .waitFor();
});

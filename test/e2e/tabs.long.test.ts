import { expect, test } from "vitest";
import { openTab, openWindow } from "../support/desk-window.ts";
import { startDesk } from "../support/running-desk.ts";
import { chooseTime, chooseVideo, requestFirstVisit } from "./request-first-visit.ts";

const monday = "2026-03-02T08:00:00Z";

test("a reload during any step shows the same chat, and the step continues from there", async () => {
  const desk = await startDesk({ clock: monday });
  const { client, page } = await openWindow(desk, { as: "Ana Alves" });
  const reload = async (title: string) => {
    await client.card(title).waitFor();
    const before = await client.log.innerText();
    await page.reload();
    await expect.poll(() => client.log.innerText()).toBe(before);
  };
  await client.card("Hello Ana Alves").waitFor();
  await client.say("book");
  await reload("What would you like to book?");
  await client.press("What would you like to book?", "First visit");
  await reload("How would you like to meet?");
  await client.press("How would you like to meet?", "Video");
  await client.card("When suits you?").waitFor();
  await client.showDay("Wed 4 Mar");
  await reload("When suits you?");
  await client.press("When suits you?", "10:00");
  await client.card("A few questions").waitFor();
  await client.say("More energy in the morning");
  await client.card("A few questions").getByText("Or type your answer to “Do you follow a diet?”").waitFor();
  await reload("A few questions");
  await client.card("A few questions").getByLabel("Vegan").check();
  await client.press("A few questions", "Continue");
  await reload("Please check everything");
  await client.press("Please check everything", "Confirm & book");
  await reload("Waiting for an answer");
});

test("input in one tab appears in the other without a reload", async () => {
  const desk = await startDesk({ clock: monday });
  const { client, context } = await openWindow(desk, { as: "Ana Alves" });
  const other = await openTab(desk, context);
  await chooseVideo(client, "Ana Alves");
  await chooseTime(other.client, { day: "Wed 4 Mar", time: "10:00" });
  await client.card("A few questions").waitFor();
});

test("a late press from a second tab changes nothing and shows the present state (D4.4)", async () => {
  const desk = await startDesk({ clock: monday });
  const first = await openWindow(desk, { as: "Ana Alves" });
  await requestFirstVisit(first.client, "Ana Alves", { day: "Wed 4 Mar", time: "10:00" });
  const second = await openTab(desk, first.context);
  await second.client.card("Waiting for an answer").waitFor();

  // Delays the second tab's press until the first tab has withdrawn and started anew.
  const underWay = Promise.withResolvers<void>();
  const goesOn = Promise.withResolvers<void>();
  await second.page.route("**/page/press", async (route) => {
    underWay.resolve();
    await goesOn.promise;
    await route.continue();
  });
  await second.practitioner.press("A session request", "Confirm");
  await underWay.promise;
  await first.client.press("Waiting for an answer", "Withdraw request");
  await first.client.press("Withdraw this request?", "Yes, withdraw it");
  await first.client.card("Request withdrawn").waitFor();
  await first.practitioner.card("Withdrawn by the client").waitFor();
  const before = [desk.rows("bookings"), desk.rows("claims"), desk.rows("timers")];

  const answered = second.page.waitForResponse("**/page/press");
  goesOn.resolve();
  expect(await (await answered).json()).toMatchObject({ stale: true });
  await second.practitioner.card("Withdrawn by the client").waitFor();
  expect(await second.practitioner.log.getByRole("button", { name: "Confirm", exact: true }).count()).toBe(0);
  expect([desk.rows("bookings"), desk.rows("claims"), desk.rows("timers")]).toEqual(before);
  expect(desk.rows("bookings")).toMatchObject([{ status: "withdrawn" }]);
  await expect.poll(() => second.practitioner.log.locator("[aria-busy=true]").count()).toBe(0);
});

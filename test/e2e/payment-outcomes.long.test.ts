import { expect, test } from "vitest";
import { look } from "../support/desk-files.ts";
import { openWindow } from "../support/desk-window.ts";
import { startPaidJourney } from "../support/stripe/paid-desk.ts";

test("Maya declines: the authorised payment is released, and the old pay link leads to a page that says so", async () => {
  const { client, practitioner, stripe, page, ...journey } = await startPaidJourney();
  await journey.toPayment();
  const link = await client.card("Payment").getByRole("link", { name: "Pay €90.00" }).getAttribute("href");
  await journey.payOn(await journey.openCheckout());
  await client.press("Please check everything", "Confirm & book");
  await practitioner.press("A session request", "Decline");
  await practitioner.press("Decline Ana Alves's request?", "Decline");
  await client.card("This time is not possible").waitFor();
  await journey.money({ authorised: 0, captured: 0 });
  const old = await page.context().newPage();
  await old.goto(link ?? "");
  await old.getByRole("heading", { name: "Nothing to pay" }).waitFor();
});

test("every webhook is lost: returning to the desk is enough to go on; Ana withdraws, and the payment is released", async () => {
  const { client, stripe, ...journey } = await startPaidJourney();
  stripe.webhooks.way = "lose";
  await journey.toPayment();
  await journey.payOn(await journey.openCheckout());
  await client.press("Please check everything", "Confirm & book");
  await client.press("Waiting for an answer", "Withdraw request");
  await client.press("Withdraw this request?", "Yes, withdraw it");
  await client.card("Request withdrawn").waitFor();
  await journey.money({ authorised: 0, captured: 0 });
});

test("the request is not answered: it expires, and the payment is released", async () => {
  const { client, page, ...journey } = await startPaidJourney();
  await journey.toPayment();
  await journey.payOn(await journey.openCheckout());
  await client.press("Please check everything", "Confirm & book");
  await client.card("Waiting for an answer").waitFor();
  await journey.money({ authorised: 9000 });
  await page.getByRole("button", { name: "+1 day" }).click();
  await client.card("Your request was not answered in time").waitFor();
  await journey.money({ authorised: 0, captured: 0 });
});

test("forged webhooks are refused and change nothing; genuine ones may arrive out of order", async () => {
  const { client, stripe, ...journey } = await startPaidJourney();
  stripe.webhooks.way = "hold";
  await journey.toPayment();
  const checkout = await journey.openCheckout();
  // She closes the window before the redirect, so only the webhooks reach the desk.
  await stripe.pay(checkout.url());
  for (const notice of stripe.webhooks.notices)
    expect(await stripe.webhooks.send(notice, { secret: "whsec_forged" })).toBe(400);
  expect(journey.states()).toEqual(["link_sent"]);
  expect(look(journey.file, (books) => books.prepare("select count(*) from payment_events").pluck().get())).toBe(0);
  await stripe.webhooks.flush("backwards");
  await client.card("Please check everything").waitFor();
  expect(journey.states()).toEqual(["authorised"]);
});

test("paid as the hold expired, slot still free: the time is kept", async () => {
  const { client, page, stripe, ...journey } = await startPaidJourney();
  stripe.webhooks.way = "lose";
  await journey.toPayment();
  const checkout = await journey.openCheckout();
  await stripe.pay(checkout.url());
  await page.getByRole("button", { name: "+1 hour" }).click();
  await client.press("Please check everything", "Confirm & book");
  await client.card("Waiting for an answer").waitFor();
  expect(stripe.money()).toEqual({ captured: 0, refunded: 0, authorised: 9000 });
});

test("paid as the hold expired, slot taken by Ben: the payment is released at once, and Ana is notified", async () => {
  const { client, stripe, desk, file, ...journey } = await startPaidJourney();
  await journey.toPayment();
  const checkout = await journey.openCheckout();
  look(file, (books) => books.prepare("delete from claims").run());
  const { client: ben } = await openWindow(desk, { as: "Ben Okoro" });
  await ben.press("Hello Ben Okoro", "Request a session");
  await ben.press("What would you like to book?", "First visit");
  await ben.showDay("Wed 4 Mar");
  await ben.press("When suits you?", "05:00");
  await ben.card("Payment").waitFor();
  await journey.payOn(checkout);
  const taken = client.card("That time was just taken");
  await taken.getByText("Your time was lost while you were paying. Nothing was charged").waitFor();
  await journey.money({ authorised: 0, captured: 0 });
});

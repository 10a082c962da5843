import { expect, test } from "vitest";
import { look } from "../support/desk-files.ts";
import { openWindow } from "../support/desk-window.ts";
import { startPaidJourney } from "../support/stripe/paid-desk.ts";

test("Ana pays on the provider's page, her first card is declined; Maya confirms, and the money is taken once, though every notice comes twice", async () => {
  const { client, practitioner, stripe, mail, ...journey } = await startPaidJourney();
  stripe.webhooks.way = "twice";
  await journey.toPayment();
  const card = client.card("Payment");
  await card.getByText("€90.00 is reserved on your card now, and charged only when Dr Maya Lee confirms.").waitFor();
  const checkout = await journey.openCheckout();
  await checkout.getByText("First visit").waitFor();
  await checkout.getByText("90.00 EUR").waitFor();
  await journey.payOn(checkout, "4000 0000 0000 0002");
  await checkout.getByRole("alert").getByText("Your card was declined.").waitFor();
  expect(await practitioner.card("A session request").count()).toBe(0);
  await journey.payOn(checkout);
  await checkout.getByRole("heading", { name: "Thank you" }).waitFor();

  const review = client.card("Please check everything");
  await review.getByText("€90.00 is reserved on your card and charged when Dr Maya Lee confirms.").waitFor();
  expect(await practitioner.card("A session request").count()).toBe(0);
  await client.press("Please check everything", "Confirm & book");
  await client.card("Waiting for an answer").waitFor();
  expect(stripe.money()).toEqual({ captured: 0, refunded: 0, authorised: 9000 });
  await practitioner.press("A session request", "Confirm");
  await client.card("Your session is confirmed").getByText("€90.00 paid").waitFor();
  await practitioner.card("Confirmed").waitFor();
  await mail.getByRole("button", { name: /^Confirmed: First visit/ }).waitFor();
  await stripe.webhooks.settled();
  expect(stripe.money()).toEqual({ captured: 9000, refunded: 0, authorised: 0 });
  expect([...stripe.ledger.intents.values()].map(({ captures }) => captures)).toEqual([1]);
  expect(journey.states()).toEqual(["paid"]);
});

test("Maya declines: what was reserved is let go, and the old way to pay leads to a page that says so", async () => {
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

test("every notice is lost: coming back is enough to go on; Ana withdraws, and the money is let go", async () => {
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

test("nobody answers: the request expires, and the money is let go", async () => {
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

test("forged notices are refused and change nothing; true ones may come last first", async () => {
  const { client, stripe, ...journey } = await startPaidJourney();
  stripe.webhooks.way = "hold";
  await journey.toPayment();
  const checkout = await journey.openCheckout();
  // She closes the window before it leads her back, so the desk only hears of it by its notices.
  await stripe.pay(checkout.url());
  for (const notice of stripe.webhooks.notices)
    expect(await stripe.webhooks.send(notice, { secret: "whsec_forged" })).toBe(400);
  expect(journey.states()).toEqual(["link_sent"]);
  expect(look(journey.file, (books) => books.prepare("select count(*) from payment_events").pluck().get())).toBe(0);
  await stripe.webhooks.flush("backwards");
  await client.card("Please check everything").waitFor();
  expect(journey.states()).toEqual(["authorised"]);
});

test("paid while the hold ended, and still free: the time is kept", async () => {
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

test("paid while the hold ended, and taken by Ben meanwhile: the money is let go at once, and Ana is told", async () => {
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
  await taken.getByText("Your time was booked by someone else while you were paying. Nothing was charged").waitFor();
  await journey.money({ authorised: 0, captured: 0 });
});

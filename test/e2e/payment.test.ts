import { expect, test } from "vitest";
import { startPaidJourney } from "../support/stripe/paid-desk.ts";

test("Ana pays on the provider's page after a declined card; Maya confirms, and the payment is captured once although every webhook arrives twice", async () => {
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

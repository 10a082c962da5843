import { readFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { importYaml } from "../support/desk-files.ts";
import type { SlackUser } from "../support/slack/slack-user.ts";
import { startFakeStripe } from "../support/stripe/fake-stripe.ts";
import { monday, openHarbour, team } from "./harbour-desk.ts";

const hour = 3_600_000;

/** A desk with one of the example practices, its page users moved to the Slack workspace. */
async function openPlans(practice: "packages" | "harbour-paid", env: Readonly<Record<string, string>> = {}) {
  const slack = await openHarbour({ practice: null, env });
  const yaml = readFileSync(new URL(`../support/practices/${practice}.yaml`, import.meta.url), "utf8").replace(
    /\{ page: (ana|ben|maya|jonas) \}/g,
    (_, user: string) => `{ slack: { team: ${team}, user: U0${user.toUpperCase()} } }`,
  );
  await importYaml(slack.desk().store, yaml, Date.parse(monday));
  return slack;
}

async function requested(client: SlackUser): Promise<void> {
  await client.sees("Please check everything");
  await client.click("Confirm & book");
  await client.sees("Waiting for an answer");
}

test("one line books from a package, with the nearest other time a tap away; the credit is reserved, then used, and deducted from the balance (D6.5)", async () => {
  const slack = await openPlans("packages");
  const { ana, maya } = slack;
  await ana.ask("book my next package session Tuesday after 3");
  const review = await ana.sees("Please check everything");
  expect(review.words).toContain("Tuesday 3 March 2026, 15:00–15:50 (Lisbon)");
  expect(review.words).toContain("1 of 5 from Spring reset");
  expect(review.words).toContain("Covered by your package. Nothing is charged.");
  await ana.press("Tue 3 Mar, 16:00 instead");
  await requested(ana);
  const request = await maya.sees("A session request");
  expect(request.words).toContain("Tuesday 3 March 2026, 16:00–16:50 (Lisbon)");
  expect(request.words).toContain("Spring reset (credit reserved)");
  await maya.click("Confirm");
  await maya.sees("Spring reset (credit used)");
  await ana.sees("Your session is confirmed");
  await ana.ask("how many sessions do I have left?");
  await ana.sees(/4 of 5 left/);
  await slack.assertWell();
});

test("by buttons: the package choice comes before the services, and a declined request returns its credit (D6.2, D6.3)", async () => {
  const slack = await openPlans("packages");
  const { ana, maya } = slack;
  await ana.answered(() => ana.openMessages());
  await ana.press("Request a session");
  const chooser = await ana.sees("Book from a package?");
  expect(chooser.words).toContain("5 of 5 left, until 30 June");
  for (const label of ["Spring reset", "Tue 3 Mar", "10:00"]) await ana.press(label);
  await requested(ana);
  await maya.sees("Spring reset (credit reserved)");
  await maya.click("Decline");
  await maya.sees("Decline Ana Alves's request?");
  await maya.click("Decline");
  await maya.sees("Spring reset (credit returned)");
  await ana.sees("Spring reset (returned)");
  await slack.assertWell();
});

test("plan the rest: one line, one card for the practitioner, one answer for all, one card for the client", async () => {
  const slack = await openPlans("packages");
  const { ana, maya } = slack;
  await ana.ask("book my remaining sessions every other Tuesday at 3");
  const plan = await ana.sees("Your plan: 5 sessions");
  expect(plan.words).toContain("Tuesday 28 April 2026, 15:00–15:50 (Lisbon)");
  await ana.click("Send the request");
  await ana.sees("Waiting for 5 answers");
  const asked = await maya.sees("A plan of 5 sessions");
  expect(asked.buttons).toEqual(["Confirm all", "One by one", "Decline all"]);
  await maya.click("Confirm all");
  await maya.sees("All 5 confirmed");
  await ana.sees("Your 5 sessions are confirmed");
  expect(maya.notifications()).toHaveLength(1);
  await ana.ask("my packages");
  await ana.sees(/Your packages[\s\S]*none left/);
  await slack.assertWell();
});

test("the practitioner proposes the best other times, the client accepts one and it is confirmed", async () => {
  const slack = await openPlans("packages");
  const { ana, maya } = slack;
  await ana.ask("use my Spring reset for Tuesday at 3");
  await requested(ana);
  await maya.sees("A session request");
  await maya.click("Propose another time");
  await maya.sees("Propose other times to Ana Alves");
  await maya.fill({ Message: "A conference <!channel> & more" });
  await maya.click("Send");
  await maya.sees("You proposed other times");
  const proposed = await ana.sees("Dr Maya Lee proposes other times");
  expect(proposed.words).toContain("Dr Maya Lee writes: A conference <!channel> & more");
  const accepts = proposed.buttons.filter((label) => label.startsWith("Accept "));
  expect(accepts).toHaveLength(3);
  await ana.click(accepts[1] ?? "");
  await ana.sees("Your session is confirmed");
  await maya.sees("Ana Alves accepted a time you proposed.");
  await slack.assertWell();
});

test("a cancellation undone within its minute notifies no one; the reminder a day before is answered with I'll be there (D4.9)", async () => {
  const slack = await openPlans("packages");
  const { ana, maya } = slack;
  await ana.ask("use my Spring reset for Friday at 10");
  await requested(ana);
  await maya.sees("A session request");
  await maya.click("Confirm");
  await ana.sees("Your session is confirmed");
  const heard = maya.notifications().length;
  await ana.ask("cancel my session");
  const question = await ana.sees("Cancel this session?");
  expect(question.words).toContain("You can cancel freely until Thu 5 Mar, 10:00 (Lisbon).");
  await ana.fill({ Reason: "I am travelling" });
  await ana.click("Cancel session");
  await ana.sees("You can undo this for one minute.");
  await ana.press("Undo");
  slack.desk().clock.advance(74 * hour);
  const reminder = await ana.sees("Your session is coming up");
  expect(reminder.buttons).toEqual(expect.arrayContaining(["I'll be there", "Reschedule", "Cancel"]));
  expect(ana.notifications().at(-1)).toContain("Fri 6 Mar, 10:00 (Lisbon)");
  await ana.press("I'll be there");
  await ana.sees("See you then");
  expect(maya.notifications()).toHaveLength(heard);
  await slack.assertWell();
});

test("a paid session: the card's link leads through the desk to the provider, and the authorised amount is charged on confirmation (D5.4)", async () => {
  const stripe = await startFakeStripe();
  onTestFinished(stripe.close);
  const { secretKey, webhookSecrets, apiUrl = "" } = stripe.settings;
  const slack = await openPlans("harbour-paid", {
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_WEBHOOK_SECRET: webhookSecrets.join(","),
    STRIPE_API_URL: apiUrl,
  });
  stripe.webhooks.endpoint = `${slack.address}/stripe/webhook`;
  const { ana, maya } = slack;
  await ana.answered(() => ana.shortcut());
  for (const label of ["First visit", "Wed 4 Mar", "10:00"]) await ana.press(label);
  await ana.sees("Payment");
  const link = await ana.follow("Pay €90.00");
  expect(link).toMatch(new RegExp(`^${slack.address}/pay/`));
  const led = await fetch(link, { redirect: "manual" });
  expect(led.status).toBe(303);
  await stripe.pay(led.headers.get("location") ?? "");
  const review = await ana.sees("Please check everything");
  expect(review.words).toContain("€90.00 is reserved on your card and charged when Dr Maya Lee confirms.");
  await requested(ana);
  expect(stripe.money()).toMatchObject({ captured: 0 });
  await maya.sees("A session request");
  await maya.click("Confirm");
  await ana.sees("Your session is confirmed");
  await slack.quiet();
  expect(stripe.money()).toMatchObject({ captured: 9000, refunded: 0 });
  await slack.assertWell();
});

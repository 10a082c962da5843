import { readFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { startFakeStripe } from "../support/stripe/fake-stripe.ts";
import type { TeamsUser } from "../support/teams/user.ts";
import { having, openHarbour, quiet, subjectsTo } from "./harbour-teams.ts";

const packages = practice("packages");

function practice(name: string): string {
  return readFileSync(new URL(`../support/practices/${name}.yaml`, import.meta.url), "utf8");
}

async function requested(client: TeamsUser): Promise<void> {
  await client.sees("Please check everything");
  await client.click("Confirm & book");
  await client.sees("Waiting for an answer");
}

test("one line books from a package, with the nearest other time a tap away; the credit is reserved, then used, and deducted from the balance (D6.5)", async () => {
  const { ana, maya } = await openHarbour({ practice: packages });
  await ana.say("book my next package session Tuesday after 3");
  const review = await ana.sees("Please check everything");
  expect(review).toContain("Tuesday 3 March 2026, 15:00–15:50 (Lisbon)");
  expect(review).toContain("1 of 5 from Spring reset");
  expect(review).toContain("Covered by your package. Nothing is charged.");
  await ana.click("Tue 3 Mar, 16:00 instead");
  await requested(ana);
  const request = await maya.sees("A session request");
  expect(request).toContain("Tuesday 3 March 2026, 16:00–16:50 (Lisbon)");
  expect(request).toContain("Spring reset (credit reserved)");
  await maya.click("Confirm");
  await maya.sees("Spring reset (credit used)");
  await ana.sees("Your session is confirmed");
  await ana.say("how many sessions do I have left?");
  await ana.sees(/4 of 5 left/);
});

test("by buttons: the package choice comes before the services, and a declined request returns its credit (D6.2, D6.3)", async () => {
  const { ana, maya } = await openHarbour({ practice: packages });
  await ana.click("Request a session");
  const chooser = await ana.sees("Book from a package?");
  expect(chooser).toContain("5 of 5 left, until 30 June");
  for (const title of ["Spring reset", "Tue 3 Mar", "10:00"]) await ana.click(title);
  await requested(ana);
  await maya.sees("Spring reset (credit reserved)");
  await maya.click("Decline");
  await maya.sees("Decline Ana Alves's request?");
  await maya.click("Decline");
  await maya.sees("Spring reset (credit returned)");
  await ana.sees("Spring reset (returned)");
});

test("plan the rest: one line, one card for the practitioner, one answer for all, one card for the client", async () => {
  const { ana, maya, desk } = await openHarbour({ practice: packages });
  await ana.say("book my remaining sessions every other Tuesday at 3");
  const plan = await ana.sees("Your plan: 5 sessions");
  expect(plan).toContain("Tuesday 28 April 2026, 15:00–15:50 (Lisbon)");
  await ana.click("Send the request");
  await ana.sees("Waiting for 5 answers");
  const asked = await maya.sees("A plan of 5 sessions");
  for (const title of ["Confirm all", "One by one", "Decline all"]) expect(asked).toContain(`[${title}]`);
  const messages = maya.messages().length;
  await maya.click("Confirm all");
  await maya.sees("All 5 confirmed");
  expect(maya.messages()).toHaveLength(messages);
  await ana.sees("Your 5 sessions are confirmed");
  await quiet(desk);
  expect(having(ana, "Withdraw all") + having(maya, "Confirm all")).toBe(0);
  const subjects = await subjectsTo(desk, "ana@example.com");
  expect(subjects.filter((subject) => subject.startsWith("Confirmed: Follow-up"))).toHaveLength(5);
  await ana.say("my packages");
  await ana.sees(/Your packages[\s\S]*none left/);
});

test("the practitioner proposes the best other times, the client accepts one and it is confirmed", async () => {
  const { ana, maya } = await openHarbour({ practice: packages });
  await ana.say("use my Spring reset for Tuesday at 3");
  await requested(ana);
  await maya.click("Propose another time");
  await maya.sees("Propose other times to Ana Alves");
  maya.fill({ "Message (optional)": "A conference <at>all</at> & **more**" });
  await maya.click("Send");
  await maya.sees("You proposed other times");
  await ana.sees("Dr Maya Lee proposes other times");
  await ana.sees("Dr Maya Lee writes: A conference <at>all</at> & **more**");
  const accepts = ana.buttons().filter((title) => title.startsWith("Accept "));
  expect(accepts).toHaveLength(3);
  await ana.click(accepts[1] ?? "");
  await ana.sees("Your session is confirmed");
  await maya.sees("Ana Alves accepted a time you proposed.");
});

test("a cancellation undone within its minute notifies no one; the reminder a day before is answered with I'll be there (D4.9)", async () => {
  const { ana, maya, advance, desk } = await openHarbour({ practice: packages });
  await ana.say("use my Spring reset for Friday at 10");
  await requested(ana);
  await maya.click("Confirm");
  await ana.sees("Your session is confirmed");
  const heard = maya.messages();
  await ana.say("cancel my session");
  expect(await ana.sees("Cancel this session?")).toContain("You can cancel freely until Thu 5 Mar, 10:00 (Lisbon).");
  ana.fill({ Reason: "I am travelling" });
  await ana.click("Cancel session");
  await ana.sees("You can undo this for one minute.");
  await ana.click("Undo");
  await advance("2026-03-05T10:00:00Z");
  const reminder = await ana.sees("Your session is coming up");
  for (const title of ["I'll be there", "Reschedule", "Cancel"]) expect(reminder).toContain(`[${title}]`);
  expect(ana.summaries().at(-1)).toContain("Fri 6 Mar, 10:00 (Lisbon)");
  await ana.click("I'll be there");
  await ana.sees("See you then");
  expect(maya.messages()).toEqual(heard);
  expect((await subjectsTo(desk, "ana@example.com")).at(-1)).toBe("Reminder: Follow-up, Fri 6 Mar, 10:00 (Lisbon)");
});

test("a paid session: the card's link leads through the desk to the provider, and the authorised amount is charged on confirmation (D5.4)", async () => {
  const stripe = await startFakeStripe();
  onTestFinished(stripe.close);
  const { secretKey, webhookSecrets, apiUrl = "" } = stripe.settings;
  const { ana, maya, desk, idle } = await openHarbour({
    practice: practice("harbour-paid"),
    environment: {
      STRIPE_SECRET_KEY: secretKey,
      STRIPE_WEBHOOK_SECRET: webhookSecrets.join(","),
      STRIPE_API_URL: apiUrl,
    },
  });
  stripe.webhooks.endpoint = `${desk.address}/stripe/webhook`;
  await ana.say("book");
  for (const title of ["First visit", "Wed 4 Mar", "10:00"]) await ana.click(title);
  await ana.sees("Payment");
  const { pathname } = new URL(ana.link("Pay €90.00"));
  expect(pathname).toMatch(/^\/pay\/./);
  const led = await fetch(new URL(pathname, desk.address), { redirect: "manual" });
  expect(led.status).toBe(303);
  await stripe.pay(led.headers.get("location") ?? "");
  const review = await ana.sees("Please check everything");
  expect(review).toContain("€90.00 is reserved on your card and charged when Dr Maya Lee confirms.");
  await requested(ana);
  expect(stripe.money()).toMatchObject({ captured: 0 });
  await maya.click("Confirm");
  await ana.sees("Your session is confirmed");
  await idle();
  expect(stripe.money()).toMatchObject({ captured: 9000, refunded: 0 });
});

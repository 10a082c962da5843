import { expect, test } from "vitest";
import { type Chat, openWindow } from "../support/desk-window.ts";
import { startDesk } from "../support/running-desk.ts";

const monday = "2026-03-02T08:00:00Z";

async function says(chat: Chat, words: string, answer: string): Promise<void> {
  await chat.say(words);
  await chat.newest(answer).waitFor();
}

test("one typed line and a yes request a session, one line and a tap confirm it, and the mail arrives (D0.9)", async () => {
  const desk = await startDesk({ clock: monday });
  const { client, practitioner, mail } = await openWindow(desk, { as: "Ana Alves" });
  await client.card("Hello Ana Alves").waitFor();
  await says(client, "book a follow-up with Maya by video on Thursday at 10", "Please check everything");
  await client
    .newest("Please check everything")
    .getByText("Thursday 5 March 2026, 10:00–10:50 (Lisbon)", { exact: true })
    .waitFor();
  await says(client, "yes please", "Waiting for an answer");

  await practitioner.newest("A session request").waitFor();
  await says(practitioner, "who's waiting?", "One request is waiting for you.");
  await says(practitioner, "confirm Ana", "A session request");
  await practitioner.press("A session request", "Confirm");
  await practitioner.newest("Confirmed").waitFor();
  await client
    .newest("Your session is confirmed")
    .getByText("Thursday 5 March 2026, 10:00–10:50 (Lisbon)", { exact: true })
    .waitFor();
  await mail.getByRole("button", { name: /Confirmed: Follow-up, Thu 5 Mar, 10:00/ }).waitFor();
});

test("of two people who type the same time one gets it; the other is offered the nearest and accepts with one word", async () => {
  const desk = await startDesk({ clock: monday });
  const [ana, ben] = [await openWindow(desk, { as: "Ana Alves" }), await openWindow(desk, { as: "Ben Okoro" })];
  await ana.client.card("Hello Ana Alves").waitFor();
  await ben.client.card("Hello Ben Okoro").waitFor();
  await says(ana.client, "follow-up with Maya by phone Thursday at 10", "Please check everything");
  await says(ben.client, "follow-up with Maya by phone Thursday at 10am Lisbon time", "That time is not free");
  await says(ben.client, "the last one", "Please check everything");
  await says(ben.client, "yes", "Waiting for an answer");
  await says(ana.client, "yes", "Waiting for an answer");
});

test("one tap resolves an ambiguity, one line declines, and one word withdraws", async () => {
  const desk = await startDesk({ clock: monday });
  const { client, practitioner } = await openWindow(desk, { as: "Ana Alves" });
  await client.card("Hello Ana Alves").waitFor();
  await says(client, "book a follow-up tomorrow at 3", "How would you like to meet?");
  await client.press("How would you like to meet?", "Video");
  await client.card("With whom?").waitFor();
  await client.press("With whom?", "Dr Maya Lee");
  await client.card("Please check everything").waitFor();
  await says(client, "no, 4pm instead", "Please check everything");
  await client.newest("Please check everything").getByText("16:00–16:50 (Lisbon)", { exact: false }).first().waitFor();
  await says(client, "yes", "Waiting for an answer");

  await practitioner.newest("A session request").waitFor();
  await says(practitioner, "decline", "Decline Ana Alves's request?");
  await says(practitioner, "decline", "Declined");
  await client.newest("This time is not possible").waitFor();
  await says(client, "Wednesday after 2", "These times match");
  await says(client, "the second one", "Please check everything");
  await says(client, "yes", "Waiting for an answer");
  await says(client, "withdraw request", "Withdraw this request?");
  await says(client, "yes", "Request withdrawn");
  expect(desk.counts().claims).toBe(0);
});

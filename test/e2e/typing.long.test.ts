import { test } from "vitest";
import { type Chat, openWindow } from "../support/desk-window.ts";
import { startDesk } from "../support/running-desk.ts";

const monday = "2026-03-02T08:00:00Z";

test("every step works by typing alone: request, answers, decline, another time, confirm, withdraw (case 27)", async () => {
  const desk = await startDesk({ clock: monday });
  const { client, practitioner } = await openWindow(desk, { as: "Ana Alves" });
  await client.card("Hello Ana Alves").waitFor();
  const says = async (chat: Chat, words: string, answer: string) => {
    await chat.say(words);
    await chat.newest(answer).waitFor();
  };
  await says(client, "I'd like to book a session, please", "What would you like to book?");
  await says(client, "first visit", "How would you like to meet?");
  await says(client, "back", "What would you like to book?");
  await says(client, "1", "How would you like to meet?");
  await says(client, "VIDEO", "When suits you?");
  await says(client, "later days", "When suits you?");
  await says(client, "wed 11 mar", "When suits you?");
  await client.newest("When suits you?").getByRole("group", { name: "Times on Wed 11 Mar" }).waitFor();
  await says(client, "10:00", "A few questions");
  await says(client, "More energy in the morning", "A few questions");
  await client.newest("A few questions").getByText("Or type your answer to “Do you follow a diet?”").waitFor();
  await says(client, "carnivore", "A few questions");
  await client.newest("A few questions").getByText("Please choose from: No, Vegetarian, Vegan, Other.").waitFor();
  await says(client, "vegan", "A few questions");
  await says(client, "skip", "Please check everything");
  await says(client, "confirm and book", "Waiting for an answer");

  await practitioner.newest("A session request").waitFor();
  await says(practitioner, "decline", "Decline Ana Alves's request?");
  await says(practitioner, "I teach that morning.", "Decline Ana Alves's request?");
  await says(practitioner, "decline", "Declined");
  await client.newest("This time is not possible").getByText("Dr Maya Lee writes: I teach that morning.").waitFor();
  await says(client, "wed 11 mar, 09:00", "Please check everything");
  await says(client, "confirm & book", "Waiting for an answer");
  await practitioner.newest("A session request").waitFor();
  await says(practitioner, "Confirm", "Confirmed");
  await client
    .newest("Your session is confirmed")
    .getByText("Wednesday 11 March 2026, 09:00–10:00 (Lisbon)", { exact: true })
    .waitFor();
  await says(client, "book another session", "What would you like to book?");
  await says(client, "follow-up", "How would you like to meet?");
  await says(client, "2", "With whom?");
  await says(client, "anyone", "When suits you?");
  await says(client, "start over", "What would you like to book?");
  await says(client, "help", "How this works");
  await says(client, "bookings", "Upcoming sessions");
});

import { expect, test } from "vitest";
import { type Chat, openWindow } from "../support/desk-window.ts";
import { startDesk } from "../support/running-desk.ts";
import { findings, type Scope } from "./page-window.ts";

test("axe-core finds nothing on any card of a booking, in both themes", async () => {
  const desk = await startDesk({ clock: "2026-03-02T08:00:00Z" });
  const { page, client, practitioner } = await openWindow(desk, { as: "Ana Alves" });
  const found: string[] = [];
  const look = async (what: string, scope: Scope = {}) => {
    found.push(...(await findings(page, scope)).map((finding) => `${what}: ${finding}`));
    // Only the colours differ in the dark theme.
    await page.emulateMedia({ colorScheme: "dark" });
    const inTheDark = await findings(page, { ...scope, rules: ["color-contrast"] });
    found.push(...inTheDark.map((finding) => `${what}, dark: ${finding}`));
    await page.emulateMedia({ colorScheme: "light" });
  };
  const sees = async (chat: Chat, title: string) => {
    const card = chat.newest(title);
    await card.waitFor();
    await look(title, { within: card });
  };
  const says = async (chat: Chat, words: string, title: string) => {
    await chat.say(words);
    await sees(chat, title);
  };
  await sees(client, "Hello Ana Alves");
  await says(client, "book", "What would you like to book?");
  await says(client, "first visit", "How would you like to meet?");
  await says(client, "video", "When suits you?");
  await says(client, "Thursday after 2", "These times match");
  await says(client, "1", "A few questions");
  await says(client, "better sleep", "A few questions");
  await says(client, "vegan", "A few questions");
  await says(client, "skip", "Please check everything");
  await says(client, "yes", "Waiting for an answer");
  await sees(practitioner, "A session request");
  await says(practitioner, "decline", "Decline Ana Alves's request?");
  await says(practitioner, "decline", "Declined");
  await sees(client, "This time is not possible");
  await says(client, "1", "Please check everything");
  await says(client, "yes", "Waiting for an answer");
  await says(practitioner, "confirm Ana", "A session request");
  await says(practitioner, "confirm", "Confirmed");
  await sees(client, "Your session is confirmed");
  await says(client, "bookings", "Upcoming sessions");
  await says(client, "1", "First visit");
  await says(client, "help", "How this works");
  await says(practitioner, "today", "Today");
  await look("the whole page");
  expect([...new Set(found)]).toEqual([]);
});

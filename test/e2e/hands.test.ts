import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { type Chat, openWindow } from "../support/desk-window.ts";
import { startDesk } from "../support/running-desk.ts";

const monday = "2026-03-02T08:00:00Z";

test("the keyboard is enough: Tab, Enter and the arrow keys lead from the greeting to the confirmation", async () => {
  const desk = await startDesk({ clock: monday });
  const { client, practitioner, page } = await openWindow(desk, { as: "Ana Alves" });
  await client.card("Hello Ana Alves").waitFor();
  await page.keyboard.press("Tab");
  const go = async (chat: Chat, title: string, control: string) => {
    await chat.card(title).waitFor();
    await tabTo(page, chat, title, control);
    await page.keyboard.press("Enter");
  };
  await go(client, "Hello Ana Alves", "Request a session");
  await go(client, "What would you like to book?", "First visit");
  await go(client, "How would you like to meet?", "Phone");
  await go(client, "When suits you?", "Wed 4 Mar");
  await client.card("When suits you?").getByRole("group", { name: "Times on Wed 4 Mar" }).waitFor();
  await go(client, "When suits you?", "10:00");

  await client.card("A few questions").waitFor();
  await tabTo(page, client, "A few questions", "What would you like to work on?");
  await page.keyboard.type("More energy in the morning");
  // A radio group is one tab stop; the arrow keys move between its options.
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await go(client, "A few questions", "Continue");
  await go(client, "Please check everything", "Confirm & book");
  await client.card("Waiting for an answer").waitFor();

  await go(practitioner, "A session request", "Confirm");
  await client.card("Your session is confirmed").waitFor();
  expect(
    desk.rows("answers").map(({ question_id, sealed, value }) => [question_id, sealed, sealed ? "" : value]),
  ).toEqual(
    expect.arrayContaining([
      ["goal", 1, ""],
      ["diet", 0, '"Vegan"'],
    ]),
  );
});

/**
 * Presses Tab until the control with this name on the card with this title has the focus; fails if Tab does not reach
 * it.
 */
async function tabTo(page: Page, chat: Chat, title: string, control: string): Promise<void> {
  const card = chat.card(title);
  const wanted = card
    .getByRole("button", { name: control, exact: true })
    .or(card.getByRole("textbox", { name: control, exact: true }));
  const isThere = () => wanted.evaluate((element) => element === element.ownerDocument.activeElement);
  for (let stops = 0; stops < 80; stops++) {
    if (await isThere()) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not lead to “${control}” on “${title}”`);
}

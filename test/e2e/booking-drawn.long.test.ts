import { expect, test } from "vitest";
import { type Chat, type DeskWindow, openWindow } from "../support/desk-window.ts";
import { startDesk } from "../support/running-desk.ts";
import { findings } from "./page-window.ts";

const monday = "2026-03-02T08:00:00Z";

/** Chooses the card style through the page's controls. */
async function drawAs({ page }: Pick<DeskWindow, "page">, look: "Desk" | "Slack" | "Teams"): Promise<void> {
  await page.getByRole("combobox", { name: "Preview as" }).selectOption(look);
}

/** Waits for the newest card, requires this style, and runs axe-core on the page. */
async function sees(window: DeskWindow, chat: Chat, title: string, look: string): Promise<void> {
  await chat
    .newest(title)
    .and(chat.log.locator(`article[data-look=${look}]`))
    .waitFor();
  expect((await findings(window.page)).map((finding) => `${title}: ${finding}`)).toEqual([]);
}

test.each([
  { look: "Teams", as: "teams", colorScheme: "light" },
  { look: "Teams", as: "teams", colorScheme: "dark" },
  { look: "Slack", as: "slack", colorScheme: "light" },
  { look: "Slack", as: "slack", colorScheme: "dark" },
] as const)(
  "a session is booked and confirmed by clicking on cards previewed as $look, $colorScheme; axe-core finds nothing",
  async ({ look, as, colorScheme }) => {
    const desk = await startDesk({ clock: monday });
    // Wait for the other side's fade-in, or axe-core judges half-faded colours.
    const window = await openWindow(desk, { as: "Ana Alves", colorScheme, reducedMotion: "reduce" });
    const { client, practitioner } = window;
    await client.card("Hello Ana Alves").waitFor();
    await drawAs(window, look);
    const press = async (title: string, button: string) => {
      await sees(window, client, title, as);
      await client.press(title, button);
    };
    await press("Hello Ana Alves", "Request a session");
    await press("What would you like to book?", "First visit");
    await press("How would you like to meet?", "Video");
    await press("When suits you?", "Wed 4 Mar");
    await client.card("When suits you?").getByText("Times on Wed 4 Mar").waitFor();
    await client.press("When suits you?", "11:30");
    await sees(window, client, "A few questions", as);
    const form = client.card("A few questions");
    await form.getByRole("textbox", { name: "What would you like to work on?" }).fill("More energy, better sleep");
    await form.getByRole("radio", { name: "Vegan" }).check();
    await client.press("A few questions", "Continue");
    await press("Please check everything", "Confirm & book");
    await sees(window, client, "Waiting for an answer", as);
    await sees(window, practitioner, "A session request", as);
    await practitioner.press("A session request", "Confirm");
    await sees(window, client, "Your session is confirmed", as);
    const answers = desk.rows("answers").map(({ question_id, sealed, value }) => [question_id, sealed ? "" : value]);
    expect(answers).toEqual(expect.arrayContaining([["diet", '"Vegan"']]));
    await drawAs(window, "Desk");
    await client.log.locator("article.card").last().waitFor();
    expect(await client.log.locator("[data-look]").count()).toBe(0);
  },
);

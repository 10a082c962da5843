import type { BrowserContext, Locator, Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { emptyWindow, type WindowLook } from "./browser.ts";
import type { RunningDesk } from "./running-desk.ts";

/** One of the page's two chats, operated through its visible text. */
export interface Chat {
  readonly log: Locator;
  /** The newest card with this heading. */
  card(title: string): Locator;
  /** The newest message, if it is a card with this heading. */
  newest(title: string): Locator;
  /** Waits for a card with this heading and presses the button with this name. */
  press(title: string, button: string): Promise<void>;
  /** Moves the card with free times to this day. */
  showDay(day: string): Promise<void>;
  /** Types a line and presses Enter. */
  say(text: string): Promise<void>;
  signInAs(name: string): Promise<void>;
  /** The headings of the cards, oldest first. */
  titles(): Promise<readonly string[]>;
}

/** The page in its own window, with its three regions. */
export interface DeskWindow {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly client: Chat;
  readonly practitioner: Chat;
  readonly mail: Locator;
}

/** Opens the page in a new window with this client signed in. An error on its console fails the test. */
export async function openWindow(
  desk: Pick<RunningDesk, "address">,
  { as, ...look }: { as?: string } & WindowLook = {},
): Promise<DeskWindow> {
  const window = await openPage(desk, await emptyWindow(look));
  if (as !== undefined) await window.client.signInAs(as);
  return window;
}

/** Opens another tab of the same person, with shared browser storage. */
export async function openTab(desk: Pick<RunningDesk, "address">, context: BrowserContext): Promise<DeskWindow> {
  return openPage(desk, await context.newPage());
}

async function openPage(desk: Pick<RunningDesk, "address">, page: Page): Promise<DeskWindow> {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    // The browser's own messages about lost connections are not errors of the page.
    if (message.type() === "error" && !/Failed to load resource/.test(message.text())) errors.push(message.text());
  });
  onTestFinished(async ({ task }) => {
    if (task.result?.state === "fail") throw new Error(`The page showed:\n${await page.locator("main").innerText()}`);
    expect(errors).toEqual([]);
  });
  await page.goto(desk.address);
  const region = (name: string) => page.getByRole("region", { name, exact: true });
  return {
    page,
    context: page.context(),
    client: chatIn(region("Client")),
    practitioner: chatIn(region("Practitioner")),
    mail: region("Mail"),
  };
}

function chatIn(region: Locator): Chat {
  const log = region.getByRole("log");
  const box = region.getByRole("textbox", { name: "Message", exact: true });
  const card = (title: string) =>
    log
      .getByRole("article")
      .filter({ has: region.page().getByRole("heading", { name: title, exact: true }) })
      .last();
  // A card accepts one press at a time.
  const ready = (title: string) => card(title).and(log.locator("article:not([aria-busy=true])"));
  const press = (title: string, button: string) =>
    ready(title).getByRole("button", { name: button, exact: true }).click();
  return {
    log,
    card,
    newest: (title) => card(title).and(log.locator(":scope > :last-child article")),
    press,
    async showDay(day) {
      await press("When suits you?", day);
      await card("When suits you?")
        .getByRole("group", { name: `Times on ${day}`, exact: true })
        .waitFor();
    },
    async say(text) {
      await box.fill(text);
      await box.press("Enter");
    },
    async signInAs(name) {
      await region.getByRole("combobox", { name: "Signed in as" }).selectOption({ label: name });
    },
    titles: () => log.getByRole("heading").allTextContents(),
  };
}

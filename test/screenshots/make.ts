import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { browserArguments, findBrowser } from "../support/browser-setup.ts";
import { openDemoDesk } from "../support/demo-desk.ts";

/** Makes the README's pictures from the real page: `npm run screenshots`. */
const folder = join(import.meta.dirname, "..", "..", "docs", "pictures");
const themes = ["light", "dark"] as const;
type Theme = (typeof themes)[number];

await mkdir(folder, { recursive: true });
const browser = await chromium.launch({ ...(await findBrowser()), headless: true, args: [...browserArguments] });
try {
  for (const theme of themes) {
    await withPage(browser, { theme, width: 1280, height: 800 }, async (page) => {
      await askInOneLine(page);
      await page.screenshot({ path: join(folder, `booking-${theme}.png`) });
    });
    await withPage(browser, { theme, width: 380, height: 820 }, async (page) => {
      await chooseFirstVisit(page);
      await page.screenshot({ path: join(folder, `phone-${theme}.png`) });
    });
  }
} finally {
  await browser.close();
}

/** The page of a fresh demo, on a Wednesday morning in Lisbon, in a window of this size. */
async function withPage(
  browser: Browser,
  { theme, ...viewport }: { theme: Theme; width: number; height: number },
  work: (page: Page) => Promise<void>,
): Promise<void> {
  const desk = await openDemoDesk("2026-03-04T08:40:00Z");
  const context = await browser.newContext({
    viewport,
    colorScheme: theme,
    timezoneId: "Europe/Lisbon",
    reducedMotion: "reduce",
  });
  try {
    const page = await context.newPage();
    await page.goto(desk.address);
    await page.getByRole("heading", { name: "A session request" }).waitFor();
    await work(page);
  } finally {
    await context.close();
    await desk.close();
  }
}

/** Maya confirms Ben with one button, and he gets his invitation; then Ana requests a session in one line. */
async function askInOneLine(page: Page): Promise<void> {
  const region = (name: string) => page.getByRole("region", { name, exact: true });
  const [client, practitioner, mail] = [region("Client"), region("Practitioner"), region("Mail")];
  await practitioner.getByRole("button", { name: "Confirm", exact: true }).click();
  await mail.getByRole("button", { name: /^Confirmed/ }).click();
  await client.getByRole("button", { name: /^book a follow-up with Maya next / }).click();
  await client.getByRole("button", { name: "Spring reset", exact: true }).click();
  await client.getByRole("button", { name: "Confirm & book" }).click();
  await client.getByRole("heading", { name: "Waiting for an answer" }).waitFor();
  await practitioner.getByRole("button", { name: "confirm Ana" }).waitFor();
  await mail.getByRole("button", { name: /^Request received/ }).waitFor();
  await page.mouse.move(0, 0);
}

/** Ana has pressed the buttons up to the free times. */
async function chooseFirstVisit(page: Page): Promise<void> {
  const client = page.getByRole("region", { name: "Client", exact: true });
  await client.getByRole("button", { name: "Request a session" }).click();
  await client.getByRole("button", { name: "Book without a package" }).click();
  await client.getByRole("button", { name: "First visit", exact: true }).click();
  await client.getByRole("button", { name: "Video", exact: true }).click();
  await client.getByRole("heading", { name: "When suits you?" }).waitFor();
  await client.getByRole("button", { name: "09:30", exact: true }).waitFor();
  await page.mouse.move(0, 0);
}

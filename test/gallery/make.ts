import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Browser, chromium } from "playwright-core";
import { drawSlack } from "../../adapters/slack/draw.ts";
import { slackCss } from "../../adapters/slack/draw-css.ts";
import { toModal } from "../../adapters/slack/modal.ts";
import { toBlocks } from "../../adapters/slack/render.ts";
import { toAdaptiveCard } from "../../adapters/teams/render.ts";
import { toPlainText } from "../../src/cards/plain.ts";
import { cardWords } from "../../src/words/cards.ts";
import { browserArguments, findBrowser } from "../support/browser-setup.ts";
import { openTeamsPainter } from "./teams-pictures.ts";
import type { View } from "./views.ts";

/**
 * Writes every view as text, as JSON and as pictures of Slack and of Teams on a phone, for visual review: `npm run
 * gallery`.
 */
const root = join(import.meta.dirname, "..", "..");
const folder = join(import.meta.dirname, "out");
const phone = { width: 380, height: 640 };
/** Browsers limit the height of a picture. */
const tallest = 4000;
const at = { talkId: "tk_01jq8m2v7xk4n9t3c5d6e7f8g9", revision: 12 };

await rm(folder, { recursive: true, force: true });
const views = await collected();
const browser = await chromium.launch({ ...(await findBrowser()), headless: true, args: [...browserArguments] });
try {
  for (const theme of ["light", "dark"] as const) await drawAll(browser, theme);
} finally {
  await browser.close();
}

/** The views need real desks, which exist in tests only: the gallery's own test writes them here. */
async function collected(): Promise<readonly View[]> {
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  const args = [vitest, "run", "--project", "desk", "test/gallery/slack.test.ts", "-t", "in the gallery"];
  const env = { ...process.env, GALLERY_FOLDER: folder };
  // A faulty view should still be drawn; without any view there is nothing to read below.
  await promisify(execFile)(process.execPath, args, { cwd: root, env }).catch(() => undefined);
  return JSON.parse(await readFile(join(folder, "views.json"), "utf8")) as View[]; // written by that test
}

async function drawAll(browser: Browser, theme: "light" | "dark"): Promise<void> {
  const context = await browser.newContext({ viewport: phone, colorScheme: theme, deviceScaleFactor: 2 });
  const page = await context.newPage();
  const teams = await openTeamsPainter(browser, { ...phone, theme, tallest });
  for (const { name, card } of views) {
    const place = join(folder, name.replaceAll(" ", "-"));
    const message = toBlocks(card, at);
    const modal = JSON.stringify(message.blocks).includes('"form:') ? toModal(card, at) : undefined;
    const drawn = [drawSlack(message), ...(modal === undefined ? [] : [drawSlack(modal)])].join("<br>");
    await mkdir(join(place, ".."), { recursive: true });
    await writeFile(`${place}.txt`, `${toPlainText(card, cardWords)}\n`);
    const adaptiveCard = toAdaptiveCard(card, at);
    await writeFile(`${place}.teams.json`, `${JSON.stringify(adaptiveCard, undefined, 2)}\n`);
    await teams.paint(card, adaptiveCard, `${place}.teams-${theme}.png`);
    await writeFile(`${place}.slack.json`, `${JSON.stringify({ ...message, modal }, undefined, 2)}\n`);
    await page.setContent(
      `<!doctype html><html lang="en"><style>body{margin:0;color-scheme:light dark;background:light-dark(#fff,#1a1d21)}${slackCss}</style><body>${drawn}</body></html>`,
    );
    const height = Math.min(await page.locator("html").evaluate((html) => html.scrollHeight), tallest);
    await page.screenshot({
      path: `${place}.slack-${theme}.png`,
      fullPage: true,
      clip: { x: 0, y: 0, width: phone.width, height },
    });
  }
  await context.close();
  await teams.close();
}

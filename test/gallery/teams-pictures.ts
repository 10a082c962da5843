import type { Browser } from "playwright-core";
import type { AdaptiveCard } from "../../adapters/teams/adaptive-card.ts";
import type { Card } from "../../src/cards/card.ts";
import { openDemoDesk } from "../support/demo-desk.ts";

/** Takes pictures of cards as Teams renders them on a phone. */
export interface TeamsPainter {
  paint(card: Card, drawn: AdaptiveCard, path: string): Promise<void>;
  close(): Promise<void>;
}

interface Look {
  readonly theme: "light" | "dark";
  readonly width: number;
  readonly height: number;
  /** Browsers limit the height of a picture. */
  readonly tallest: number;
}

/** The rendering is the local page's own: the official renderer, with Teams' host configuration. */
export async function openTeamsPainter(browser: Browser, { theme, tallest, ...viewport }: Look): Promise<TeamsPainter> {
  const desk = await openDemoDesk("2026-03-04T08:40:00Z");
  const context = await browser.newContext({ viewport, colorScheme: theme, deviceScaleFactor: 2 });
  const page = await context.newPage();
  // Only the page's rendering is used, not its behaviour.
  await page.route("**/page/app.js", (route) => route.abort());
  await page.goto(desk.address);
  return {
    async paint(card, drawn, path) {
      await page.locator("body").evaluate(
        async (body, [script, neutral, adaptiveCard]) => {
          const teams = await import(script);
          await teams.loadTeams();
          const { element } = teams.drawTeams(neutral, adaptiveCard, { filled: {}, errors: {}, send: () => {} });
          body.style.cssText = "display: block; height: auto; overflow: visible; padding: 8px";
          body.replaceChildren(element);
        },
        ["/page/teams-card.js", card, drawn] as const,
      );
      const height = Math.min(await page.locator("body").evaluate((body) => body.scrollHeight), tallest);
      await page.screenshot({ path, fullPage: true, clip: { x: 0, y: 0, width: viewport.width, height } });
    },
    async close() {
      await context.close();
      await desk.close();
    },
  };
}

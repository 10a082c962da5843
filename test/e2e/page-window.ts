import axe from "axe-core";
import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { openTestPage } from "../adapters/page/test-page.ts";
import { sharedBrowser } from "../support/browser.ts";

/** The page of a made-up desk in a fresh browser window; an error on the page's console fails the test. */
export async function openWindow(options: BrowserContextOptions & { page?: Parameters<typeof openTestPage>[0] } = {}) {
  const { page: parts, ...context } = options;
  const desk = await openTestPage(parts);
  const shown = await visit(desk.address, context);
  await expect.poll(() => desk.inbounds.filter(({ body }) => body.type === "opened").length).toBe(2);
  desk.inbounds.length = 0;
  return { desk, ...shown };
}

/** A page in a fresh browser window, with its regions; an error on its console fails the test. */
export async function visit(address: string, context: BrowserContextOptions = {}) {
  const browser = await sharedBrowser();
  const window = await browser.newPage({ viewport: { width: 1280, height: 860 }, ...context });
  const errors: string[] = [];
  window.on("pageerror", (error) => errors.push(String(error)));
  window.on("console", (message) => {
    // What the browser itself says of a lost connection is no mistake of the page.
    if (message.type() === "error" && !/Failed to load resource/.test(message.text())) errors.push(message.text());
  });
  onTestFinished(async () => {
    await window.close();
    expect(errors).toEqual([]);
  });
  await window.goto(address);
  const region = (name: string) => window.getByRole("region", { name, exact: true });
  return {
    window,
    client: region("Client"),
    practitioner: region("Practitioner"),
    mail: region("Mail"),
    clock: window.getByRole("group", { name: "Desk clock" }),
  };
}

/** The accessible name of the element that has the focus, with its role's tag. */
export function focused(window: Page): Promise<string> {
  return window.evaluate(
    "document.activeElement.tagName + ' ' + (document.activeElement.getAttribute('aria-label') ?? document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent)",
  );
}

/** The texts an element is described by. */
export async function descriptionOf(locator: Locator): Promise<string> {
  const ids = (await locator.getAttribute("aria-describedby"))?.split(" ") ?? [];
  const texts = ids.map((id) => locator.page().locator(`[id="${id}"]`).textContent());
  return (await Promise.all(texts)).join(" | ");
}

/** What axe-core finds wrong on the page, one readable line each; by the named rules alone, where they are all that may differ. */
export async function findings(window: Page, rules?: readonly string[]): Promise<string[]> {
  // The finished look is judged, not a frame of something that is fading in.
  await window.evaluate(
    // A card that is painted anew takes its animation back: that is over too.
    "Promise.allSettled(document.getAnimations().filter((each) => each.effect.getTiming().iterations !== Infinity).map((each) => each.finished))",
  );
  if (!(await window.evaluate("'axe' in window"))) await window.evaluate(axe.source);
  const only = rules === undefined ? {} : { runOnly: { type: "rule", values: rules } };
  const options = JSON.stringify({ ...only, resultTypes: ["violations", "incomplete"] });
  // What is in order is much more than what is not: it is neither written down nor handed over.
  const wrong = await window.evaluate<axe.Result[]>(
    // Of words on a gradient axe says only that it cannot tell; words that are merely scrolled out of sight are no finding.
    `axe.run(${options}).then(({ violations, incomplete }) => [
      ...violations,
      ...incomplete.map((each) => ({ ...each, nodes: each.nodes.filter(({ any }) => any[0]?.data?.messageKey === "bgGradient") })),
    ])`,
  );
  return wrong.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
}

import axe from "axe-core";
import type { Locator, Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { openTestPage } from "../adapters/page/test-page.ts";
import { emptyWindow, type WindowLook } from "../support/browser.ts";

/** Opens the page of a made-up desk in a fresh browser window. An error on the page's console fails the test. */
export async function openWindow(options: WindowLook & { page?: Parameters<typeof openTestPage>[0] } = {}) {
  const { page: parts, ...look } = options;
  const desk = await openTestPage(parts);
  const shown = await visit(desk.address, look);
  await expect.poll(() => desk.inbounds.filter(({ body }) => body.type === "opened").length).toBe(2);
  desk.inbounds.length = 0;
  return { desk, ...shown };
}

/** A page in a fresh browser window, with its regions. An error on its console fails the test. */
export async function visit(address: string, look: WindowLook = {}) {
  const window = await emptyWindow(look);
  const errors: string[] = [];
  window.on("pageerror", (error) => errors.push(String(error)));
  window.on("console", (message) => {
    // The browser's own log of a lost connection is not an error of the page.
    if (message.type() === "error" && !/Failed to load resource/.test(message.text())) errors.push(message.text());
  });
  onTestFinished(() => expect(errors).toEqual([]));
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

/** The accessible name of the focused element, with its tag. */
export function focused(window: Page): Promise<string> {
  return window.evaluate(
    "document.activeElement.tagName + ' ' + (document.activeElement.getAttribute('aria-label') ?? document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent)",
  );
}

/** The texts that describe an element. */
export async function descriptionOf(locator: Locator): Promise<string> {
  const ids = (await locator.getAttribute("aria-describedby"))?.split(" ") ?? [];
  const texts = ids.map((id) => locator.page().locator(`[id="${id}"]`).textContent());
  return (await Promise.all(texts)).join(" | ");
}

/** What axe-core looks at. By default the whole page, by every rule. */
export interface Scope {
  /** One element instead of the page. */
  readonly within?: Locator;
  readonly rules?: readonly string[];
}

/** The axe-core findings, one readable line each. */
export async function findings(window: Page, { within, rules }: Scope = {}): Promise<string[]> {
  // Finishes animations, so that axe-core judges the final look.
  await window.evaluate(
    // A repainted card restarts its animation; finish that one too.
    "Promise.allSettled(document.getAnimations().filter((each) => each.effect.getTiming().iterations !== Infinity).map((each) => each.finished))",
  );
  if (!(await window.evaluate("'axe' in window"))) await window.evaluate(axe.source);
  const only: axe.RunOptions = rules === undefined ? {} : { runOnly: { type: "rule", values: [...rules] } };
  // Passing results are far larger than violations, so they are neither collected nor transferred.
  const options: axe.RunOptions = { ...only, resultTypes: ["violations", "incomplete"] };
  const wrong = await (within ?? window.locator(":root")).evaluate(async (element, how) => {
    const { axe: own } = element.ownerDocument.defaultView as unknown as { axe: typeof axe }; // evaluated above
    const { violations, incomplete } = await own.run(element.matches(":root") ? element.ownerDocument : element, how);
    // axe-core cannot judge text on a gradient; text that is only scrolled out of view is no finding.
    const onGradient = incomplete.map((each) => ({
      ...each,
      nodes: each.nodes.filter(({ any }) => any[0]?.data?.messageKey === "bgGradient"),
    }));
    return [...violations, ...onGradient];
  }, options);
  return wrong.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
}

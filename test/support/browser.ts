import { type Browser, chromium } from "playwright-core";
import { inject } from "vitest";
import { browserArguments } from "./browser-setup.ts";

let running: Promise<Browser> | undefined;

/**
 * The headless browser shared by this worker's tests. Each test opens and closes its own window. Works in `test/e2e` only,
 * whose set-up finds the browser; rejects when there is none.
 */
export function sharedBrowser(): Promise<Browser> {
  running ??= chromium.launch({ ...inject("browser"), headless: true, args: [...browserArguments] });
  return running;
}

import { type Browser, chromium } from "playwright-core";
import { inject } from "vitest";
import { browserArguments } from "./browser-setup.ts";

let running: Promise<Browser> | undefined;

/**
 * The headless browser of this worker, which all its tests share: each opens a window of its own and closes it. It talks
 * to nobody but the pages it is given, and ends with the worker. Works in `test/e2e` only, whose set-up finds the browser;
 * rejects when there is none.
 */
export function sharedBrowser(): Promise<Browser> {
  running ??= chromium.launch({ ...inject("browser"), headless: true, args: [...browserArguments] });
  return running;
}

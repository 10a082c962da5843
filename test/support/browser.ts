import { type Browser, chromium } from "playwright-core";
import { inject } from "vitest";
import { browserArguments } from "./browser-setup.ts";

/**
 * A fresh headless browser that talks to nobody but the pages it is given; the caller closes it.
 * Works in `test/e2e` only, whose set-up finds the browser. Throws when there is none.
 */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ ...inject("browser"), headless: true, args: [...browserArguments] });
}

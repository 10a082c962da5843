import { type Browser, chromium } from "playwright-core";
import { inject } from "vitest";

const quiet = [
  "--no-sandbox", // Chromium refuses its sandbox to root, who runs the tests in a container.
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--no-default-browser-check",
  "--no-pings",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-sync",
  "--disable-default-apps",
  "--disable-breakpad",
  "--metrics-recording-only",
  "--force-color-profile=srgb",
];

/**
 * A fresh headless browser that talks to nobody but the pages it is given; the caller closes it.
 * Works in `test/e2e` only, whose set-up finds the browser. Throws when there is none.
 */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ ...inject("browser"), headless: true, args: quiet });
}

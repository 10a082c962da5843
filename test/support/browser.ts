import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { inject, onTestFinished } from "vitest";
import { browserArguments } from "./browser-setup.ts";
import { patienceMs } from "./patience.ts";

let running: Promise<Browser> | undefined;

/** The headless browser shared by this worker's tests. Works in `test/e2e` only, whose set-up finds it. */
function sharedBrowser(): Promise<Browser> {
  running ??= chromium.launch({ ...inject("browser"), headless: true, args: [...browserArguments] });
  return running;
}

/** What a test chooses about its window. */
export type WindowLook = Pick<BrowserContextOptions, "viewport" | "colorScheme" | "reducedMotion" | "timezoneId">;

/** With motion a pending card is repainted on every frame. Tests of animations ask for motion. */
const still = { viewport: { width: 1280, height: 900 }, colorScheme: "light", reducedMotion: "reduce" } as const;

/** Windows that earlier tests of this worker have left, by their time zone, which a window cannot change. */
const idle = new Map<string | undefined, Page[]>();

/**
 * An empty browser window for the running test, with no storage. Another test gets the window afterwards, because a new
 * window starts a process of the browser, which takes longer than most tests. The window of a failed test is closed.
 */
export async function emptyWindow(look: WindowLook = {}): Promise<Page> {
  const { viewport, timezoneId, ...media } = { ...still, ...look };
  const left = idle.get(timezoneId) ?? [];
  idle.set(timezoneId, left);
  const page = left.pop() ?? (await newWindow(timezoneId));
  onTestFinished(async ({ task }) => {
    if (task.result?.state !== "fail" && (await emptied(page))) left.push(page);
    else await page.context().close();
  });
  if (viewport) await page.setViewportSize(viewport);
  await page.emulateMedia(media);
  return page;
}

async function newWindow(timezoneId: string | undefined): Promise<Page> {
  const context = await (await sharedBrowser()).newContext(timezoneId === undefined ? {} : { timezoneId });
  context.setDefaultTimeout(patienceMs);
  return context.newPage();
}

/** Closes what a test opened beside the window, and deletes what its pages stored. Whether that was possible. */
async function emptied(page: Page): Promise<boolean> {
  const context: BrowserContext = page.context();
  for (const other of context.pages()) if (other !== page) await other.close();
  if (page.isClosed()) return false;
  page.removeAllListeners();
  await page.mouse.move(0, 0);
  await page.unrouteAll({ behavior: "ignoreErrors" });
  if (/^http/.test(page.url())) {
    const session = await context.newCDPSession(page);
    await session.send("Storage.clearDataForOrigin", { origin: new URL(page.url()).origin, storageTypes: "all" });
    await page.evaluate("sessionStorage.clear()");
    await session.detach();
  }
  await context.clearCookies();
  await page.goto("about:blank");
  return true;
}

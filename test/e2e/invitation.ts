import { readFile } from "node:fs/promises";
import ICAL from "ical.js";
import type { Locator, Page } from "playwright-core";

/** Downloads the open mail's invitation through the page and parses it as a calendar program does. */
export async function downloadInvitation(page: Page, mail: Locator) {
  const download = page.waitForEvent("download");
  await mail.getByRole("link", { name: "Add to calendar (.ics)" }).filter({ visible: true }).click();
  const calendar = new ICAL.Component(ICAL.parse(await readFile(await (await download).path(), "utf8")));
  const component = calendar.getFirstSubcomponent("vevent");
  if (component === null) throw new Error("the invitation holds no event");
  return { calendar, event: new ICAL.Event(component) };
}

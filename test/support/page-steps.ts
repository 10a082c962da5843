import type { Delivered } from "../../src/conversation/inbound.ts";
import { bookWords } from "../../src/words/book.ts";
import { eventsOn, eventTitled, type PagePerson } from "./page-person.ts";
import { until } from "./until.ts";

/** Goes over HTTP as far as Confirm & book for a `talk` of the crowded practice: the first time of the day, `YYYY-MM-DD`, or of all. */
export async function reviewOnPage(client: PagePerson, day?: string): Promise<Delivered> {
  const services = await client.say("book");
  const first = await client.press(services, eventTitled(services, "talk"));
  const times = day === undefined ? first : await client.press(first, { type: "day.chosen", day });
  const [slot] = eventsOn(times, "slot.chosen");
  if (slot === undefined) throw new Error("no time on offer");
  return client.press(times, slot);
}

/** And presses it. */
export async function requestOnPage(client: PagePerson, day?: string): Promise<Delivered> {
  const review = await reviewOnPage(client, day);
  return client.press(review, eventTitled(review, bookWords.confirmAndBook));
}

/** Whether a desk that answers has nothing left to send. */
export async function nothingWaits(address: string): Promise<boolean> {
  const metrics = await (await fetch(`${address}/metrics`)).text();
  return /^frontdesk_outbox_waiting 0$/m.test(metrics);
}

/** Resolves when a desk has sent everything. */
export function sentAll(address: string): Promise<void> {
  return until("everything was sent", () => nothingWaits(address));
}

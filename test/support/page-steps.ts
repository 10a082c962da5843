import type { Delivered } from "../../src/conversation/inbound.ts";
import { bookWords } from "../../src/words/book.ts";
import { eventsOn, eventTitled, type PagePerson } from "./page-person.ts";
import { until } from "./until.ts";

/** Books a `talk` of the crowded practice over HTTP up to the review card: the first free time of the day (`YYYY-MM-DD`) or of all days. */
export async function reviewOnPage(client: PagePerson, day?: string): Promise<Delivered> {
  const services = await client.say("book");
  const first = await client.press(services, eventTitled(services, "talk"));
  const times = day === undefined ? first : await client.press(first, { type: "day.chosen", day });
  const [slot] = eventsOn(times, "slot.chosen");
  if (slot === undefined) throw new Error("no time on offer");
  return client.press(times, slot);
}

/** Books up to the review card and presses Confirm & book. */
export async function requestOnPage(client: PagePerson, day?: string): Promise<Delivered> {
  const review = await reviewOnPage(client, day);
  return client.press(review, eventTitled(review, bookWords.confirmAndBook));
}

/** Whether the desk's outbox is empty. */
export async function isOutboxEmpty(address: string): Promise<boolean> {
  const metrics = await (await fetch(`${address}/metrics`)).text();
  return /^frontdesk_outbox_waiting 0$/m.test(metrics);
}

/** Resolves when the outbox is empty. */
export function sentAll(address: string): Promise<void> {
  return until("the outbox is empty", () => isOutboxEmpty(address));
}

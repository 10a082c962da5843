import { bookWords } from "../../src/words/book.ts";
import type { DeskOver } from "./desk-over.ts";
import { eventsOn, eventTitled, type Shown } from "./page-person.ts";

/** What to book in the crowded practice. */
export interface Wish {
  readonly service: "talk" | "check";
  /** The practitioner's name on the button. Absent if there is only one. */
  readonly practitioner?: string;
}

/** Books up to the card with the free times. */
export async function toTimes(desk: DeskOver, user: string, wish: Wish): Promise<Shown> {
  const services = await desk.say(user, "book");
  const next = await desk.press(user, services, eventTitled(services, wish.service));
  if (wish.practitioner === undefined) return next;
  return desk.press(user, next, eventTitled(next, wish.practitioner));
}

/** Books the first free time, up to the review card. */
export async function toReview(desk: DeskOver, user: string, wish: Wish): Promise<Shown> {
  const times = await toTimes(desk, user, wish);
  const [first] = eventsOn(times, "slot.chosen");
  if (first === undefined) throw new Error("no time on offer");
  return desk.press(user, times, first);
}

/** Requests the first free time. Returns the client's card and the booking's id. */
export async function request(
  desk: DeskOver,
  user: string,
  wish: Wish,
): Promise<Shown & { readonly bookingId: string }> {
  const review = await toReview(desk, user, wish);
  const waiting = await desk.press(user, review, eventTitled(review, bookWords.confirmAndBook));
  await desk.idle();
  const talk = await desk.store.read.talks.find(waiting.talkId ?? "");
  if (talk?.aboutBookingId === undefined) throw new Error("nothing was requested");
  return { ...waiting, bookingId: talk.aboutBookingId };
}

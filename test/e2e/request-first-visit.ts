import type { Chat } from "../support/desk-window.ts";

/** A session as a client picks it on the page: the title of the day's button and of the time's. */
export interface Wanted {
  readonly day: string;
  readonly time: string;
  /** A client with a package first chooses whether the session is booked from it. */
  readonly hasPackage?: true;
}

/** Goes by buttons from the greeting to the times of a First visit by video. */
export async function chooseVideo(client: Chat, name: string, hasPackage = false): Promise<void> {
  await client.press(`Hello ${name}`, "Request a session");
  if (hasPackage) await client.press("Book from a package?", "Book without a package");
  await client.press("What would you like to book?", "First visit");
  await client.press("How would you like to meet?", "Video");
}

/** Picks a shown day and time, which holds the slot. */
export async function chooseTime(client: Chat, { day, time }: Wanted): Promise<void> {
  await client.showDay(day);
  await client.press("When suits you?", time);
}

/** Fills in the required answers of a First visit's form. */
export async function answerForm(client: Chat, goal = "More energy in the morning"): Promise<void> {
  const form = client.card("A few questions");
  await form.getByLabel("What would you like to work on?").fill(goal);
  await form.getByLabel("Vegetarian").check();
  await client.press("A few questions", "Continue");
}

/** Goes by buttons from the greeting to an open request. */
export async function requestFirstVisit(client: Chat, name: string, wanted: Wanted): Promise<void> {
  await chooseVideo(client, name, wanted.hasPackage);
  await chooseTime(client, wanted);
  await answerForm(client);
  await client.press("Please check everything", "Confirm & book");
  await client.card("Waiting for an answer").waitFor();
}

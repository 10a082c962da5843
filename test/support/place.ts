import type { Talk } from "../../db/store.ts";

/** The flow and state a talk is in: `book.choosingTime`. */
export function placeOf(talk: Pick<Talk, "flow" | "snapshot">): string {
  const { state } = JSON.parse(talk.snapshot) as { state: string }; // written by conversation/snapshot.ts
  return `${talk.flow}.${state}`;
}

/** Where a talk is only on its way to the next state, and so never rests. */
export const passedThrough = [
  "home.opening",
  "bookings.opening",
  "book.opening",
  "book.holdingTime",
  "book.requesting",
  "review.opening",
  "proposal.opening",
  "cancel.opening",
  "cancel.looking",
  "reschedule.opening",
  "reschedule.looking",
  "change.opening",
  "notice.opening",
  "packages.opening",
  "assign.opening",
  "answers.opening",
  "absence.opening",
  "requests.opening",
  "activate.opening",
  "link.opening",
  "invite.opening",
  "people.opening",
  "contact.opening",
  "who.opening",
  "plan.opening",
  "plan-review.opening",
];

/** What no talk written down brings about: a plan's practitioner stays the one it was sent to. */
export const notYet = ["plan-review.gone"];

import type { Talk } from "../../db/store.ts";

/** A talk's flow and state, such as `book.choosingTime`. */
export function placeOf(talk: Pick<Talk, "flow" | "snapshot">): string {
  const { state } = JSON.parse(talk.snapshot) as { state: string }; // written by conversation/snapshot.ts
  return `${talk.flow}.${state}`;
}

/** Transient states, in which a talk never rests. */
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

/**
 * States that no golden talk reaches: a plan's practitioner never changes after it was sent.
 */
export const notYet = ["plan-review.gone"];

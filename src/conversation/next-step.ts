import type { Button } from "../cards/card.ts";
import { askEvent, type NewTalk } from "../cards/talks.ts";
import type { NextStep } from "../desk/questions/asked.ts";
import { given } from "../given.ts";
import { nextStepWords } from "../words/conversation.ts";

/** The talk that an answer's next step begins. */
export function talkOf(step: NextStep): NewTalk {
  switch (step.to) {
    case "book":
      return { flow: "book", input: { type: "book", ...given({ serviceId: step.serviceId }) } };
    case "bookings":
      return { flow: "bookings", input: { type: "bookings" } };
    case "session":
      return { flow: "bookings", input: { type: "booking.opened", bookingId: step.bookingId } };
    case "packages":
      return { flow: "packages", input: { type: "packages" } };
    case "message":
      return { flow: "contact", input: { type: "contact" } };
    case "requests":
      return { flow: "home", input: { type: "requests" } };
    case "client":
      return { flow: "people", input: { type: "clients" } };
    default:
      return step satisfies never;
  }
}

/** The button for an answer's next step, on a card of another talk. */
export function nextButton(step: NextStep): Button {
  return { label: nextStepWords[step.to], action: { event: askEvent(talkOf(step)) } };
}

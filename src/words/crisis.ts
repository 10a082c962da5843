import type { CrisisNumbers, PublicLine } from "../domain/crisis.ts";

/** Texts of the card and the page that answer words of self-harm, suicide or violence (W11). */
export const crisisWords = {
  /** Shown on lock screens, so it does not say what the message was about. */
  summary: "Please read this now",
  title: "You can reach someone now",
  program:
    "It sounds as if you may need help that this desk cannot give. The desk is a program, and no person is reading along.",
  notPassedOn: (button: string) =>
    `Your practitioner has not been notified. They hear from you only if you press “${button}” and send them a message. Nothing was booked, moved or cancelled.`,
  notPassedOnForm: (typed: string) =>
    `Your practitioner has not been notified. They see your answers only when they open them. To write to them now, return to the chat and type “${typed}”. Nothing was booked, moved or cancelled.`,
} as const;

/** The sentence before the numbers, or in place of them. */
export function helpLead({ own, lines }: CrisisNumbers): string {
  const danger = "If you or someone else may be in danger, please call";
  if (lines.length === 0)
    return `${danger} your local emergency number now.${own.length === 0 ? "" : " You can also call:"}`;
  return `${danger} ${own.length + lines.length === 1 ? "this number" : "one of these numbers"} now:`;
}

/** Who answers and the number to call, the practice's own contacts first. */
export function helpFacts({
  own,
  lines,
}: CrisisNumbers): readonly { readonly label: string; readonly value: string }[] {
  return [
    ...own.map(({ name, phone }) => ({ label: name, value: phone })),
    ...lines.map(({ line, phone }) => ({ label: lineName(line), value: phone })),
  ];
}

function lineName(line: PublicLine["line"]): string {
  switch (line) {
    case "emergency":
      return "Emergency services";
    case "samaritans":
      return "Samaritans";
    case "us-crisis":
      return "Suicide & Crisis Lifeline, call or text";
    case "ca-crisis":
      return "Suicide Crisis Helpline, call or text";
    default:
      return line satisfies never;
  }
}

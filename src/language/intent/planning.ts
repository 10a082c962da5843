import type { ReadingContext } from "../when/moment.ts";
import { asksToPlan } from "../when/recurrence.ts";
import type { Act, NameSaid } from "./act.ts";

/**
 * A client's acts, with "plan" where several sessions are wanted at once: "book my remaining sessions on Tuesdays",
 * "I'd like to come every Monday", "plan Spring reset". The booking verb of such a message is replaced by "plan".
 */
export function withPlanning(
  acts: readonly Act[],
  { said, masked, names }: { readonly said: string; readonly masked: string; readonly names: readonly NameSaid[] },
  moment: ReadingContext,
): readonly Act[] {
  if (acts.some(({ verb }) => verb === "plan")) return acts;
  const plansPackage = /\bplan\b/.test(said) && names.some(({ kind }) => kind === "package");
  if (!plansPackage && !asksToPlan(masked, moment)) return acts;
  const booked = acts.find(({ verb, polarity }) => verb === "book" && polarity === "do");
  if (booked !== undefined) {
    const plan: Act = { ...booked, verb: "plan", certainty: Math.max(booked.certainty, planCertainty) };
    return acts.map((act) => (act === booked ? plan : act));
  }
  if (acts.length > 0) return acts;
  const object = { thing: "plan", names, methods: [], refs: [] } as const;
  return [{ from: 0, to: said.length, verb: "plan", polarity: "do", object, certainty: planCertainty }];
}

const planCertainty = 0.85;

import { sureActs } from "../conversation/hear.ts";
import type { Reading } from "../language/reading.ts";

/** "Stop", "never mind" and a bare "cancel" end the choice. No session is booked yet, so none is cancelled. */
export function givesUp(reading: Reading): boolean {
  const [act, ...more] = sureActs(reading);
  const { thing, names, when, refs } = act?.object ?? {};
  const isBare = thing === undefined && names?.length === 0 && when === undefined && !refs?.some((ref) => ref !== "it");
  return act !== undefined && more.length === 0 && (act.verb === "stop" || (act.verb === "cancel" && isBare));
}

import { sureActs } from "../conversation/hear.ts";
import type { Reading } from "../language/reading.ts";

/**
 * "Stop", "never mind", "cancel" and "cancel the booking" end the choice. What is being booked is the session that the
 * words mean, so no other session is cancelled.
 */
export function givesUp(reading: Reading): boolean {
  const [act, ...more] = sureActs(reading);
  const { thing, names, when, refs } = act?.object ?? {};
  const isOfForm = thing === undefined || thing === "session" || thing === "request";
  const isBare = isOfForm && names?.length === 0 && when === undefined && !refs?.some((ref) => ref !== "it");
  return act !== undefined && more.length === 0 && (act.verb === "stop" || (act.verb === "cancel" && isBare));
}

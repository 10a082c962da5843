import { type Platform, platforms } from "./messenger.ts";

/**
 * What an outbox row is sent through. Each service has sending slots and a circuit of its own, so that one that hangs
 * delays nothing else (R1). `desk` runs errands; `-background` is for what nobody waits for on a platform: Home tabs and
 * hints in channels.
 */
export type Service = "desk" | Platform | `${Platform}-background` | "mail" | "payments";

/** Every service. */
export const services: readonly Service[] = [
  "desk",
  ...platforms,
  ...platforms.map((platform): Service => `${platform}-background`),
  "mail",
  "payments",
];

/** The outside service behind a service: both parts of a platform fail together. */
export function outsideOf(service: Service): string {
  return service.replace(/-background$/, "");
}

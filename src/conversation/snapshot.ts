import type { AnyMachineSnapshot } from "xstate";
import { z } from "zod";
import type { Talk } from "../../db/store.ts";
import type { Flow, Place } from "./flow.ts";

const envelope = z.object({ state: z.string(), context: z.unknown() });

/** A machine's state and context as text, without xstate's own fields. */
export function wrapSnapshot(snapshot: AnyMachineSnapshot): string {
  return JSON.stringify({ state: snapshot.value, context: snapshot.context });
}

/** Snapshots hold small ids and choices, so this file writes nothing longer. */
const longestSnapshot = 100_000;

/**
 * Restores a talk's snapshot. Undefined where it cannot be restored: the text is broken, the state is unknown, the
 * context has another shape or is about another booking than the talk, or no migration leads to the present version.
 * Everything is checked here, because a wrong snapshot would fail later and end the process.
 */
export function restoreSnapshot(flow: Flow, talk: SavedPlace): AnyMachineSnapshot | undefined {
  const parsed = talk.snapshot.length > longestSnapshot ? undefined : envelope.safeParse(parseJson(talk.snapshot));
  if (parsed === undefined || !parsed.success) return undefined;
  const place = migrated(flow, talk.version, { state: parsed.data.state, context: parsed.data.context });
  if (place === undefined || !Object.hasOwn(flow.machine.states, place.state)) return undefined;
  const context = flow.context.safeParse(place.context);
  if (!context.success) return undefined;
  const about = flow.about(context.data);
  if (about !== undefined && about !== talk.aboutBookingId) return undefined;
  return flow.machine.resolveState({ value: place.state, context: context.data });
}

/** A talk's place as the database stores it. */
type SavedPlace = Pick<Talk, "version" | "snapshot" | "aboutBookingId">;

function migrated(flow: Flow, version: number, kept: Place): Place | undefined {
  if (version > flow.version) return undefined;
  let place: Place = kept;
  for (let from = version; from < flow.version; from++) {
    const step = flow.migrate?.[from];
    if (step === undefined) return undefined;
    place = step(place);
  }
  return place;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

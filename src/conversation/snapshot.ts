import type { AnyMachineSnapshot } from "xstate";
import { z } from "zod";
import type { Flow } from "./flow.ts";

const envelope = z.object({ state: z.string(), context: z.unknown() });

/** A machine's place as text: its state and context, nothing of xstate's own. */
export function wrapSnapshot(snapshot: AnyMachineSnapshot): string {
  return JSON.stringify({ state: snapshot.value, context: snapshot.context });
}

/**
 * Takes a talk up where it was left. `undefined` when it cannot be: the text is broken, the state is gone, the context
 * has another shape, or no migration leads from its version to this one. A restored snapshot that is wrong would not
 * fail at once but end the process later, so nothing unproved gets through.
 */
export function restoreSnapshot(flow: Flow, version: number, text: string): AnyMachineSnapshot | undefined {
  const parsed = envelope.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  let place: { state: string; context: unknown } = { state: parsed.data.state, context: parsed.data.context };
  for (let from = version; from < flow.version; from++) {
    const step = flow.migrate?.[from];
    if (step === undefined) return undefined;
    place = step(place);
  }
  if (version > flow.version || !(place.state in flow.machine.states) || !(place.state in flow.scenes))
    return undefined;
  const context = flow.context.safeParse(place.context);
  if (!context.success) return undefined;
  return flow.machine.resolveState({ value: place.state, context: context.data });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

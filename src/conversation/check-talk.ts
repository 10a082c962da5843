import type { NewTalk, UncheckedTalk } from "../cards/talks.ts";
import type { Flow } from "./flow.ts";

/**
 * Reads a talk to begin that comes from outside, or from a row of an earlier release. Undefined: no flow accepts it.
 */
export function checkTalk(
  flows: Readonly<Record<string, Flow>>,
  { flow: name, input }: UncheckedTalk,
): NewTalk | undefined {
  const flow = Object.hasOwn(flows, name) ? flows[name] : undefined;
  const read = flow?.input.safeParse(input);
  return read?.success === true ? ({ flow: name, input: read.data } as NewTalk) : undefined; // the flow's own schema read it
}

import type { Flow, Heard, Route, Turn } from "./flow.ts";
import type { Person } from "./person.ts";
import { isGlobal, route } from "./router.ts";

/** Flows whose acts are read from the reading; the old router no longer leads to them. */
const converted: ReadonlySet<string> = new Set([
  "absence",
  "activate",
  "assign",
  "book",
  "bookings",
  "cancel",
  "change",
  "contact",
  "invite",
  "link",
  "packages",
  "people",
  "plan-review",
  "proposal",
  "question",
  "remind",
  "requests",
  "reschedule",
  "review",
  "who",
]);

/** What a flow that still reads text makes of a message. */
export async function legacyHeard(
  flow: Flow,
  state: string,
  text: string,
  context: unknown,
  turn: Turn,
): Promise<Heard> {
  const listens = flow.listen?.[state];
  return listens === undefined || isGlobal(text) ? undefined : listens(text, context, turn);
}

/** The talk the old router leads to, for flows that are not converted yet. */
export async function legacyRoute(
  text: string,
  turn: Turn,
  { role, zone, practice }: Person,
  flows: Readonly<Record<string, Flow>> = {},
): Promise<Route | undefined> {
  const found = route(text, { role, zone, locale: practice.locale, nowMs: turn.nowMs });
  if (found !== undefined && !converted.has(found.flow)) {
    const read = await flows[found.flow]?.reads?.(text, turn, found.input);
    return read === undefined ? found : ({ ...found, input: read } as Route); // a flow gives its own input
  }
  for (const flow of Object.values(flows)) {
    if (!flow.roles.includes(role)) continue;
    const input = await flow.isOpenedBy?.(text, turn);
    if (input !== undefined) return { flow: flow.name, input } as Route; // a flow gives its own input
  }
  return undefined;
}

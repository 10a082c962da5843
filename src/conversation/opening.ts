import type { Act } from "../language/intent/act.ts";
import type { Flow, Role, Route, Turn } from "./flow.ts";
import { sureActs } from "./hear.ts";

type Register = Readonly<Record<string, Flow>>;

/**
 * The talk that the acts of a message begin: that of the first act that some flow opens on. The open talk's own flow is
 * tried first, because "cancel physio", said to the card that cancels Massage, is for the same flow. A transient flow
 * is not, because the menu's list only takes acts that no other flow opens on.
 */
export async function talkForActs(flows: Register, turn: Turn, own: Flow | undefined): Promise<Route | undefined> {
  for (const act of turn.reading === undefined ? [] : sureActs(turn.reading)) {
    const route = await talkForAct(flows, act, turn, own);
    if (route !== undefined) return route;
  }
  return undefined;
}

/** The talk that one act begins. */
export async function talkForAct(flows: Register, act: Act, turn: Turn, own?: Flow): Promise<Route | undefined> {
  return firstRoute(flows, turn, own, (flow, reading) => flow.opensOn?.[act.verb]?.(act, reading, turn));
}

/** The talk for a message that wants something without an act. */
export async function talkForWish(flows: Register, turn: Turn): Promise<Route | undefined> {
  return firstRoute(flows, turn, undefined, (flow, reading) => flow.opensOnWish?.(reading, turn));
}

/** The talk that has its own card for the question of a message. */
export async function talkForQuestion(flows: Register, turn: Turn): Promise<Route | undefined> {
  return firstRoute(flows, turn, undefined, (flow, reading) => flow.opensOnQuestion?.(reading, turn));
}

/** The talk for a message in distress. */
export async function talkForDistress(flows: Register, turn: Turn): Promise<Route | undefined> {
  return firstRoute(flows, turn, undefined, (flow) => flow.opensOnDistress?.(turn));
}

/** The talk for a message with an entry code, as a stranger. */
export async function talkForCode(flows: Register, turn: Turn): Promise<Route | undefined> {
  const route = await firstRoute(flows, turn, undefined, (flow, { code }) =>
    code === undefined ? undefined : flow.opensOnCode?.(code, turn),
  );
  return route && { ...route, as: stranger };
}

/** A talk that begins without any of the chat user's people. */
const stranger = { practiceId: "", role: "stranger" } as const;

type Opened = Route["input"] | undefined;

async function firstRoute(
  flows: Register,
  turn: Turn,
  own: Flow | undefined,
  input: (flow: Flow, reading: NonNullable<Turn["reading"]>) => Promise<unknown> | unknown,
): Promise<Route | undefined> {
  const { reading } = turn;
  const role = turn.actor.kind === "desk" ? undefined : turn.actor.kind;
  if (reading === undefined || role === undefined) return undefined;
  const all = Object.values(flows).filter(({ roles }) => roles.includes(role) || isForStrangers(roles));
  for (const flow of own === undefined || own.passing === true ? all : [own, ...all.filter((one) => one !== own)]) {
    const opened = (await input(flow, reading)) as Opened; // a flow gives its own input
    if (opened === undefined) continue;
    return { flow: flow.name, input: opened, ...(isForStrangers(flow.roles) ? { as: stranger } : {}) } as Route;
  }
  return undefined;
}

function isForStrangers(roles: readonly Role[]): boolean {
  return roles.every((role) => role === "stranger");
}

import type { CardEvent } from "./card.ts";

/**
 * Every talk that can begin: the flow's name, and the input it begins with. A flow adds its entry beside its input's
 * schema, by declaration merging, so that rooms below the flows can begin a talk without importing one:
 *
 *     declare module "../../src/cards/talks.ts" {
 *       interface Talks { readonly cancel: z.infer<typeof cancelInput> }
 *     }
 */
// biome-ignore lint/suspicious/noEmptyInterface: the flows fill it
export interface Talks {}

export type TalkName = keyof Talks;

/** A talk to begin: its flow, with the input that this flow takes. */
export type NewTalk<Name extends TalkName = TalkName> = {
  readonly [Each in Name]: { readonly flow: Each; readonly input: Talks[Each] };
}[Name];

/** A talk to begin as a door read it from a press: nothing of it is checked yet. */
export interface UncheckedTalk {
  readonly flow: string;
  readonly input: CardEvent;
}

/** The event of a button that begins a talk, on a card outside of any talk: the standing page of an app. */
export interface AskEvent extends CardEvent {
  readonly type: "ask";
  readonly flow: TalkName;
  /** The type of the input, whose other fields stand beside it. */
  readonly as: string;
}

/** The event of a button that begins this talk. */
export function askEvent({ flow, input }: NewTalk): AskEvent {
  const { type, ...rest }: CardEvent = input;
  return { ...rest, type: "ask", flow, as: type };
}

/** The talk such a button begins; undefined for any other event. */
export function readAsk(event: CardEvent): UncheckedTalk | undefined {
  const { type, flow, as, ...rest } = event;
  if (type !== "ask" || typeof flow !== "string" || typeof as !== "string") return undefined;
  return { flow, input: { ...rest, type: as } };
}

/** Whether a kept talk is one of these flows. */
export function isTalkOf({ flow }: { readonly flow: string }, ...names: readonly TalkName[]): boolean {
  return names.some((name) => name === flow);
}

import { z } from "zod";
import type { Card, CardEvent, InputValues } from "../../src/cards/card.ts";
import type { PageMessage } from "../../src/ports/page-messages.ts";

/** As what the page shows cards: as the desk draws them, or as another messenger would. */
export const look = z.enum(["desk", "slack", "teams"]).catch("desk");
export type Look = z.infer<typeof look>;

/** Where a card stands: goes back with a press on its drawing. */
export interface DrawnAt {
  readonly talkId: string;
  readonly revision: number;
}

/** How other messengers draw a card; the adapters themselves do not know each other. */
export interface Drawings {
  readonly slack: {
    /** HTML in which everything written is escaped. */
    draw(card: Card, at: DrawnAt): string;
    readonly css: string;
  };
  readonly teams: {
    /** An Adaptive Card. */
    draw(card: Card, at: DrawnAt): unknown;
    /** What the data of a press says, as the Teams adapter itself reads it; undefined when it is none. */
    read(data: Readonly<Record<string, unknown>>, card: Card | undefined): DrawnPress | undefined;
    readonly hostConfig: { readonly light: unknown; readonly dark: unknown };
  };
}

/** A press on a drawing. */
export interface DrawnPress extends DrawnAt {
  readonly event: CardEvent;
  readonly values: InputValues;
}

/** A message as a window gets it. */
export type ShownMessage = PageMessage & {
  readonly drawing?:
    | { readonly as: "slack"; readonly html: string }
    | { readonly as: "teams"; readonly adaptiveCard: unknown };
};

/** A message with its card drawn as the window shows cards; typed lines, and the desk's own look, need no drawing. */
export function shownMessage(message: PageMessage, as: Look, { slack, teams }: Drawings): ShownMessage {
  const { card, talkId, revision } = message;
  if (as === "desk" || card === undefined || talkId === undefined || revision === undefined) return message;
  const at = { talkId, revision };
  if (as === "slack") return { ...message, drawing: { as, html: slack.draw(card, at) } };
  return { ...message, drawing: { as, adaptiveCard: teams.draw(card, at) } };
}

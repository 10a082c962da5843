import { z } from "zod";
import type { Card, CardEvent, InputValues } from "../../src/cards/card.ts";
import type { PageMessage } from "../../src/ports/page-messages.ts";

/** How the page displays cards: in the desk's own style, or as a preview of another platform. */
export const look = z.enum(["desk", "slack", "teams"]).catch("desk");
export type Look = z.infer<typeof look>;

/** The talk and revision of a drawn card. A press on it sends them back. */
export interface CardPlace {
  readonly talkId: string;
  readonly revision: number;
}

/** Previews of other platforms. They are passed in, because adapters may not import each other. */
export interface Drawings {
  readonly slack: {
    /** HTML with all text escaped. */
    draw(card: Card, at: CardPlace): string;
    readonly css: string;
  };
  readonly teams: {
    /** An Adaptive Card. */
    draw(card: Card, at: CardPlace): unknown;
    /** Reads a press's data with the Teams adapter's own parser; undefined when it is not a press. */
    read(data: Readonly<Record<string, unknown>>, card: Card | undefined): DrawnPress | undefined;
    readonly hostConfig: { readonly light: unknown; readonly dark: unknown };
  };
}

/** A press on a preview. */
export interface DrawnPress extends CardPlace {
  readonly event: CardEvent;
  readonly values: InputValues;
}

/** A message as sent to a browser window. */
export type ShownMessage = PageMessage & {
  readonly drawing?:
    | { readonly as: "slack"; readonly html: string }
    | { readonly as: "teams"; readonly adaptiveCard: unknown };
};

/** Adds the preview for the window's look. Typed lines and the desk's own look need none. */
export function shownMessage(message: PageMessage, as: Look, { slack, teams }: Drawings): ShownMessage {
  const { card, talkId, revision } = message;
  if (as === "desk" || card === undefined || talkId === undefined || revision === undefined) return message;
  const at = { talkId, revision };
  if (as === "slack") return { ...message, drawing: { as, html: slack.draw(card, at) } };
  return { ...message, drawing: { as, adaptiveCard: teams.draw(card, at) } };
}

import { given } from "../given.ts";
import type { Button, Card, CardPart, SecretKind, SecretRef } from "./card.ts";

/** Where a secret's value stands within a text. A text names its secrets, so a mark that a person typed says nothing. */
export function markOf({ link, ref }: SecretRef): string {
  return `{${link}:${ref}}`;
}

/** Replaces the marks of these secrets. A value that is gone leaves an ellipsis. */
export function withValues(
  text: string,
  secrets: readonly SecretRef[],
  find: (secret: SecretRef) => string | undefined,
): string {
  return secrets.reduce((shown, secret) => shown.replaceAll(markOf(secret), () => find(secret) ?? "…"), text);
}

/** Every secret of a card. */
export function secretsOf(card: Card): readonly SecretRef[] {
  return card.parts.flatMap((part) => {
    if (part.type === "text") return part.secrets ?? [];
    return part.type === "buttons" ? part.buttons.flatMap(({ action }) => ("link" in action ? [action] : [])) : [];
  });
}

/** The card with its secrets' values. A button whose link is gone is left out. */
export function withCardValues(card: Card, find: (secret: SecretRef) => string | undefined): Card {
  const opened = (button: Button): readonly Button[] => {
    if (!("link" in button.action)) return [button];
    const url = find(button.action);
    return url === undefined ? [] : [{ ...button, action: { url } }];
  };
  const parts = card.parts.flatMap((part): readonly CardPart[] => {
    if (part.type === "buttons") {
      const buttons = part.buttons.flatMap(opened);
      return buttons.length === 0 ? [] : [{ ...part, buttons }];
    }
    if (part.type !== "text" || part.secrets === undefined) return [part];
    return [{ type: "text", text: withValues(part.text, part.secrets, find) }];
  });
  return { ...card, parts };
}

/** A snapshot keeps the secret's `ref`. Those of earlier versions hold the value itself, which has no such form. */
function refIn(link: SecretKind, kept: string): SecretRef | undefined {
  return /^[^/:\s]+\/[\w-]+$/.test(kept) ? { link, ref: kept } : undefined;
}

/** The action of a link button, from what a snapshot kept. */
export function linkAction(link: SecretKind, kept: string): SecretRef | { readonly url: string } {
  return refIn(link, kept) ?? { url: kept };
}

/** A text that names one secret, from what a snapshot kept. */
export function secretText(link: SecretKind, kept: string, text: (value: string) => string) {
  const secret = refIn(link, kept);
  const secrets = secret && [secret];
  return { type: "text", text: text(secret === undefined ? kept : markOf(secret)), ...given({ secrets }) } as const;
}

import { limits } from "./limits.ts";

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/**
 * A text as Slack's mrkdwn shows it, letter by letter: after it no `<!channel>`, `<@U…>` or `<https://…|label>` can
 * come from what a person wrote (Slack, "Escaping text").
 */
export function escapeMrkdwn(text: string): string {
  return text.replace(/[&<>]/g, (character) => escapes[character] ?? character);
}

/**
 * What a person typed, from the text of an event (S21): links as their address, mail links as the address alone, people and
 * channels as their ids or names. To be called once, at the edge: a typed `&amp;lt;` is `&lt;`.
 */
export function unescapeMrkdwn(text: string): string {
  return text
    .replace(/<([^<>]*)>/g, (_, inside: string) => spokenLink(inside))
    .replace(/&(amp|lt|gt);/g, (_, name: string) => ({ amp: "&", lt: "<", gt: ">" })[name] ?? "");
}

/** `<@U1|ana>`, `<#C1|general>`, `<!here>`, `<mailto:a@b|a@b>`, `<https://x|label>` without their brackets. */
function spokenLink(inside: string): string {
  const bar = inside.indexOf("|");
  const target = bar === -1 ? inside : inside.slice(0, bar);
  const label = bar === -1 ? "" : inside.slice(bar + 1);
  if (target.startsWith("@")) return target;
  if (target.startsWith("#")) return label === "" ? target : `#${label}`;
  if (target.startsWith("!")) return label === "" ? `@${target.slice(1)}` : label;
  if (/^(mailto|tel):/.test(target)) return label === "" ? target.replace(/^\w+:/, "") : label;
  // Slack makes a link of a bare "harbour.example": what was typed is its label.
  return label !== "" && target.endsWith(label) ? label : target;
}

/** A label that stands out; one that would end its own emphasis stays plain. */
export function bold(text: string): string {
  const label = text.trim();
  return label === "" || /[*\n]/.test(label) ? escapeMrkdwn(label) : `*${escapeMrkdwn(label)}*`;
}

/** Escaped text in pieces that Slack takes, broken between lines or words where there are any; blank pieces left out. */
export function inPieces(text: string, most: number = limits.sectionText): readonly string[] {
  const pieces: string[] = [];
  let rest = [...text.trim()];
  while (rest.length > 0) {
    const end = endOfPiece(rest, most);
    pieces.push(escapeMrkdwn(rest.slice(0, end).join("")).trim());
    rest = rest.slice(end);
  }
  return pieces.filter((piece) => piece !== "");
}

/** Where a piece ends: at most `most` characters once it is escaped. */
function endOfPiece(characters: readonly string[], most: number): number {
  let size = 0;
  let gap = 0;
  let line = 0;
  for (const [at, character] of characters.entries()) {
    size += escapes[character]?.length ?? 1;
    if (size > most) return line > at / 2 ? line : gap > at / 2 ? gap : Math.max(at, 1);
    if (character === "\n") line = at + 1;
    if (/\s/.test(character)) gap = at + 1;
  }
  return characters.length;
}

import { limits } from "./limits.ts";

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/**
 * Escapes a text for mrkdwn, so that user input cannot contain `<!channel>`, `<@U…>` or `<https://…|label>` (Slack,
 * "Escaping text").
 */
export function escapeMrkdwn(text: string): string {
  return text.replace(/[&<>]/g, (character) => escapes[character] ?? character);
}

/**
 * Converts the text of an event to what the person typed (S21): links become their URL, mail links the address, mentions
 * their id or name. Call it exactly once: a typed `&amp;lt;` must stay `&lt;`.
 */
export function unescapeMrkdwn(text: string): string {
  return text
    .replace(/<([^<>]*)>/g, (_, inside: string) => spokenLink(inside))
    .replace(/&(amp|lt|gt);/g, (_, name: string) => ({ amp: "&", lt: "<", gt: ">" })[name] ?? "");
}

/** Resolves `<@U1|ana>`, `<#C1|general>`, `<!here>`, `<mailto:a@b|a@b>` and `<https://x|label>`, without brackets. */
function spokenLink(inside: string): string {
  const bar = inside.indexOf("|");
  const target = bar === -1 ? inside : inside.slice(0, bar);
  const label = bar === -1 ? "" : inside.slice(bar + 1);
  if (target.startsWith("@")) return target;
  if (target.startsWith("#")) return label === "" ? target : `#${label}`;
  if (target.startsWith("!")) return label === "" ? `@${target.slice(1)}` : label;
  if (/^(mailto|tel):/.test(target)) return label === "" ? target.replace(/^\w+:/, "") : label;
  // Slack turns a bare "harbour.example" into a link whose label is the typed text.
  return label !== "" && target.endsWith(label) ? label : target;
}

/** A bold label. A label that contains an asterisk or a line break stays plain. */
export function bold(text: string): string {
  const label = text.trim();
  return label === "" || /[*\n]/.test(label) ? escapeMrkdwn(label) : `*${escapeMrkdwn(label)}*`;
}

/** Splits a text into escaped pieces below the limit, at line or word breaks if possible. Blank pieces are dropped. */
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

/** The end index of the next piece: at most `most` characters after escaping. */
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

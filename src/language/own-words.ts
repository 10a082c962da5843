/** The line above a quoted mail, and the lines that clients of mail put above the whole message they answer. */
const quoteBegins =
  /^\s*(?:on\b.{4,200}\bwrote:|-{2,} ?(?:original message|forwarded message)\b.*|begin forwarded message:|_{10,})\s*$/i;
const headerFrom = /^\s*\*?from:\*? \S/i;
const headerMore = /^\s*\*?(?:sent|date|to|subject):\*? \S/i;

/**
 * The person's own part of a message: without quoted lines ("> …") and without the mail that it answers. What is left
 * out was written by somebody else, so it orders nothing.
 */
export function ownWords(text: string): string {
  const lines = text.split("\n");
  // ">3pm" alone is "after 3".
  if (lines.length === 1) return isQuoted(text) ? "" : text;
  const end = lines.findIndex((line, at) => beginsQuote(lines, line, at));
  const own = (end === -1 ? lines : lines.slice(0, end)).filter((line) => !/^\s*>/.test(line));
  return own.length === lines.length ? text : own.join("\n").trim();
}

function isQuoted(line: string): boolean {
  return /^\s*>(?!\s*\d)/.test(line);
}

function beginsQuote(lines: readonly string[], line: string, at: number): boolean {
  // A long "On …" line is broken before "wrote:".
  const joined = `${line.trim()} ${lines[at + 1]?.trim() ?? ""}`;
  const isHeader = headerFrom.test(line) && headerMore.test(lines[at + 1] ?? "");
  return quoteBegins.test(line) || isHeader || (/^\s*on\b/i.test(line) && /^.{4,240}\bwrote:$/i.test(joined));
}

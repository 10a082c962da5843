/** The text as simple HTML: paragraphs, line breaks and web addresses as links, everything escaped. */
export function htmlOf(text: string): string {
  const paragraphs = text
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph.split("\n").map(linked).join("<br>\n")}</p>`);
  return `<!doctype html>\n<html lang="en"><body style="font-family:sans-serif;line-height:1.5">\n${paragraphs.join("\n")}\n</body></html>\n`;
}

/** Punctuation that ends a sentence after an address is not part of it. */
const address = /(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)])/;

function linked(line: string): string {
  return line
    .split(address)
    .map((piece, index) => (index % 2 === 0 ? escaped(piece) : `<a href="${escaped(piece)}">${escaped(piece)}</a>`))
    .join("");
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

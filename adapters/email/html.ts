/** The text as simple HTML with paragraphs, line breaks and links for web addresses. Everything is escaped. */
export function htmlOf(text: string): string {
  const paragraphs = text
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph.split("\n").map(linked).join("<br>\n")}</p>`);
  return `<!doctype html>\n<html lang="en"><body style="font-family:sans-serif;line-height:1.5">\n${paragraphs.join("\n")}\n</body></html>\n`;
}

/** A URL without the punctuation that ends its sentence. */
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

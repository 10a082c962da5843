/** Escaped HTML. Only `html` creates it, so user input cannot be passed off as HTML. */
export interface Html {
  readonly html: string;
}

type Piece = Html | string | number | readonly Html[] | undefined;

/** An HTML template. Interpolated text is escaped, `Html` is inserted as is, and undefined inserts nothing. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return { html: strings.reduce((text, string, index) => `${text}${htmlOf(pieces[index - 1])}${string}`) };
}

function htmlOf(piece: Piece): string {
  if (piece === undefined) return "";
  if (typeof piece === "string" || typeof piece === "number") return escaped(String(piece));
  return "html" in piece ? piece.html : piece.map((part) => part.html).join("");
}

function escaped(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

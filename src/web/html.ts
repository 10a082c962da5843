/** Text that is HTML already. Only `html` makes it, so what a person wrote cannot pass for it. */
export interface Html {
  readonly html: string;
}

type Piece = Html | string | number | readonly Html[] | undefined;

/** HTML from a template: what is put in is escaped, unless it is HTML itself; nothing is put in for undefined. */
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

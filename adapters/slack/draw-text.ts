import { fieldsOf } from "./json-fields.ts";

/** Escapes a text for HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A plain text object as HTML. */
export function plainHtml(value: unknown): string {
  return lines(escapeHtml(String(fieldsOf(value).text ?? "")));
}

/** URLs that Slack turns into links, without surrounding brackets and closing punctuation. */
const address = /(https?:\/\/[^\s<>"'()|*]*[^\s<>"'()|*.,;:!?])/;

/** Mrkdwn as HTML, as far as cards use it: escapes, bold text, bare URLs. */
export function textHtml(mrkdwn: string): string {
  return shown(mrkdwn)
    .split(address)
    .map((piece, at) => (at % 2 === 0 ? emphasised(piece) : `<span class="slack-link">${escapeHtml(piece)}</span>`))
    .join("");
}

function emphasised(text: string): string {
  return lines(escapeHtml(text).replace(/(^|[\s(])\*([^\s*][^*\n]*)\*(?=$|[\s).,:;!?])/gm, "$1<b>$2</b>"));
}

/** Unescapes mrkdwn, which escapes only these three characters. */
function shown(mrkdwn: string): string {
  return mrkdwn.replace(/&(amp|lt|gt);/g, (_, name: string) => ({ amp: "&", lt: "<", gt: ">" })[name] ?? "");
}

function lines(escaped: string): string {
  return escaped.replaceAll("\n", "<br>");
}

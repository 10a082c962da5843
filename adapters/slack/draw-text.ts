import { fieldsOf } from "./fields.ts";

/** Text as HTML, letter by letter. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A plain text object as HTML. */
export function plainHtml(value: unknown): string {
  return lines(escapeHtml(String(fieldsOf(value).text ?? "")));
}

/** What Slack makes links of in a text; a sentence's end, brackets and marks around it are not part of an address. */
const address = /(https?:\/\/[^\s<>"'()|*]*[^\s<>"'()|*.,;:!?])/;

/** Mrkdwn as HTML, as far as cards use it: escaped characters, emphasis, bare addresses. */
export function textHtml(mrkdwn: string): string {
  return shown(mrkdwn)
    .split(address)
    .map((piece, at) => (at % 2 === 0 ? emphasised(piece) : `<span class="slack-link">${escapeHtml(piece)}</span>`))
    .join("");
}

function emphasised(text: string): string {
  return lines(escapeHtml(text).replace(/(^|[\s(])\*([^\s*][^*\n]*)\*(?=$|[\s).,:;!?])/gm, "$1<b>$2</b>"));
}

/** Only Slack's own three characters are escaped in mrkdwn. */
function shown(mrkdwn: string): string {
  return mrkdwn.replace(/&(amp|lt|gt);/g, (_, name: string) => ({ amp: "&", lt: "<", gt: ">" })[name] ?? "");
}

function lines(escaped: string): string {
  return escaped.replaceAll("\n", "<br>");
}

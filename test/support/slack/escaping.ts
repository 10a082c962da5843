/** A typed text as Slack sends it: `& < >` escaped; mail addresses, links and `@U0ANA` in angle brackets (S21). */
export function asTyped(words: string): string {
  const escaped = words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return escaped
    .replace(/\bhttps?:\/\/[^\s|]+/g, (link) => `<${link}>`)
    .replace(/(?<![<\w./:])[\w.+-]+@[\w-]+(\.[\w-]+)+/g, (mail) => `<mailto:${mail}|${mail}>`)
    .replace(/(?<!\S)@(U[A-Z0-9]{4,})\b/g, "<@$1>");
}

/** `& < >` as Slack returns them in a button's label. */
export function escaped(words: string): string {
  return plain(words).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** A plain text as displayed. */
export function plain(words: string): string {
  return words.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** A mrkdwn text as displayed: without emphasis marks, links by label, mentions by name. */
export function seenOf(mrkdwn: string): string {
  const linked = mrkdwn.replace(/<([^>\n]+)>/g, (_, inside: string) => {
    const [target = "", label] = inside.split("|");
    if (target.startsWith("!date^")) return label ?? "";
    if (target.startsWith("!")) return `@${target.slice(1)}`;
    return label ?? target.replace(/^mailto:/, "");
  });
  const bare = [/\*([^*\n]+)\*/g, /_([^_\n]+)_/g, /~([^~\n]+)~/g].reduce(
    (rest, sign) => rest.replace(new RegExp(`(?<![\\w\\d])${sign.source}(?![\\w\\d])`, "g"), "$1"),
    linked,
  );
  return plain(bare);
}

/** A mention or disguised link in the app's text, which user input must not be able to cause; undefined if harmless (S21). */
export function injectionIn(mrkdwn: string): string | undefined {
  const call = /<!(channel|here|everyone|subteam\^[^>]*)(\|[^>]*)?>/.exec(mrkdwn);
  if (call) return `mentions everyone with ${call[0]}`;
  for (const [whole, target = "", label = ""] of mrkdwn.matchAll(/<(https?:[^|>]+)\|([^>]+)>/g)) {
    const shown = /\b(?:https?:\/\/)?((?:[\w-]+\.)+[a-z]{2,})\b/i.exec(label)?.[1];
    if (shown && URL.canParse(target) && !new URL(target).hostname.endsWith(shown.toLowerCase()))
      return `shows ${shown} and leads elsewhere: ${whole}`;
  }
  const twice = /&amp;(amp|lt|gt);/.exec(mrkdwn);
  return twice ? `is escaped twice: ${twice[0]}` : undefined;
}

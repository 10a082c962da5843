/** @import { PageMessage } from "../../../src/ports/page-messages.ts" */

/** The browser's IANA zone. */
export const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

const timeFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const dayFormat = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });

/**
 * "Lisbon" of Europe/Lisbon: how the desk's cards name a zone, too.
 * @param {string} name
 */
export function zoneName(name) {
  return (name.split("/").at(-1) ?? name).replaceAll("_", " ");
}

/**
 * What stands above a message: when it was sent, with the day where that is another than the message's before, and
 * whether it needs a head of its own at all.
 * @param {PageMessage} message
 * @param {PageMessage | undefined} before
 * @returns {{ time: string, follows: "no" | "later" | "closely" }}
 */
export function headOf(message, before) {
  const [time, day] = [timeFormat.format(message.sentAtMs), dayFormat.format(message.sentAtMs)];
  const isSameDay = before !== undefined && dayFormat.format(before.sentAtMs) === day;
  const isSameTime = isSameDay && timeFormat.format(before.sentAtMs) === time;
  const follows = before?.author !== message.author ? "no" : isSameTime ? "closely" : "later";
  return { time: isSameDay ? time : `${day}, ${time}`, follows };
}

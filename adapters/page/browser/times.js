/** @import { PageMessage } from "../../../src/ports/page-messages.ts" */

/** The browser's IANA time zone. */
export const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

const timeFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const dayFormat = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });

/**
 * "Lisbon" for Europe/Lisbon, as on the desk's cards.
 * @param {string} name
 */
export function zoneName(name) {
  return (name.split("/").at(-1) ?? name).replaceAll("_", " ");
}

/**
 * The header of a message: its time, with the date if it differs from that of the previous message, and whether the message
 * follows one by the same author.
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

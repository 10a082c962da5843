import type { PackageNews } from "../domain/package.ts";
import type { Client, Practice } from "../domain/practice.ts";
import { dateName, sessionCount } from "./packages.ts";

/** The data of a mail about a package. */
export interface PackageMatter {
  readonly client: Client;
  readonly practice: Practice;
  readonly name: string;
  /** Sessions that are left to book, of each service by what clients call it. */
  readonly left: readonly { readonly service: string; readonly sessions: number }[];
  /** Its last day, `YYYY-MM-DD`; absent: it does not expire. */
  readonly expiresOn?: string;
  readonly nowMs: number;
}

/** Subject and text of the mail about a package. The subject names neither it nor its services (D7.5). */
export function packageMailWords(news: PackageNews, matter: PackageMatter): { subject: string; text: string } {
  const { client, practice, name, left, expiresOn } = matter;
  const total = left.reduce((sum, { sessions }) => sum + sessions, 0);
  const on =
    expiresOn === undefined ? undefined : dateName(expiresOn, { locale: practice.locale, nowMs: matter.nowMs });
  const letter = (...paragraphs: string[]) =>
    [
      `Hello ${client.name},`,
      ...paragraphs,
      howToBook,
      `Questions? Reach ${practice.name} at ${practice.contact}.`,
    ].join("\n\n");
  switch (news) {
    case "given":
      return {
        subject: `You have a package at ${practice.name}`,
        text: letter(
          `You can now book sessions from ${name}.`,
          [
            ...left.map(({ service, sessions }) => `${service}: ${sessionCount(sessions)}`),
            ...(on === undefined ? [] : [`Until: ${on}`]),
          ].join("\n"),
        ),
      };
    case "last":
      return {
        subject: `One session is left in your package at ${practice.name}`,
        text: letter(packageNewsWords.lastText(name, on)),
      };
    case "expiring":
      return {
        subject: `Your package at ${practice.name} ends on ${on ?? ""}`,
        text: letter(packageNewsWords.expiringText(name, total, on ?? "")),
      };
    case "extended":
      return {
        subject: `Your package at ${practice.name} lasts until ${on ?? ""}`,
        text: letter(packageNewsWords.extendedText(name, total, on ?? "")),
      };
    default:
      return news satisfies never;
  }
}

const howToBook = "To book one, write to the desk in your chat: “book my next package session”.";

/** Sentences shared by the card and the mail. */
export const packageNewsWords = {
  lastTitle: "One session is left",
  lastText: (name: string, on: string | undefined) =>
    on === undefined ? `${name} has one session left.` : `${name} has one session left, until ${on}.`,
  expiringTitle: "Your package ends soon",
  expiringText: (name: string, left: number, on: string) =>
    `${name} ends on ${on}, and ${left === 1 ? "one session is" : `${left} sessions are`} left. Sessions must take place by then.`,
  extendedTitle: "Your package was extended",
  extendedText: (name: string, left: number, on: string) =>
    `${name} can be used until ${on}. ${left === 1 ? "One session is" : `${left} sessions are`} left.`,
} as const;

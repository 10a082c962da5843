import { isEmailAddress } from "../../domain/email-address.ts";

/** A person named in an invitation: by e-mail address, or by a mention of a chat user, as its id. */
export type Invitee =
  | { readonly by: "email"; readonly email: string }
  | { readonly by: "mention"; readonly user: string };

/** A run of characters that may hold an address: ends at blanks, brackets, quotes and separators. */
const run = /[^\s<>,;:()[\]"“”„«»|]+/gu;
/** Quotation marks, emphasis and the full stop of a sentence around an address. */
const around = /^['‘’*]+|[.!?'‘’*…]+$/gu;

/**
 * Everyone a line names, in its order, each once: "invite ana@example.com, @U0BEN". E-mail addresses in lower case. Skips a
 * run of characters that is not exactly one address, such as `ana@ben@example.com`.
 */
export function inviteesIn(text: string): readonly Invitee[] {
  const emails = [...text.matchAll(run)]
    .map(({ 0: found, index }) => ({ by: "email", email: found.replace(around, "").toLowerCase(), index }) as const)
    .filter(({ email }) => isEmailAddress(email));
  const mentions = [...text.matchAll(/(?<![^\s,;(])@([UW][A-Z0-9]{4,})(?![\w.@])/g)].map(
    ({ 1: user = "", index }) => ({ by: "mention", user, index }) as const,
  );
  const seen = new Set<string>();
  return [...emails, ...mentions]
    .sort((a, b) => a.index - b.index)
    .flatMap(({ index: _, ...invitee }) => {
      const key = invitee.by === "email" ? invitee.email : invitee.user;
      if (seen.has(key)) return [];
      seen.add(key);
      return [invitee];
    });
}

/** The first e-mail address of a text, in lower case. */
export function emailIn(text: string): string | undefined {
  const found = inviteesIn(text).find((one) => one.by === "email");
  return found?.by === "email" ? found.email : undefined;
}

/** A name that an address suggests: `ana.alves@example.com` is Ana Alves. */
export function nameFrom(email: string): string {
  const words = (email.split("@")[0] ?? "").split("+")[0]?.split(/[._-]+/) ?? [];
  return words
    .filter((word) => word !== "" && !/^\d+$/.test(word))
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join(" ");
}

import type { Books, ReadBooks } from "../../db/store.ts";
import type { Card, SecretRef } from "../cards/card.ts";
import { secretsOf, withCardValues, withValues } from "../cards/secret.ts";
import { given } from "../given.ts";
import type { Mail } from "../ports/mailer.ts";
import type { PageMessage, PageMessages } from "../ports/page-messages.ts";
import { payUrl } from "./payments/payments.ts";

/** Reads the sealed values, and makes addresses of them. */
export interface SecretReader {
  readonly books: Pick<ReadBooks, "secrets" | "payments" | "bookings">;
  readonly publicUrl: string;
}

/** A secret about a row of a practice. */
export function secretRef(link: SecretRef["link"], practiceId: string, id: string): SecretRef {
  return { link, ref: `${practiceId}/${id}` };
}

/** Seals the token of a link, or a code, under the id of the row that has its hash (R9). */
export async function keepSecret(
  books: Pick<Books, "secrets">,
  secret: SecretRef,
  value: string,
  expiresAtMs: number,
): Promise<void> {
  await books.secrets.add(placeOf(secret), value, expiresAtMs);
}

/** The code or web address of a secret; undefined when it is gone. */
async function secretValue({ books, publicUrl }: SecretReader, secret: SecretRef): Promise<string | undefined> {
  const { practiceId, ref } = placeOf(secret);
  switch (secret.link) {
    case "join":
      return (await books.bookings.find(practiceId, ref))?.joinUrl;
    case "pay":
      return payUrl(books, publicUrl, ref);
    case "code":
      return books.secrets.find(placeOf(secret));
    case "form":
    case "answers":
    case "activate": {
      const token = await books.secrets.find(placeOf(secret));
      return token === undefined ? undefined : `${publicUrl}/${secret.link}/${token}`;
    }
    default:
      return secret.link satisfies never;
  }
}

function placeOf({ link, ref }: SecretRef) {
  const slash = ref.indexOf("/");
  return { practiceId: ref.slice(0, slash), kind: link, ref: ref.slice(slash + 1) };
}

async function valuesOf(reader: SecretReader, secrets: readonly SecretRef[]) {
  const values = new Map<string, string | undefined>();
  for (const secret of secrets) values.set(`${secret.link} ${secret.ref}`, await secretValue(reader, secret));
  return (secret: SecretRef) => values.get(`${secret.link} ${secret.ref}`);
}

/** The card as it leaves the desk, with its links and codes. */
export async function cardToShow(reader: SecretReader, card: Card): Promise<Card> {
  const secrets = secretsOf(card);
  return secrets.length === 0 ? card : withCardValues(card, await valuesOf(reader, secrets));
}

/** The local page's messages, listed with their links and codes; the rows hold neither. */
export function messagesToShow(messages: PageMessages, reader: SecretReader): PageMessages {
  const shown = async (message: PageMessage) =>
    message.card === undefined ? message : { ...message, card: await cardToShow(reader, message.card) };
  return { ...messages, list: async (user) => Promise.all((await messages.list(user)).map(shown)) };
}

/** The mail as it leaves the desk, with its links and codes. */
export async function mailToSend(reader: SecretReader, { secrets = [], ...mail }: Mail): Promise<Mail> {
  if (secrets.length === 0) return mail;
  const shown = await valuesOf(reader, secrets);
  const { invitation: written } = mail;
  const invitation = written && { ...written, description: withValues(written.description, secrets, shown) };
  return { ...mail, text: withValues(mail.text, secrets, shown), ...given({ invitation }) };
}

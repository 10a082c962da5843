import { and, eq, isNotNull, notLike } from "drizzle-orm";
import type { Vault } from "../src/vault.ts";
import type { Db } from "./db.ts";
import type { Schema } from "./schema.ts";
import { sealedPrefix, sealText } from "./sealed-text.ts";

/**
 * Encrypts the values that an earlier version stored in the clear: join links, checkout addresses, tray mails and lines of
 * the local page (R9). Run it inside a transaction. Sealed values are left alone, so a second run changes nothing.
 */
export async function sealClearRows(db: Db, schema: Schema, vault: Vault): Promise<void> {
  const { bookings, payments, trayMails, pageMessages } = schema;
  const clear = `${sealedPrefix}%`;

  const isClearJoin = and(isNotNull(bookings.joinUrl), notLike(bookings.joinUrl, clear));
  for (const { id, joinUrl } of await db.select().from(bookings).where(isClearJoin))
    if (joinUrl !== null)
      await db
        .update(bookings)
        .set({ joinUrl: sealText(vault, `bookings/${id}/join_url`, joinUrl) })
        .where(eq(bookings.id, id));

  const isClearCheckout = and(isNotNull(payments.sessionUrl), notLike(payments.sessionUrl, clear));
  for (const { id, sessionUrl } of await db.select().from(payments).where(isClearCheckout))
    if (sessionUrl !== null)
      await db
        .update(payments)
        .set({ sessionUrl: sealText(vault, `payments/${id}/session_url`, sessionUrl) })
        .where(eq(payments.id, id));

  for (const { id, text, ics } of await db.select().from(trayMails).where(notLike(trayMails.text, clear)))
    await db
      .update(trayMails)
      .set({
        text: sealText(vault, `tray_mails/${id}/text`, text),
        ...(ics === null ? {} : { ics: sealText(vault, `tray_mails/${id}/ics`, ics) }),
      })
      .where(eq(trayMails.id, id));

  const isClearLine = and(isNotNull(pageMessages.text), notLike(pageMessages.text, clear));
  for (const { id, text } of await db.select().from(pageMessages).where(isClearLine))
    if (text !== null)
      await db
        .update(pageMessages)
        .set({ text: sealText(vault, `page_messages/${id}`, text) })
        .where(eq(pageMessages.id, id));
}

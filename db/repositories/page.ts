import { and, asc, eq, sql } from "drizzle-orm";
import type { MailTray } from "../../src/ports/mailer.ts";
import type { PageMessages, PagePeople, PagePerson } from "../../src/ports/page-messages.ts";
import type { Vault } from "../../src/vault.ts";
import { type Db, encodedColumns, prepared } from "../db.ts";
import { withoutNulls } from "../rows.ts";
import type { Schema } from "../schema.ts";
import { openText, sealText } from "../sealed-text.ts";

/** Messages of the local page's chats. */
export function pageMessagesIn(db: Db, { pageMessages }: Schema, vault: Vault): PageMessages {
  /** A typed line may be a code that is still good, so lines are sealed (R9). */
  const placeOf = (id: string) => `page_messages/${id}`;
  const { id, user, author } = pageMessages;
  const { seq: _, ...line } = encodedColumns(pageMessages);
  const { card, talkId, revision } = line;
  const addNew = prepared(db.insert(pageMessages).values(line).onConflictDoNothing());
  const paint = prepared(
    db
      .update(pageMessages)
      .set({ card, talkId, revision })
      .where(and(eq(id, sql.placeholder("id")), eq(author, "desk")))
      .returning({ id }),
  );
  const allOf = prepared(
    db
      .select()
      .from(pageMessages)
      .where(eq(user, sql.placeholder("user")))
      .orderBy(asc(pageMessages.seq)),
  );

  return {
    async list(of) {
      const rows = await allOf({ user: of });
      return rows.map(({ seq: _, ...row }) => {
        const { text, ...message } = withoutNulls(row);
        return text === undefined ? message : { ...message, text: openText(vault, placeOf(row.id), text) };
      });
    },

    async add({ text, ...message }) {
      await addNew({
        ...message,
        ...(text === undefined ? {} : { text: sealText(vault, placeOf(message.id), text) }),
      });
    },

    async repaint(messageId, update) {
      return (await paint({ id: messageId, ...update })).length > 0;
    },
  };
}

/** The mail tray: stores mails when no mail server is set up. */
export function mailTrayIn(db: Db, { trayMails }: Schema, vault: Vault): MailTray {
  /** Mails carry links and codes, so their text is sealed (R9). */
  const placeOf = (id: string, column: "text" | "ics") => `tray_mails/${id}/${column}`;
  const { seq: _, ...mail } = encodedColumns(trayMails);
  const addNew = prepared(db.insert(trayMails).values(mail).onConflictDoNothing());

  return {
    async add({ text, ics, ...mail }) {
      await addNew({
        ...mail,
        text: sealText(vault, placeOf(mail.id, "text"), text),
        ...(ics === undefined ? {} : { ics: sealText(vault, placeOf(mail.id, "ics"), ics) }),
      });
    },

    async list() {
      const rows = await db.select().from(trayMails).orderBy(asc(trayMails.seq));
      return rows.map(({ seq: _, ...row }) => {
        const { text, ics, ...mail } = withoutNulls(row);
        return {
          ...mail,
          text: openText(vault, placeOf(row.id, "text"), text),
          ...(ics === undefined ? {} : { ics: openText(vault, placeOf(row.id, "ics"), ics) }),
        };
      });
    },
  };
}

/** People one can sign in as on the local page: all who are not archived, practitioners first. */
export function pagePeopleIn(db: Db, { practitioners, clients, memberships }: Schema): PagePeople {
  async function listUsers(): Promise<ReadonlyMap<string, string>> {
    const rows = await db
      .select()
      .from(memberships)
      .where(eq(memberships.platform, "page"))
      .orderBy(asc(memberships.user));
    // Reversed, because the last entry of a key wins: of several users of one person the first is kept.
    return new Map(rows.reverse().map((row) => [`${row.practiceId} ${row.role} ${row.personId}`, row.user]));
  }

  return {
    async list() {
      const users = await listUsers();
      const toPerson =
        (role: PagePerson["role"]) =>
        ({ practiceId, id, name }: { practiceId: string; id: string; name: string }): PagePerson => {
          const user = users.get(`${practiceId} ${role} ${id}`);
          return { user: user ?? `unbound-${id}`, name, role, bound: user !== undefined };
        };
      const working = await db
        .select({ practiceId: practitioners.practiceId, id: practitioners.id, name: practitioners.name })
        .from(practitioners)
        .where(eq(practitioners.archived, false))
        .orderBy(asc(practitioners.practiceId), asc(practitioners.position), asc(practitioners.id));
      const active = await db
        .select({ practiceId: clients.practiceId, id: clients.id, name: clients.name })
        .from(clients)
        .where(eq(clients.archived, false))
        .orderBy(asc(clients.practiceId), asc(clients.position), asc(clients.id));
      return [...working.map(toPerson("practitioner")), ...active.map(toPerson("client"))];
    },
  };
}

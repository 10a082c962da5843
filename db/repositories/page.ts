import { and, asc, eq } from "drizzle-orm";
import type { MailTray } from "../../src/ports/mailer.ts";
import type { PageMessages, PagePeople, PagePerson } from "../../src/ports/page-messages.ts";
import type { Db } from "../db.ts";
import { withoutNulls } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** The lines of the local page's chats. */
export function pageMessagesIn(db: Db, { pageMessages }: Schema): PageMessages {
  return {
    async list(user) {
      const rows = await db
        .select()
        .from(pageMessages)
        .where(eq(pageMessages.user, user))
        .orderBy(asc(pageMessages.seq));
      return rows.map(({ seq: _, ...row }) => withoutNulls(row));
    },

    async add(message) {
      await db.insert(pageMessages).values(message).onConflictDoNothing();
    },

    async repaint(messageId, update) {
      const isCard = and(eq(pageMessages.id, messageId), eq(pageMessages.author, "desk"));
      const painted = await db.update(pageMessages).set(update).where(isCard).returning({ id: pageMessages.id });
      return painted.length > 0;
    },
  };
}

/** The mails of a desk without a mail server. */
export function mailTrayIn(db: Db, { trayMails }: Schema): MailTray {
  return {
    async add(mail) {
      await db.insert(trayMails).values(mail).onConflictDoNothing();
    },

    async list() {
      const rows = await db.select().from(trayMails).orderBy(asc(trayMails.seq));
      return rows.map(({ seq: _, ...row }) => withoutNulls(row));
    },
  };
}

/** Who may be signed in as on the local page: everyone who is not archived, practitioners first. */
export function pagePeopleIn(db: Db, { practitioners, clients, memberships }: Schema): PagePeople {
  async function listUsers(): Promise<ReadonlyMap<string, string>> {
    const rows = await db
      .select()
      .from(memberships)
      .where(eq(memberships.platform, "page"))
      .orderBy(asc(memberships.user));
    // Reversed: of several users of one person the first stays.
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

import { and, asc, eq, sql } from "drizzle-orm";
import type { Client, Practitioner } from "../../src/domain/practice.ts";
import { type Db, prepared } from "../db.ts";
import { defineRepository } from "../repository.ts";
import { one, withoutNulls } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** Practitioners and clients; `identities.ts` has their chat users. */
export function peopleIn(db: Db, { practitioners, clients }: Schema) {
  const practitioner = {
    id: practitioners.id,
    practiceId: practitioners.practiceId,
    name: practitioners.name,
    email: practitioners.email,
    admin: practitioners.admin,
    position: practitioners.position,
    schedule: practitioners.schedule,
  };
  const workingPractitioners = prepared(
    db
      .select(practitioner)
      .from(practitioners)
      .where(and(eq(practitioners.practiceId, sql.placeholder("practiceId")), eq(practitioners.archived, false)))
      .orderBy(asc(practitioners.position), asc(practitioners.id)),
  );
  const practitionerById = prepared(
    db
      .select(practitioner)
      .from(practitioners)
      .where(
        and(eq(practitioners.practiceId, sql.placeholder("practiceId")), eq(practitioners.id, sql.placeholder("id"))),
      ),
  );
  const clientById = prepared(
    db
      .select()
      .from(clients)
      .where(and(eq(clients.practiceId, sql.placeholder("practiceId")), eq(clients.id, sql.placeholder("id")))),
  );
  const toClient = (row: typeof clients.$inferSelect): Client => {
    const { position: _, archived, source, deactivatedAtMs, ...rest } = row;
    const state = archived ? "archived" : deactivatedAtMs === null ? "active" : "deactivated";
    return { ...withoutNulls(rest), state, ...(source === "chat" ? { source } : {}) };
  };

  return defineRepository({
    cached: true,
    catalogueReads: {
      /** Practitioners that are not archived, in the practice's order. */
      async listPractitioners(practiceId: string): Promise<readonly Practitioner[]> {
        return workingPractitioners({ practiceId });
      },

      /** Finds archived practitioners too: bookings refer to them. */
      async findPractitioner(practiceId: string, id: string): Promise<Practitioner | undefined> {
        return one(await practitionerById({ practiceId, id }));
      },
    },
    catalogueWrites: {
      async savePractitioner(person: Practitioner, archived: boolean): Promise<void> {
        const { practiceId, id, ...rest } = person;
        const set = { ...rest, archived };
        await db
          .insert(practitioners)
          .values({ practiceId, id, ...set })
          .onConflictDoUpdate({ target: [practitioners.practiceId, practitioners.id], set });
      },
    },
    reads: {
      /** Active and archived, in the practice's order. */
      async listClients(practiceId: string): Promise<readonly Client[]> {
        const rows = await db
          .select()
          .from(clients)
          .where(eq(clients.practiceId, practiceId))
          .orderBy(asc(clients.position), asc(clients.id));
        return rows.map(toClient);
      },

      /** Finds archived clients too. */
      async findClient(practiceId: string, id: string): Promise<Client | undefined> {
        const row = one(await clientById({ practiceId, id }));
        return row && toClient(row);
      },

      /** Clients with this mail address, ignoring case; archived ones last. */
      async listClientsByEmail(email: string): Promise<readonly Client[]> {
        const rows = await db
          .select()
          .from(clients)
          .where(eq(sql`lower(${clients.email})`, email.toLowerCase()))
          .orderBy(asc(clients.practiceId), asc(clients.archived), asc(clients.position), asc(clients.id));
        return rows.map(toClient);
      },
    },
    writes: {
      /** Deactivates a client since an instant, or reactivates them with `undefined`. */
      async setDeactivated(practiceId: string, id: string, sinceMs: number | undefined): Promise<void> {
        await db
          .update(clients)
          .set({ deactivatedAtMs: sinceMs ?? null })
          .where(and(eq(clients.practiceId, practiceId), eq(clients.id, id)));
      },

      /** `position` is the place in the practice file. Does not change whether the client is deactivated. */
      async saveClient(client: Client, position: number): Promise<void> {
        const { practiceId, id, state, source, ...rest } = client;
        const set = {
          ...rest,
          timezone: client.timezone ?? null,
          position,
          archived: state === "archived",
          source: source ?? ("file" as const),
        };
        await db
          .insert(clients)
          .values({ practiceId, id, ...set })
          .onConflictDoUpdate({ target: [clients.practiceId, clients.id], set });
      },
    },
  });
}

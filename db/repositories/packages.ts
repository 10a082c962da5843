import { and, eq, sql } from "drizzle-orm";
import type { CreditEntry } from "../../src/domain/credits.ts";
import { type ClientPackage, lastDayOf } from "../../src/domain/package.ts";
import type { PackageTemplate } from "../../src/domain/practice.ts";
import { newId } from "../../src/ids.ts";
import { type Db, prepared } from "../db.ts";
import type { Locks } from "../locks.ts";
import { defineRepository } from "../repository.ts";
import { one, withoutNulls } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** A package to give to a client; client, template and start identify it. */
export interface NewGrant extends Omit<ClientPackage, "id" | "expiresOn"> {
  /** As in the audit log, such as `practitioner:maya`. */
  readonly actor: string;
  readonly atMs: number;
}

/** A line to add to a package's ledger. */
export interface NewCreditEntry extends CreditEntry {
  readonly practiceId: string;
  readonly clientPackageId: string;
}

/** Package templates, the packages of clients, and their append-only credit ledgers (D6.2). */
export function packagesIn(db: Db, { packageTemplates, clientPackages, creditEntries }: Schema, locks: Locks) {
  const grantsOfClient = prepared(
    db
      .select()
      .from(clientPackages)
      .where(
        and(
          eq(clientPackages.practiceId, sql.placeholder("practiceId")),
          eq(clientPackages.clientId, sql.placeholder("clientId")),
        ),
      )
      .orderBy(clientPackages.startsOn, clientPackages.templateId),
  );
  const ledger = prepared(
    db
      .select({
        kind: creditEntries.kind,
        serviceId: creditEntries.serviceId,
        amount: creditEntries.amount,
        bookingId: creditEntries.bookingId,
        actor: creditEntries.actor,
        reason: creditEntries.reason,
        atMs: creditEntries.atMs,
      })
      .from(creditEntries)
      .where(
        and(
          eq(creditEntries.practiceId, sql.placeholder("practiceId")),
          eq(creditEntries.clientPackageId, sql.placeholder("clientPackageId")),
        ),
      )
      .orderBy(creditEntries.seq),
  );
  const byId = (practiceId: string, id: string) =>
    db
      .select()
      .from(clientPackages)
      .where(and(eq(clientPackages.practiceId, practiceId), eq(clientPackages.id, id)));

  /** Gives the package with a credit per session. Resolves with its id, or undefined if the client has it already. */
  async function give(grant: NewGrant): Promise<string | undefined> {
    const { practiceId, clientId, templateId, startsOn, frozen, actor, atMs } = grant;
    const expiresOn = lastDayOf(startsOn, frozen.expiresAfterDays) ?? null;
    const [added] = await db
      .insert(clientPackages)
      .values({ id: newId("cp"), practiceId, clientId, templateId, startsOn, expiresOn, frozen })
      .onConflictDoNothing()
      .returning({ id: clientPackages.id });
    if (added === undefined) return undefined;
    for (const { serviceId, sessions } of frozen.items) {
      const line = { serviceId, kind: "grant", amount: sessions, actor, atMs } as const;
      await db.insert(creditEntries).values({ practiceId, clientPackageId: added.id, ...line });
    }
    return added.id;
  }

  return defineRepository({
    cached: true,
    catalogueReads: {
      /** Templates that are not archived, by id. */
      async listTemplates(practiceId: string): Promise<readonly PackageTemplate[]> {
        const rows = await db
          .select({ details: packageTemplates.details })
          .from(packageTemplates)
          .where(and(eq(packageTemplates.practiceId, practiceId), eq(packageTemplates.archived, false)))
          .orderBy(packageTemplates.id);
        return rows.map((row) => row.details);
      },
    },
    catalogueWrites: {
      async saveTemplate(practiceId: string, template: PackageTemplate, archived: boolean): Promise<void> {
        const set = { details: template, archived };
        await db
          .insert(packageTemplates)
          .values({ practiceId, id: template.id, ...set })
          .onConflictDoUpdate({ target: [packageTemplates.practiceId, packageTemplates.id], set });
      },
    },
    reads: {
      /** By start, earliest first. */
      async listGrants(practiceId: string, clientId: string): Promise<readonly ClientPackage[]> {
        return (await grantsOfClient({ practiceId, clientId })).map(withoutNulls);
      },

      async findGrant(practiceId: string, id: string): Promise<ClientPackage | undefined> {
        const row = one(await byId(practiceId, id));
        return row && withoutNulls(row);
      },

      /** A package's ledger, oldest entry first. */
      async listEntries(practiceId: string, clientPackageId: string): Promise<readonly CreditEntry[]> {
        return (await ledger({ practiceId, clientPackageId })).map(withoutNulls);
      },
    },
    barriers: {
      /**
       * Reads the package and locks its row until the transaction ends, so that two requests never use the same credit.
       * Lock the booking before it, the practitioner's time after it.
       */
      async lock(practiceId: string, id: string): Promise<ClientPackage | undefined> {
        const row = one(await locks.forUpdate(byId(practiceId, id)));
        return row && withoutNulls(row);
      },
    },
    writes: {
      give,

      /** Moves a package's last day (D6.4); lock it first. */
      async setExpiry(practiceId: string, id: string, expiresOn: string): Promise<void> {
        await db
          .update(clientPackages)
          .set({ expiresOn })
          .where(and(eq(clientPackages.practiceId, practiceId), eq(clientPackages.id, id)));
      },

      /** Adds a ledger entry. Lock its package first and ask `decideCredit` whether the entry is allowed. */
      async addEntry(entry: NewCreditEntry): Promise<void> {
        await db.insert(creditEntries).values(entry);
      },
    },
  });
}

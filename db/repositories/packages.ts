import { and, eq } from "drizzle-orm";
import type { PackageTemplate } from "../../src/domain/practice.ts";
import { newId } from "../../src/ids.ts";
import type { Db } from "../db.ts";
import type { Schema } from "../schema.ts";

/** A package a client was given. */
export interface PackageGrant {
  readonly id: string;
  readonly templateId: string;
  /** `YYYY-MM-DD`. */
  readonly startsOn: string;
  /** The template as it was when given (D6.1). */
  readonly frozen: PackageTemplate;
}

/** What is needed to give a client a package; client, template and start are what makes it the same one. */
export interface NewGrant extends Omit<PackageGrant, "id"> {
  readonly practiceId: string;
  readonly clientId: string;
  /** As in the audit, such as `practitioner:maya`. */
  readonly actor: string;
  readonly atMs: number;
}

/** Package templates, what clients were given of them, and the ledger of credits, which only grows (D6.2). */
export function packagesIn(db: Db, { packageTemplates, clientPackages, creditEntries }: Schema) {
  return {
    async saveTemplate(practiceId: string, template: PackageTemplate, archived: boolean): Promise<void> {
      const set = { details: template, archived };
      await db
        .insert(packageTemplates)
        .values({ practiceId, id: template.id, ...set })
        .onConflictDoUpdate({ target: [packageTemplates.practiceId, packageTemplates.id], set });
    },

    /** Those on offer, by id. */
    async listTemplates(practiceId: string): Promise<readonly PackageTemplate[]> {
      const rows = await db
        .select({ details: packageTemplates.details })
        .from(packageTemplates)
        .where(and(eq(packageTemplates.practiceId, practiceId), eq(packageTemplates.archived, false)))
        .orderBy(packageTemplates.id);
      return rows.map((row) => row.details);
    },

    /** Gives the package with a credit for each of its sessions; false, and nothing done, when the client has it. */
    async grant(grant: NewGrant): Promise<boolean> {
      const { practiceId, clientId, templateId, startsOn, frozen, actor, atMs } = grant;
      const [added] = await db
        .insert(clientPackages)
        .values({ id: newId("cp"), practiceId, clientId, templateId, startsOn, frozen })
        .onConflictDoNothing()
        .returning({ id: clientPackages.id });
      if (added === undefined) return false;
      for (const { serviceId, sessions } of frozen.items) {
        await db.insert(creditEntries).values({
          id: newId("ce"),
          practiceId,
          clientPackageId: added.id,
          serviceId,
          kind: "grant",
          amount: sessions,
          actor,
          atMs,
        });
      }
      return true;
    },

    /** The earliest start first. */
    async listGrants(practiceId: string, clientId: string): Promise<readonly PackageGrant[]> {
      return db
        .select({
          id: clientPackages.id,
          templateId: clientPackages.templateId,
          startsOn: clientPackages.startsOn,
          frozen: clientPackages.frozen,
        })
        .from(clientPackages)
        .where(and(eq(clientPackages.practiceId, practiceId), eq(clientPackages.clientId, clientId)))
        .orderBy(clientPackages.startsOn, clientPackages.templateId);
    },
  };
}

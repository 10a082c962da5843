import { and, count, eq, gt, lt } from "drizzle-orm";
import type { Db } from "../db.ts";
import { defineRepository } from "../repository.ts";
import { one } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** A message between a client and a practitioner, passed on by the desk. Real time. */
export interface Relay {
  readonly id: string;
  readonly practiceId: string;
  readonly clientId: string;
  readonly practitionerId: string;
  readonly from: "client" | "practitioner";
  readonly text: string;
  readonly atMs: number;
}

/** Relayed messages, stored as long as their cards may be redrawn. */
export function relaysIn(db: Db, { relays }: Schema) {
  return defineRepository({
    reads: {
      async find(practiceId: string, id: string): Promise<Relay | undefined> {
        return one(
          await db
            .select()
            .from(relays)
            .where(and(eq(relays.practiceId, practiceId), eq(relays.id, id))),
        );
      },

      /** Counts messages after `sinceMs` from this client to all, or from this practitioner to this client. */
      async countSent(
        { practiceId, clientId, practitionerId, from }: Omit<Relay, "id" | "text" | "atMs">,
        sinceMs: number,
      ): Promise<number> {
        const sender = from === "practitioner" ? eq(relays.practitionerId, practitionerId) : undefined;
        const sent = and(
          eq(relays.practiceId, practiceId),
          eq(relays.clientId, clientId),
          eq(relays.from, from),
          sender,
          gt(relays.atMs, sinceMs),
        );
        return one(await db.select({ sent: count() }).from(relays).where(sent))?.sent ?? 0;
      },
    },
    writes: {
      async add(relay: Relay): Promise<void> {
        await db.insert(relays).values(relay);
      },

      async removeBefore(beforeMs: number): Promise<void> {
        await db.delete(relays).where(lt(relays.atMs, beforeMs));
      },
    },
  });
}

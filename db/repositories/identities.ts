import { and, asc, eq, isNotNull, isNull, or, sql } from "drizzle-orm";
import type { Address, Unreachable } from "../../src/ports/messenger.ts";
import { type Db, encoded, prepared } from "../db.ts";
import type { Locks } from "../locks.ts";
import { defineRepository } from "../repository.ts";
import { one, type WithoutNulls, withoutNulls } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** What a platform says about a chat user; zones are IANA, locales BCP 47. */
export interface Profile {
  readonly name?: string;
  readonly timezone?: string;
  readonly locale?: string;
}

/** A chat user as the books know them. */
export interface Identity extends Profile {
  /** Their last turn; absent before the first one. */
  readonly lastSeenAtMs?: number;
}

/** Who a chat user is in one practice. */
export interface Membership {
  readonly practiceId: string;
  readonly role: "client" | "practitioner";
  readonly personId: string;
}

/** A membership with the chat user it belongs to. */
export interface AddressedMembership extends Membership {
  readonly address: Address;
}

/** Where a person chats, and how it stands with that chat. */
export interface PersonAddress extends Address {
  readonly lastSeenAtMs?: number;
  readonly timezone?: string;
  readonly tabOpenedAtMs?: number;
  readonly unreachable?: Unreachable;
}

/** Chat users, and who they are in which practice. */
export function identitiesIn(db: Db, { identities, memberships, clients, practitioners }: Schema, locks: Locks) {
  const known = {
    name: identities.name,
    timezone: identities.timezone,
    locale: identities.locale,
    lastSeenAtMs: identities.lastSeenAtMs,
  };
  const member = { practiceId: memberships.practiceId, role: memberships.role, personId: memberships.personId };
  const isIdentity = (address: Address) =>
    and(
      eq(identities.platform, address.platform),
      eq(identities.workspace, address.workspace),
      eq(identities.user, address.user),
    );
  const currentMemberships = prepared(
    db
      .select(member)
      .from(memberships)
      .leftJoin(clients, and(eq(clients.practiceId, memberships.practiceId), eq(clients.id, memberships.personId)))
      .leftJoin(
        practitioners,
        and(eq(practitioners.practiceId, memberships.practiceId), eq(practitioners.id, memberships.personId)),
      )
      .where(
        and(
          eq(memberships.platform, sql.placeholder("platform")),
          eq(memberships.workspace, sql.placeholder("workspace")),
          eq(memberships.user, sql.placeholder("user")),
          or(
            and(eq(memberships.role, "client"), eq(clients.archived, false), isNull(clients.deactivatedAtMs)),
            and(eq(memberships.role, "practitioner"), eq(practitioners.archived, false)),
          ),
        ),
      )
      .orderBy(asc(memberships.practiceId), asc(memberships.role)),
  );

  const isThis = and(
    eq(identities.platform, sql.placeholder("platform")),
    eq(identities.workspace, sql.placeholder("workspace")),
    eq(identities.user, sql.placeholder("user")),
  );
  const holdTurn = prepared(locks.forUpdate(db.select({ turns: identities.turns }).from(identities).where(isThis)));
  const identityAt = prepared(db.select(known).from(identities).where(isThis));
  const own = {
    platform: encoded("platform", identities.platform),
    workspace: sql.placeholder("workspace"),
    user: sql.placeholder("user"),
    turns: 1,
  };
  const target = [identities.platform, identities.workspace, identities.user];
  const turns = sql`${identities.turns} + 1`;
  // Who is heard of can be reached again.
  const heardOf = {
    lastSeenAtMs: encoded("nowMs", identities.lastSeenAtMs),
    unreachable: null,
    unreachableSinceMs: null,
  };
  const countTurn = prepared(
    db.insert(identities).values(own).onConflictDoUpdate({ target, set: { turns } }).returning(known),
  );
  const countOwnTurn = prepared(
    db
      .insert(identities)
      .values({ ...own, ...heardOf })
      .onConflictDoUpdate({
        target,
        set: { ...heardOf, turns, seenBeforeAtMs: sql`${identities.lastSeenAtMs}` },
      })
      .returning({ ...known, lastSeenAtMs: identities.seenBeforeAtMs }),
  );
  const addressesOf = prepared(
    db
      .select({
        platform: memberships.platform,
        workspace: memberships.workspace,
        user: memberships.user,
        timezone: identities.timezone,
        lastSeenAtMs: identities.lastSeenAtMs,
        tabOpenedAtMs: identities.tabOpenedAtMs,
        unreachable: identities.unreachable,
      })
      .from(memberships)
      .innerJoin(
        identities,
        and(
          eq(identities.platform, memberships.platform),
          eq(identities.workspace, memberships.workspace),
          eq(identities.user, memberships.user),
        ),
      )
      .where(
        and(
          eq(memberships.practiceId, sql.placeholder("practiceId")),
          eq(memberships.role, sql.placeholder("role")),
          eq(memberships.personId, sql.placeholder("personId")),
        ),
      )
      .orderBy(memberships.platform, memberships.workspace, memberships.user),
  );

  return defineRepository({
    cached: true,
    reads: {
      /** The chat users nothing reaches, the longest first, with who they are in which practice. */
      async listUnreachable(
        limit: number,
      ): Promise<readonly (AddressedMembership & { readonly why: Unreachable; readonly sinceMs: number })[]> {
        const rows = await db
          .select({
            ...member,
            platform: identities.platform,
            workspace: identities.workspace,
            user: identities.user,
            why: identities.unreachable,
            sinceMs: identities.unreachableSinceMs,
          })
          .from(identities)
          .innerJoin(
            memberships,
            and(
              eq(identities.platform, memberships.platform),
              eq(identities.workspace, memberships.workspace),
              eq(identities.user, memberships.user),
            ),
          )
          .where(isNotNull(identities.unreachable))
          .orderBy(identities.unreachableSinceMs)
          .limit(limit);
        return rows.flatMap(({ platform, workspace, user, why, sinceMs, ...row }) =>
          why === null ? [] : [{ ...row, address: { platform, workspace, user }, why, sinceMs: sinceMs ?? 0 }],
        );
      },

      async find(address: Address): Promise<Identity | undefined> {
        const row = one(await identityAt({ ...address }));
        return row && withoutNulls(row);
      },

      /** Who this chat user is, in practices where the person is not archived. */
      async memberships(address: Address): Promise<readonly Membership[]> {
        return currentMemberships({ ...address });
      },

      /** Where a person chats, the place of their latest turn first. */
      async listAddresses(
        practiceId: string,
        role: Membership["role"],
        personId: string,
      ): Promise<readonly PersonAddress[]> {
        const rows = await addressesOf({ practiceId, role, personId });
        // Not in SQL: databases disagree on where nulls go.
        return rows.map(withoutNulls).sort((a, b) => (b.lastSeenAtMs ?? 0) - (a.lastSeenAtMs ?? 0));
      },
    },
    locks: {
      /** Waits for the turn this person may be in, and lets none begin; for whoever tidies up behind their turns. */
      async lock(address: Address): Promise<void> {
        if (!locks.concurrentWriters) return;
        await holdTurn({ ...address });
      },
    },
    writes: {
      /**
       * The first write of a turn: one person's turns wait for each other on this row. Learns what the platform says,
       * keeps what it does not say, and gives the person as they were known with the time of the turn before. Without
       * `nowMs` it is no turn of the person's own.
       */
      async beginTurn(address: Address, profile: Profile | undefined, nowMs?: number): Promise<Identity> {
        const [row] = await (nowMs === undefined ? countTurn({ ...address }) : countOwnTurn({ ...address, nowMs }));
        const before: Identity = row === undefined ? {} : withoutNulls(row);
        const learnt = stated(profile ?? {});
        const isNews = Object.entries(learnt).some(([name, value]) => before[name as keyof Profile] !== value);
        if (isNews) await db.update(identities).set(learnt).where(isIdentity(address));
        return { ...before, ...learnt };
      },

      /** Nothing reaches this person any more; false when that was known. */
      async setUnreachable(address: Address, why: Unreachable, nowMs: number): Promise<boolean> {
        const changed = await db
          .update(identities)
          .set({ unreachable: why, unreachableSinceMs: nowMs })
          .where(and(isIdentity(address), isNull(identities.unreachable)))
          .returning({ user: identities.user });
        return changed.length > 0;
      },

      /** From now on the person's standing page is kept up to date. */
      async openTab(address: Address, nowMs: number): Promise<void> {
        await db
          .update(identities)
          .set({ tabOpenedAtMs: nowMs })
          .where(and(isIdentity(address), isNull(identities.tabOpenedAtMs)));
      },
    },
  });
}

/** The profile without what is undefined, so that it overwrites nothing. */
function stated(profile: Profile): WithoutNulls<Profile> {
  const { name, timezone, locale } = profile;
  return {
    ...(name !== undefined && { name }),
    ...(timezone !== undefined && { timezone }),
    ...(locale !== undefined && { locale }),
  };
}

import { and, asc, eq, isNotNull, isNull, or, sql } from "drizzle-orm";
import type { Address, Unreachable } from "../../src/ports/messenger.ts";
import { type Db, encoded, prepared } from "../db.ts";
import type { Locks } from "../locks.ts";
import { defineRepository } from "../repository.ts";
import { one, type WithoutNulls, withoutNulls } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** A chat user's profile as the platform gives it; zones are IANA, locales BCP 47. */
export interface Profile {
  readonly name?: string;
  readonly timezone?: string;
  readonly locale?: string;
}

/** A chat user as stored. */
export interface Identity extends Profile {
  /** Time of their last turn; absent before the first one. */
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

/** A person's chat and its state. */
export interface PersonAddress extends Address {
  readonly lastSeenAtMs?: number;
  readonly timezone?: string;
  readonly tabOpenedAtMs?: number;
  readonly unreachable?: Unreachable;
}

/** Chat users and their memberships in practices. */
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
  const lockRow = prepared(locks.forUpdate(db.select({ turns: identities.turns }).from(identities).where(isThis)));
  const identityAt = prepared(db.select(known).from(identities).where(isThis));
  const own = {
    platform: encoded("platform", identities.platform),
    workspace: sql.placeholder("workspace"),
    user: sql.placeholder("user"),
    turns: 1,
  };
  const target = [identities.platform, identities.workspace, identities.user];
  const turns = sql`${identities.turns} + 1`;
  // A turn of their own proves that the chat is reachable.
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
      /** Memberships of unreachable chat users, longest unreachable first. */
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

      /** Memberships of a chat user; archived and deactivated people are left out. */
      async memberships(address: Address): Promise<readonly Membership[]> {
        return currentMemberships({ ...address });
      },

      /** A person's chats, the one of their latest turn first. */
      async listAddresses(
        practiceId: string,
        role: Membership["role"],
        personId: string,
      ): Promise<readonly PersonAddress[]> {
        const rows = await addressesOf({ practiceId, role, personId });
        // Sorted here, because the databases sort nulls differently.
        return rows.map(withoutNulls).sort((a, b) => (b.lastSeenAtMs ?? 0) - (a.lastSeenAtMs ?? 0));
      },
    },
    locks: {
      /** Locks the chat user's row without a turn, for work that must not run during one of their turns. */
      async lock(address: Address): Promise<void> {
        if (!locks.concurrentWriters) return;
        await lockRow({ ...address });
      },
    },
    writes: {
      /**
       * The first write of a turn. Locks the chat user's row, so that their turns run one after the other, adds the row if
       * it is new, and stores what the profile states. Gives the chat user with the time of the turn before. Without
       * `nowMs` the turn is the desk's own and is not counted as seen.
       */
      async beginTurn(address: Address, profile: Profile | undefined, nowMs?: number): Promise<Identity> {
        const [row] = await (nowMs === undefined ? countTurn({ ...address }) : countOwnTurn({ ...address, nowMs }));
        const before: Identity = row === undefined ? {} : withoutNulls(row);
        const learnt = stated(profile ?? {});
        const isNews = Object.entries(learnt).some(([name, value]) => before[name as keyof Profile] !== value);
        if (isNews) await db.update(identities).set(learnt).where(isIdentity(address));
        return { ...before, ...learnt };
      },

      /** Marks the chat user as unreachable; false if they are marked already. */
      async setUnreachable(address: Address, why: Unreachable, nowMs: number): Promise<boolean> {
        const changed = await db
          .update(identities)
          .set({ unreachable: why, unreachableSinceMs: nowMs })
          .where(and(isIdentity(address), isNull(identities.unreachable)))
          .returning({ user: identities.user });
        return changed.length > 0;
      },

      /** Records that the chat user opened the app's home tab, which is kept up to date from then on. */
      async openTab(address: Address, nowMs: number): Promise<void> {
        await db
          .update(identities)
          .set({ tabOpenedAtMs: nowMs })
          .where(and(isIdentity(address), isNull(identities.tabOpenedAtMs)));
      },
    },
  });
}

/** Leaves out undefined fields, so that they overwrite nothing. */
function stated(profile: Profile): WithoutNulls<Profile> {
  const { name, timezone, locale } = profile;
  return {
    ...(name !== undefined && { name }),
    ...(timezone !== undefined && { timezone }),
    ...(locale !== undefined && { locale }),
  };
}

import type { Platform } from "../../src/ports/messenger.ts";
import type { ColumnTypes } from "../columns.ts";

/** Invitations, entry codes and relayed messages. Times are real time. */
export function peopleTables(c: ColumnTypes) {
  /** A client's invitation (D7.1); `entryCodes` has its codes. */
  const invitations = c.table(
    "invitations",
    {
      seq: c.sequence("seq"),
      id: c.text("id").notNull().unique(),
      practiceId: c.text("practice_id").notNull(),
      clientId: c.text("client_id").notNull(),
      practitionerId: c.text("practitioner_id").notNull(),
      state: c.text("state").$type<"open" | "accepted" | "revoked">().notNull(),
      /** The invited chat user; absent: invited by mail or by a link. */
      platform: c.text("platform").$type<Platform>(),
      workspace: c.text("workspace"),
      user: c.text("user"),
      createdAtMs: c.int("created_at_ms").notNull(),
      expiresAtMs: c.int("expires_at_ms").notNull(),
      decidedAtMs: c.int("decided_at_ms"),
    },
    (t) => [
      c.index("invitations_client").on(t.practiceId, t.clientId),
      c.index("invitations_address").on(t.platform, t.workspace, t.user),
    ],
  );

  /** One-time codes, typed or in a link; only their hash is stored. */
  const entryCodes = c.table(
    "entry_codes",
    {
      hash: c.text("hash").primaryKey(),
      id: c.text("id").notNull().unique(),
      practiceId: c.text("practice_id").notNull(),
      /** `workspace`: binds a workspace, from the command line. `invitation`: activates a client. `chat`: one more chat of the same person. */
      opens: c.text("opens").$type<"workspace" | "invitation" | "chat">().notNull(),
      invitationId: c.text("invitation_id"),
      role: c.text("role").$type<"client" | "practitioner">(),
      personId: c.text("person_id"),
      createdAtMs: c.int("created_at_ms").notNull(),
      expiresAtMs: c.int("expires_at_ms").notNull(),
      usedAtMs: c.int("used_at_ms"),
      /** The chat address that used it. */
      usedBy: c.text("used_by"),
    },
    (t) => [c.index("entry_codes_invitation").on(t.invitationId)],
  );

  /** Attempts of a chat with a wrong code, and requests for mail: the time only. Limits guessing. */
  const entryTries = c.table(
    "entry_tries",
    {
      seq: c.sequence("seq"),
      lane: c.text("lane").notNull(),
      atMs: c.int("at_ms").notNull(),
    },
    (t) => [c.index("entry_tries_lane").on(t.lane, t.atMs)],
  );

  /** Relayed messages between clients and practitioners, deleted after a time. */
  const relays = c.table(
    "relays",
    {
      id: c.text("id").primaryKey(),
      practiceId: c.text("practice_id").notNull(),
      clientId: c.text("client_id").notNull(),
      practitionerId: c.text("practitioner_id").notNull(),
      from: c.text("from_role").$type<"client" | "practitioner">().notNull(),
      text: c.text("text").notNull(),
      atMs: c.int("at_ms").notNull(),
    },
    (t) => [c.index("relays_client").on(t.practiceId, t.clientId, t.atMs), c.index("relays_at").on(t.atMs)],
  );

  return { invitations, entryCodes, entryTries, relays };
}

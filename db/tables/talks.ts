import type { Card } from "../../src/cards/card.ts";
import type { Platform } from "../../src/ports/messenger.ts";
import type { Service } from "../../src/ports/services.ts";
import type { ColumnTypes } from "../columns.ts";

/** What an outbox row is: a talk's card, a home tab, a private hint, a mail, a payment job, or an errand of the desk. */
export type OutboxKind = "card" | "tab" | "hint" | "mail" | "payment" | "errand";

/** Talks, inbox, outbox and timers. */
export function talkTables(c: ColumnTypes) {
  const talks = c.table(
    "talks",
    {
      id: c.text("id").primaryKey(),
      /** Empty for a stranger. */
      practiceId: c.text("practice_id").notNull(),
      flow: c.text("flow").notNull(),
      version: c.int("version").notNull(),
      platform: c.text("platform").$type<Platform>().notNull(),
      workspace: c.text("workspace").notNull(),
      user: c.text("user").notNull(),
      role: c.text("role").$type<"client" | "practitioner" | "stranger">().notNull(),
      personId: c.text("person_id").notNull(),
      aboutBookingId: c.text("about_booking_id"),
      revision: c.int("revision").notNull(),
      /** The engine's envelope of the machine's snapshot, as text. */
      snapshot: c.text("snapshot").notNull(),
      card: c.json<Card>("card").notNull(),
      /** An ended talk answers with its last card, or with that of the talk that took over its message. */
      ended: c.bool("ended").notNull(),
      replacedBy: c.text("replaced_by"),
      /** Position of the talk's newest card among the cards of its chat. */
      cardOrder: c.int("card_order").notNull(),
      updatedAtMs: c.int("updated_at_ms").notNull(),
    },
    (t) => [
      c.index("talks_address").on(t.platform, t.workspace, t.user, t.cardOrder),
      c.index("talks_booking").on(t.aboutBookingId),
    ],
  );

  /** Ids of received inputs, without their content. */
  const inbox = c.table(
    "inbox",
    {
      id: c.text("id").primaryKey(),
      receivedAtMs: c.int("received_at_ms").notNull(),
      talkId: c.text("talk_id"),
    },
    (t) => [c.index("inbox_received").on(t.receivedAtMs)],
  );

  /** The outbox. Times are real time, not the books' clock. */
  const outbox = c.table(
    "outbox",
    {
      seq: c.sequence("seq"),
      id: c.text("id").notNull().unique(),
      practiceId: c.text("practice_id").notNull(),
      kind: c.text("kind").$type<OutboxKind>().notNull(),
      lane: c.text("lane").notNull(),
      talkId: c.text("talk_id"),
      bookingId: c.text("booking_id"),
      dedupeKey: c.text("dedupe_key").notNull().unique(),
      payload: c.text("payload").notNull(),
      state: c.text("state").$type<"waiting" | "done" | "dead">().notNull(),
      dueAtMs: c.int("due_at_ms").notNull(),
      attempts: c.int("attempts").notNull(),
      lastError: c.text("last_error"),
      queuedAtMs: c.int("queued_at_ms").notNull(),
      doneAtMs: c.int("done_at_ms"),
      service: c.text("service").$type<Service>().notNull().default("desk"),
    },
    (t) => [
      c.index("outbox_lane").on(t.state, t.lane, t.seq),
      c.index("outbox_due").on(t.state, t.dueAtMs),
      c.index("outbox_talk").on(t.talkId, t.seq),
    ],
  );

  /**
   * Lanes with waiting rows, and when the oldest of each is due: the search for work reads one row per lane, however long
   * the lane. Writers of a lane lock its row. All rows of a lane have its service.
   */
  const outboxLanes = c.table(
    "outbox_lanes",
    {
      lane: c.text("lane").primaryKey(),
      dueAtMs: c.int("due_at_ms").notNull(),
      service: c.text("service").$type<Service>().notNull().default("desk"),
    },
    (t) => [c.index("outbox_lanes_due").on(t.service, t.dueAtMs)],
  );

  /** The platform message that shows a talk's card. */
  const messages = c.table("messages", {
    talkId: c.text("talk_id").primaryKey(),
    messageId: c.text("message_id").notNull(),
  });

  const timers = c.table(
    "timers",
    {
      /** `booking:<id>:<kind>`, so that a booking has one timer of a kind. */
      key: c.text("key").primaryKey(),
      practiceId: c.text("practice_id").notNull(),
      kind: c.text("kind").notNull(),
      bookingId: c.text("booking_id").notNull(),
      /** On the books' clock. */
      dueAtMs: c.int("due_at_ms").notNull(),
      /** Real time until which a process holds the timer, or before which a failed one is not tried again. */
      leasedUntilMs: c.int("leased_until_ms").notNull(),
      attempts: c.int("attempts").notNull(),
      /** `dead`: it failed too often, and runs again only after `frontdesk retry` (R3). */
      state: c.text("state").$type<"waiting" | "dead">().notNull().default("waiting"),
      lastError: c.text("last_error"),
    },
    (t) => [c.index("timers_due").on(t.dueAtMs), c.index("timers_booking").on(t.bookingId)],
  );

  const pageMessages = c.table(
    "page_messages",
    {
      seq: c.sequence("seq"),
      id: c.text("id").notNull().unique(),
      user: c.text("user").notNull(),
      author: c.text("author").$type<"me" | "desk">().notNull(),
      sentAtMs: c.int("sent_at_ms").notNull(),
      text: c.text("text"),
      card: c.json<Card>("card"),
      talkId: c.text("talk_id"),
      revision: c.int("revision"),
    },
    (t) => [c.index("page_messages_user").on(t.user, t.seq)],
  );

  const trayMails = c.table("tray_mails", {
    seq: c.sequence("seq"),
    id: c.text("id").notNull().unique(),
    sentAtMs: c.int("sent_at_ms").notNull(),
    to: c.text("to").notNull(),
    subject: c.text("subject").notNull(),
    text: c.text("text").notNull(),
    ics: c.text("ics"),
  });

  return { talks, inbox, outbox, outboxLanes, messages, timers, pageMessages, trayMails };
}

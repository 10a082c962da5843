import { sql } from "drizzle-orm";
import type { BookingStatus, FrozenService } from "../../src/domain/booking.ts";
import type { ColumnTypes } from "../columns.ts";

/** Bookings and the records that belong to them. */
export function bookingTables(c: ColumnTypes) {
  const bookings = c.table(
    "bookings",
    {
      id: c.text("id").primaryKey(),
      practiceId: c.text("practice_id").notNull(),
      clientId: c.text("client_id").notNull(),
      practitionerId: c.text("practitioner_id").notNull(),
      serviceId: c.text("service_id").notNull(),
      /** The client's package that pays for it; absent: it is paid singly. */
      clientPackageId: c.text("client_package_id"),
      /** The plan it was requested in; absent: requested alone. */
      planId: c.text("plan_id"),
      status: c.text("status").$type<BookingStatus>().notNull(),
      version: c.int("version").notNull(),
      sequence: c.int("sequence").notNull(),
      startsAtMs: c.int("starts_at_ms").notNull(),
      endsAtMs: c.int("ends_at_ms").notNull(),
      frozen: c.json<FrozenService>("frozen").notNull(),
      createdAtMs: c.int("created_at_ms").notNull(),
      requestedAtMs: c.int("requested_at_ms"),
      respondByMs: c.int("respond_by_ms"),
      decidedAtMs: c.int("decided_at_ms"),
      reason: c.text("reason"),
      wish: c.text("wish"),
      joinUrl: c.text("join_url"),
      cancelledBy: c.text("cancelled_by").$type<"client" | "practitioner" | "system">(),
      reschedules: c.int("reschedules"),
      proposalRounds: c.int("proposal_rounds"),
      /** The desk's own mail address when the booking was made: the domain of its UID and Message-IDs (V8). */
      organizer: c.text("organizer"),
    },
    (t) => [
      c.index("bookings_client").on(t.practiceId, t.clientId, t.startsAtMs),
      c.index("bookings_practitioner").on(t.practiceId, t.practitionerId, t.startsAtMs),
      c.index("bookings_package").on(t.clientPackageId),
      c.index("bookings_plan").on(t.planId),
    ],
  );

  /** Reservations of a practitioner's time; the database refuses overlaps (`guards.ts`). */
  const claims = c.table(
    "claims",
    {
      id: c.text("id").primaryKey(),
      practiceId: c.text("practice_id").notNull(),
      practitionerId: c.text("practitioner_id").notNull(),
      bookingId: c.text("booking_id").notNull(),
      kind: c.text("kind").$type<"hold" | "request" | "session" | "proposal">().notNull(),
      startsAtMs: c.int("starts_at_ms").notNull(),
      endsAtMs: c.int("ends_at_ms").notNull(),
      bufferBeforeMinutes: c.int("buffer_before_minutes").notNull(),
      bufferAfterMinutes: c.int("buffer_after_minutes").notNull(),
      /** When a hold or proposal lapses; absent: never. */
      expiresAtMs: c.int("expires_at_ms"),
    },
    (t) => [
      c.index("claims_practitioner").on(t.practiceId, t.practitionerId, t.startsAtMs),
      c.index("claims_booking").on(t.bookingId),
      // Lapsed claims are removed before every booking; the partial index avoids reading the others.
      c.index("claims_lapsing").on(t.practiceId, t.practitionerId, t.expiresAtMs).where(sql`expires_at_ms is not null`),
      // At most a day, so that the search for overlaps reads a bounded range of the index.
      c.check("claims_span", sql`ends_at_ms > starts_at_ms and ends_at_ms - starts_at_ms <= 86400000`),
    ],
  );

  const answers = c.table(
    "answers",
    {
      bookingId: c.text("booking_id").notNull(),
      questionId: c.text("question_id").notNull(),
      practiceId: c.text("practice_id").notNull(),
      clientId: c.text("client_id").notNull(),
      formId: c.text("form_id").notNull(),
      sealed: c.bool("sealed").notNull(),
      /** JSON of a string or of a list of strings; encrypted when the question is sensitive (D5.2). */
      value: c.text("value").notNull(),
      answeredAtMs: c.int("answered_at_ms").notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.bookingId, t.questionId] })],
  );

  /** One data key per client, wrapped by the desk's key ring. Deleting it erases the client's encrypted answers. */
  const dataKeys = c.table(
    "data_keys",
    {
      practiceId: c.text("practice_id").notNull(),
      clientId: c.text("client_id").notNull(),
      wrapped: c.text("wrapped").notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.practiceId, t.clientId] })],
  );

  const termsAcceptances = c.table(
    "terms_acceptances",
    {
      bookingId: c.text("booking_id").notNull(),
      termsId: c.text("terms_id").notNull(),
      version: c.text("version").notNull(),
      practiceId: c.text("practice_id").notNull(),
      clientId: c.text("client_id").notNull(),
      acceptedAtMs: c.int("accepted_at_ms").notNull(),
      /** The chat address. */
      place: c.text("place").notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.bookingId, t.termsId] })],
  );

  const formTokens = c.table("form_tokens", {
    /** SHA-256 of the token; only the link contains the token itself. */
    tokenHash: c.text("token_hash").primaryKey(),
    practiceId: c.text("practice_id").notNull(),
    bookingId: c.text("booking_id").notNull(),
    talkId: c.text("talk_id").notNull(),
    expiresAtMs: c.int("expires_at_ms").notNull(),
    usedAtMs: c.int("used_at_ms"),
  });

  const audit = c.table(
    "audit",
    {
      seq: c.sequence("seq"),
      practiceId: c.text("practice_id").notNull(),
      atMs: c.int("at_ms").notNull(),
      /** `client:ana`, `practitioner:maya`, `desk`, or the chat address of a stranger. */
      actor: c.text("actor").notNull(),
      action: c.text("action").notNull(),
      subject: c.text("subject").notNull(),
      /** The chat address, or `clock` for a timer. */
      place: c.text("place").notNull(),
    },
    (t) => [c.index("audit_subject").on(t.subject)],
  );

  return { bookings, claims, answers, dataKeys, termsAcceptances, formTokens, audit };
}

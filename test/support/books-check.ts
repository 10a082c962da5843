import type { Database, Statement } from "better-sqlite3";
import { creditViolationsIn } from "./credit-check.ts";

/**
 * The invariant violations in a database, one line each; empty for a consistent one. It queries the tables directly and
 * checks the rules itself, so that neither the triggers nor the desk's own checks are trusted.
 */
export function violationsIn(books: Database): string[] {
  const integrity = books.pragma("integrity_check", { simple: true });
  return [...(integrity === "ok" ? [] : [`integrity_check: ${integrity}`]), ...brokenRulesIn(books)];
}

/** The same without SQLite's own check of the file, for callers that look after every step. */
export function brokenRulesIn(books: Database): string[] {
  return [
    ...overlapsIn(books),
    ...creditViolationsIn(books),
    ...queriesOn(books).flatMap(({ rule, query }) => query.all().map((subject) => `${rule}: ${subject}`)),
  ];
}

const prepared = new WeakMap<Database, readonly { readonly rule: string; readonly query: Statement }[]>();

function queriesOn(books: Database) {
  const known = prepared.get(books);
  if (known !== undefined) return known;
  const queries = wrongs.map(({ rule, sql }) => ({ rule, query: books.prepare(sql).pluck() }));
  prepared.set(books, queries);
  return queries;
}

/** A request whose client asked for other times than proposed may have lost its original time (D4.16). */
function hasItsTime(name: string): string {
  return `(${name}.status = 'confirmed' or ${name}.status = 'requested' and (${name}.proposal_rounds is null
    or exists (select 1 from claims where claims.booking_id = ${name}.id)))`;
}

/** An agreed request whose payment is being captured: it is confirmed with the result (D4.12). */
function isBeingCharged(name: string): string {
  return `(${name}.status = 'requested' and exists (select 1 from payments
    where payments.booking_id = ${name}.id and payments.approved = 1 and payments.state = 'capturing'))`;
}

/** A cancelled booking whose cancellation can still be undone, with its open change request (D4.9). */
function isUndoable(name: string): string {
  return `(${name}.status in ('cancelled', 'late_cancelled')
    and exists (select 1 from timers where timers.key = 'booking:' || ${name}.id || ':cancellation'))`;
}

/** Overlapping pairs of a practitioner's sessions, and of claims. The same query for every guard design. */
export function overlapsIn(books: Database): string[] {
  const pairs = books.prepare(`
    select 'sessions ' || a.id || ' and ' || b.id from bookings a join bookings b
      on b.practice_id = a.practice_id and b.practitioner_id = a.practitioner_id and b.id > a.id
      and b.starts_at_ms < a.ends_at_ms and b.ends_at_ms > a.starts_at_ms
      where ${hasItsTime("a")} and ${hasItsTime("b")}
    union all
    select 'claims of ' || a.booking_id || ' and ' || b.booking_id from claims a join claims b
      on b.practice_id = a.practice_id and b.practitioner_id = a.practitioner_id and b.id > a.id
      and b.booking_id <> a.booking_id and b.starts_at_ms < a.ends_at_ms and b.ends_at_ms > a.starts_at_ms`);
  return pairs
    .pluck()
    .all()
    .map((pair) => `overlap: ${pair}`);
}

/** Each query returns the rows that break its rule. */
const wrongs: readonly { readonly rule: string; readonly sql: string }[] = [
  {
    rule: "the rest between two sessions is the longer of both buffers (D3.3)",
    sql: `select a.id || ' and ' || b.id from bookings a join bookings b
      on b.practice_id = a.practice_id and b.practitioner_id = a.practitioner_id and b.id <> a.id
      and b.starts_at_ms >= a.ends_at_ms and b.starts_at_ms < a.ends_at_ms
        + 60000 * max(a.frozen ->> 'bufferAfterMinutes', b.frozen ->> 'bufferBeforeMinutes')
      where ${hasItsTime("a")} and ${hasItsTime("b")}`,
  },
  {
    rule: "an open booking claims its time, once",
    sql: `select id from bookings b where ${hasItsTime("b")} and 1 <> (
      select count(*) from claims c where c.booking_id = b.id and c.practitioner_id = b.practitioner_id
      and c.starts_at_ms = b.starts_at_ms and c.ends_at_ms = b.ends_at_ms and c.expires_at_ms is null
      and c.kind = case b.status when 'requested' then 'request' else 'session' end)`,
  },
  {
    rule: "beside its own time a booking claims only the requested new one, or the proposed ones",
    sql: `select b.id || ' ' || c.kind from bookings b join claims c on c.booking_id = b.id
      where not (c.starts_at_ms = b.starts_at_ms and c.ends_at_ms = b.ends_at_ms) and not exists (
        select 1 from change_requests r where (b.status = 'confirmed' or ${isUndoable("b")}) and c.kind = 'request' and r.booking_id = b.id
        and r.state = 'open' and r.kind = 'move' and r.starts_at_ms = c.starts_at_ms and r.ends_at_ms = c.ends_at_ms)
      and not exists (
        select 1 from proposals p where b.status = 'proposed' and c.kind = 'proposal' and p.booking_id = b.id
        and p.state = 'open' and p.starts_at_ms = c.starts_at_ms and p.ends_at_ms = c.ends_at_ms)`,
  },
  {
    rule: "a requested new time is claimed, once, until it is answered (D4.5)",
    sql: `select r.id from change_requests r join bookings b on b.id = r.booking_id where r.state = 'open' and (
      not ${isUndoable("b")} and (b.status <> 'confirmed'
        or not exists (select 1 from timers t where t.key = 'booking:' || b.id || ':change-respond-by'))
      or r.kind = 'move' and 1 <> (select count(*) from claims c where c.booking_id = b.id and c.kind = 'request'
        and c.starts_at_ms = r.starts_at_ms and c.ends_at_ms = r.ends_at_ms))`,
  },
  {
    rule: "one to three times are proposed, and each is claimed, once",
    sql: `select b.id from bookings b where status = 'proposed' and (
      (select count(*) from proposals p where p.booking_id = b.id and p.state = 'open') not between 1 and 3
      or exists (select 1 from proposals p where p.booking_id = b.id and p.state = 'open' and 1 <> (
        select count(*) from claims c where c.booking_id = b.id and c.kind = 'proposal'
        and c.starts_at_ms = p.starts_at_ms and c.ends_at_ms = p.ends_at_ms)))`,
  },
  {
    rule: "a booking in a final state has no claim, deadline or offer (D4.8)",
    sql: `select b.id from bookings b where status in ('declined', 'expired', 'withdrawn', 'completed', 'no_show') and (
      exists (select 1 from claims c where c.booking_id = b.id)
      or exists (select 1 from timers t where t.booking_id = b.id and t.kind <> 'payment-check')
      or exists (select 1 from proposals p where p.booking_id = b.id and p.state = 'open'))`,
  },
  {
    rule: "a cancelled booking keeps its times exactly as long as the cancellation can be undone (D4.9)",
    sql: `select b.id from bookings b where status in ('cancelled', 'late_cancelled') and (
      (select count(*) from claims c where c.booking_id = b.id and c.kind = 'session') <> (
        select count(*) from timers t where t.key = 'booking:' || b.id || ':cancellation')
      or exists (select 1 from claims c where c.booking_id = b.id and c.kind <> 'session'
        and not (c.kind = 'request' and ${isUndoable("b")}))
      or exists (select 1 from timers t where t.booking_id = b.id and t.kind not in ('cancellation', 'payment-check')))`,
  },
  {
    rule: "no payment stays authorised for a session that will not take place (D4.8)",
    sql: `select p.booking_id || ' ' || p.state from payments p join bookings b on b.id = p.booking_id
      where b.status in ('declined', 'expired', 'withdrawn') and p.state in ('authorised', 'capturing')`,
  },
  {
    rule: "a claim belongs to a booking",
    sql: `select c.id from claims c where not exists (select 1 from bookings b where b.id = c.booking_id)`,
  },
  {
    rule: "a timer belongs to a booking",
    sql: `select t.key from timers t where not exists (select 1 from bookings b where b.id = t.booking_id)
      and not exists (select 1 from client_packages p where p.id = t.booking_id)`,
  },
  {
    rule: "every booking is in the audit, with each of its decisions exactly once",
    sql: `select b.id || ' ' || b.status from bookings b where status in
      ('requested', 'confirmed', 'declined', 'withdrawn', 'expired') and 1 <> (
      select count(*) from audit a where a.subject = b.id and a.action = 'booking.' || b.status)`,
  },
  {
    rule: "every round of proposals, every cancellation and every undo is in the audit",
    sql: `select b.id || ' ' || b.status from bookings b where
      coalesce(b.proposal_rounds, 0) <> (select count(*) from audit a where a.subject = b.id and a.action = 'booking.proposed')
      or (b.status in ('cancelled', 'late_cancelled')) <> (
        select count(*) from audit a where a.subject = b.id and a.action in ('booking.cancelled', 'booking.late_cancelled'))
        - (select count(*) from audit a where a.subject = b.id and a.action = 'booking.restored')`,
  },
  {
    rule: "every completed or missed session is in the audit",
    sql: `select b.id || ' ' || b.status from bookings b where b.status in ('completed', 'no_show') and not exists (
      select 1 from audit a where a.subject = b.id and (a.action = 'booking.' || b.status
        or b.status = 'completed' and a.action = 'booking.attended'))`,
  },
  {
    rule: "no booking is both confirmed and refused",
    sql: `select subject from audit where action in ('booking.confirmed', 'booking.declined', 'booking.withdrawn', 'booking.expired')
      group by subject having count(*) > 1`,
  },
  {
    rule: "an open request has its deadline",
    sql: `select id from bookings b where status = 'requested' and not ${isBeingCharged("b")} and not exists (
      select 1 from timers t where t.key = 'booking:' || b.id || ':respond-by')`,
  },
  {
    rule: "proposed times have their deadline",
    sql: `select id from bookings b where status = 'proposed' and not exists (
      select 1 from timers t where t.key = 'booking:' || b.id || ':proposal-expiry')`,
  },
  {
    rule: "every request has its mail and its review in the outbox",
    sql: `select b.id from bookings b where requested_at_ms is not null and not ${isBeingCharged("b")} and (
      not exists (select 1 from outbox o where o.dedupe_key like 'review:' || b.id || ':%'
        or o.dedupe_key like 'plan-review:' || b.plan_id || ':%')
      or (b.frozen ->> 'confirmation') = 'request'
        and not exists (select 1 from outbox o where o.dedupe_key = 'mail:requested:' || coalesce(b.plan_id, b.id) || '.requested.0'))`,
  },
  {
    rule: "every confirmation, decline and expiry has its one mail in the outbox",
    sql: `select b.id || ' ' || b.status from bookings b where status in ('confirmed', 'declined', 'expired') and 1 <> (
      select count(*) from outbox o where o.kind = 'mail' and o.booking_id = b.id
      and (o.dedupe_key = 'mail:' || b.status || ':' || b.id || '.' || b.status || '.0'
        or b.status = 'expired' and o.dedupe_key = 'mail:lapsed:' || b.id || '.lapsed.0'))`,
  },
  {
    rule: "every cancellation has its one mail in the outbox, once it cannot be undone",
    sql: `select b.id || ' ' || b.status from bookings b where status in ('cancelled', 'late_cancelled') and (
      select count(*) from timers t where t.key = 'booking:' || b.id || ':cancellation') + (
      select count(*) from outbox o where o.kind = 'mail' and o.booking_id = b.id
      and o.dedupe_key like 'mail:cancelled:' || b.id || '.cancelled.%') <> 1`,
  },
  {
    rule: "a talk's machine and its booking agree, once no news is pending",
    sql: `select t.id || ' ' || (t.snapshot ->> 'state') || ' ' || b.status from talks t join bookings b on b.id = t.about_booking_id
      where t.flow = 'review' and t.ended = 0
      and (t.snapshot ->> 'state') not in (case when b.status = 'requested' then 'deciding'
        when b.status in ('completed', 'cancelled', 'late_cancelled', 'no_show') then 'over' else b.status end)
      and not (b.status = 'requested' and (t.snapshot ->> 'state') in ('givingReason', 'proposing', 'warning'))
      and not (b.status = 'proposed' and (t.snapshot ->> 'state') = 'givingReason')
      and not (t.snapshot ->> 'state' = 'confirmed' and exists (
        select 1 from timers m where m.key = 'booking:' || b.id || ':cancellation'))
      and not exists (select 1 from outbox o where o.talk_id = t.id and o.kind = 'errand' and o.state = 'waiting')`,
  },
];

/**
 * The violations when nothing is in progress: everything was sent once, and every screen shows the database's state. A
 * practitioner who opens requests from the menu sees their cards twice; `reviewsOpenedByHand` allows that.
 */
export function violationsAtRest(books: Database, { reviewsOpenedByHand = false } = {}): string[] {
  const rules = reviewsOpenedByHand ? atRest : [...atRest, oneReviewEach];
  return rules.flatMap(({ rule, sql }) =>
    books
      .prepare(sql)
      .pluck()
      .all()
      .map((subject) => `${rule}: ${subject}`),
  );
}

const oneReviewEach = {
  rule: "every request has exactly one review card in each chat of its practitioner",
  sql: `select b.id from bookings b join memberships k on k.practice_id = b.practice_id and k.role = 'practitioner'
    and k.person_id = b.practitioner_id where requested_at_ms is not null and 1 <> (
      select count(*) from talks t join messages m on m.talk_id = t.id join page_messages p on p.id = m.message_id
      where t.flow = 'review' and t.about_booking_id = b.id and p.user = k.user and p.author = 'desk')`,
};

const atRest: readonly { readonly rule: string; readonly sql: string }[] = [
  { rule: "every queued row was sent", sql: "select dedupe_key || ' ' || state from outbox where state <> 'done'" },
  {
    rule: "exactly one confirmation was mailed",
    sql: `select b.id from bookings b where status = 'confirmed' and 1 <> (
      select count(*) from tray_mails m where m.ics like '%UID:' || b.id || '%'
      and m.ics like '%SEQUENCE:' || b.sequence || '%')`,
  },
  {
    rule: "payments are settled once their session is over or will not take place (D4.8)",
    sql: `select p.booking_id || ' ' || p.state from payments p join bookings b on b.id = p.booking_id
      where b.status in ('declined', 'expired', 'withdrawn')
      and p.state in ('link_sent', 'authorised', 'capturing', 'closing', 'releasing')
      and not exists (select 1 from timers t where t.key = 'booking:' || b.id || ':payment-check')`,
  },
  {
    rule: "every queued mail was sent",
    sql: `select o.dedupe_key from outbox o where kind = 'mail' and not exists (select 1 from tray_mails m where m.id = o.id)`,
  },
  {
    rule: "every card in a chat was queued, and posted once",
    sql: `select p.id from page_messages p where author = 'desk'
      and not exists (select 1 from outbox o where o.id = p.id and o.kind = 'card')`,
  },
  {
    rule: "the screen shows the talk's present state",
    sql: `select t.id || ' of ' || t.user || ' shows ' || p.revision || ', stands at ' || t.revision
      from talks t join messages m on m.talk_id = t.id join page_messages p on p.id = m.message_id
      where t.ended = 0 and p.revision <> t.revision`,
  },
  {
    rule: "every live talk has a message",
    sql: `select t.id from talks t where t.ended = 0 and not exists (select 1 from messages m where m.talk_id = t.id)`,
  },
];

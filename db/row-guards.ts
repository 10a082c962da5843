import { bookingStatuses } from "../src/domain/booking.ts";
import { creditKinds } from "../src/domain/credits.ts";
import { paymentStates } from "../src/domain/payment.ts";
import { lateRules, methodKinds, questionTypes, weekdays } from "../src/domain/practice.ts";
import { platforms } from "../src/ports/messenger.ts";

/** Why a decoded value cannot be used; undefined: it can. */
export type Guard = (value: unknown) => string | undefined;

/** The guards of a table's columns, by the column's name in the database. */
type TableGuards = Readonly<Record<string, Guard>>;

const oneOf =
  (...words: readonly string[]): Guard =>
  (value) =>
    words.some((word) => word === value) ? undefined : "an unknown word";

const text: Guard = (value) => (typeof value === "string" ? undefined : "no text");
const number: Guard = (value) => (typeof value === "number" && Number.isFinite(value) ? undefined : "no number");
const flag: Guard = (value) => (typeof value === "boolean" ? undefined : "no yes or no");

const optional =
  (guard: Guard): Guard =>
  (value) =>
    value === undefined ? undefined : guard(value);

/** An object with these fields; others are left to the code that reads them. */
function object(fields: Readonly<Record<string, Guard>>): Guard {
  const guards = Object.entries(fields);
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return "no object";
    for (const [name, guard] of guards) {
      const why = guard((value as Readonly<Record<string, unknown>>)[name]); // checked above
      if (why !== undefined) return `${name}: ${why}`;
    }
    return undefined;
  };
}

function list(guard: Guard): Guard {
  return (value) => {
    if (!Array.isArray(value)) return "no list";
    for (const each of value) {
      const why = guard(each);
      if (why !== undefined) return why;
    }
    return undefined;
  };
}

/** A string that `parse` takes without throwing. Answers are remembered: zones and locales are few. */
function parsedBy(parse: (value: string) => unknown, why: string): Guard {
  const known = new Map<string, boolean>();
  const works = (value: string): boolean => {
    try {
      parse(value);
      return true;
    } catch {
      return false;
    }
  };
  return (value) => {
    if (typeof value !== "string") return why;
    const answer = known.get(value) ?? works(value);
    if (known.size < 1_000) known.set(value, answer);
    return answer ? undefined : why;
  };
}

const zone = parsedBy((timeZone) => new Intl.DateTimeFormat("en", { timeZone }), "no time zone");
const locale = parsedBy((value) => new Intl.DateTimeFormat(value), "no locale");
const matching =
  (pattern: RegExp, why: string): Guard =>
  (value) =>
    typeof value === "string" && pattern.test(value) ? undefined : why;
const date = matching(/^\d{4}-\d\d-\d\d$/, "no date");
const wallTime = matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d/, "no date and time");

const platform = oneOf(...platforms);
const side = oneOf("client", "practitioner");
const role = oneOf("client", "practitioner", "stranger");
const texts = list(text);
const money = object({ minor: number, currency: text });
const method = object({ kind: oneOf(...methodKinds) });
const cancellation = object({
  windowMinutes: number,
  late: oneOf(...lateRules),
  feeMinor: number,
  reasonRequired: flag,
  maxReschedules: number,
});
const policies = object({
  minimumNoticeMinutes: number,
  horizonDays: number,
  incrementMinutes: number,
  cancellation,
  requests: object({ respondWithinMinutes: number, holdMinutes: number }),
});
const frozenService = object({
  name: text,
  publicName: text,
  durationMinutes: number,
  bufferBeforeMinutes: number,
  bufferAfterMinutes: number,
  price: optional(money),
  method,
  cancellation,
  respondWithinMinutes: number,
});
const service = object({
  name: text,
  publicName: text,
  durationMinutes: number,
  price: optional(money),
  methods: list(method),
  practitionerIds: texts,
  policies: object({}),
});
const template = object({
  name: text,
  price: optional(money),
  limits: object({}),
  items: list(object({ serviceId: text, sessions: number })),
});
const span = object({ from: text, to: text });
const schedule = object({
  timezone: zone,
  hours: list(object({ from: text, to: text, days: list(oneOf(...weekdays)), everyWeeks: number })),
  overrides: list(object({ date, hours: list(span) })),
  outOfOffice: list(span),
  limits: object({}),
});
const form = object({ questions: list(object({ id: text, label: text, type: oneOf(...questionTypes) })) });
const card = object({ summary: text, parts: list(object({ type: text })) });
const crisis = object({ contacts: list(object({ name: text, phone: text })) });

/**
 * What each column must hold beyond its type. A row with another value is skipped by every read, so that it hurts its
 * owner only (R2). Columns of free text, ids and sealed values have no guard: any text is one. Nor has the outbox, whose
 * rows are checked when they are sent.
 */
const guards: Readonly<Record<string, TableGuards>> = {
  absences: { kind: oneOf("blocked", "out_of_office"), from_time: wallTime, to_time: wallTime },
  bookings: { status: oneOf(...bookingStatuses), frozen: frozenService },
  claims: { kind: oneOf("hold", "request", "session", "proposal") },
  change_requests: {
    kind: oneOf("move", "cancel"),
    state: oneOf("open", "approved", "refused", "expired", "withdrawn"),
    frozen: frozenService,
  },
  proposals: { state: oneOf("open", "accepted", "rejected", "expired") },
  fees: { kind: oneOf("late_cancel", "no_show"), state: oneOf("open", "waived", "paid") },
  installations: { scopes: texts },
  workspaces: { platform },
  payments: { state: oneOf(...paymentStates), by: oneOf("card", "hand") },
  invitations: { state: oneOf("open", "accepted", "revoked") },
  entry_codes: { opens: oneOf("workspace", "invitation", "chat") },
  relays: { from_role: side },
  practices: { timezone: zone, locale, week_starts_on: oneOf(...weekdays), policies, crisis },
  locations: { timezone: zone },
  practitioners: { schedule },
  services: { details: service },
  forms: { details: form },
  package_templates: { details: template },
  client_packages: { starts_on: date, expires_on: date, frozen: template },
  clients: { timezone: zone },
  credit_entries: { kind: oneOf(...creditKinds) },
  identities: { platform, timezone: zone, locale },
  memberships: { platform, role: side },
  talks: { platform, role, card },
  page_messages: { author: oneOf("me", "desk"), card },
};

/** Settings with a default: an unreadable value counts as absent, and the row is read. */
const dropped: Readonly<Record<string, readonly string[]>> = {
  practices: ["crisis"],
  clients: ["timezone"],
  identities: ["timezone", "locale"],
};

/** The guard of a column, if it has one. */
export function guardOf(table: string, column: string): Guard | undefined {
  return guards[table]?.[column];
}

/** Whether an unreadable value of the column counts as absent. Otherwise its row is skipped. */
export function isDroppable(table: string, column: string): boolean {
  return dropped[table]?.includes(column) === true;
}

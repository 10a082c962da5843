import type { CreditKind } from "../../src/domain/credits.ts";
import type { CrisisSettings } from "../../src/domain/crisis.ts";
import type { BookingForm, PackageTemplate, Policies, Schedule, Service, Weekday } from "../../src/domain/practice.ts";
import type { Platform, Unreachable } from "../../src/ports/messenger.ts";
import type { ColumnTypes } from "../columns.ts";

/** Practices, their catalogues and their people. */
export function practiceTables(c: ColumnTypes) {
  const practices = c.table("practices", {
    id: c.text("id").primaryKey(),
    name: c.text("name").notNull(),
    timezone: c.text("timezone").notNull(),
    locale: c.text("locale").notNull(),
    contact: c.text("contact").notNull(),
    weekStartsOn: c.text("week_starts_on").$type<Weekday>().notNull(),
    policies: c.json<Policies>("policies").notNull(),
    /** Changes with every write to the practice or its catalogue. */
    revision: c.text("revision").notNull(),
    country: c.text("country"),
    crisis: c.json<CrisisSettings>("crisis"),
  });

  const locations = c.table(
    "locations",
    {
      practiceId: c.text("practice_id").notNull(),
      id: c.text("id").notNull(),
      name: c.text("name").notNull(),
      address: c.text("address").notNull(),
      timezone: c.text("timezone").notNull(),
      archived: c.bool("archived").notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.practiceId, t.id] })],
  );

  const practitioners = c.table(
    "practitioners",
    {
      practiceId: c.text("practice_id").notNull(),
      id: c.text("id").notNull(),
      name: c.text("name").notNull(),
      email: c.text("email").notNull(),
      admin: c.bool("admin").notNull(),
      position: c.int("position").notNull(),
      schedule: c.json<Schedule>("schedule").notNull(),
      archived: c.bool("archived").notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.practiceId, t.id] })],
  );

  const services = c.table(
    "services",
    {
      practiceId: c.text("practice_id").notNull(),
      id: c.text("id").notNull(),
      position: c.int("position").notNull(),
      /** The whole service; one that was removed from the practice file has visibility `archived`. */
      details: c.json<Service>("details").notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.practiceId, t.id] })],
  );

  const forms = c.table(
    "forms",
    {
      practiceId: c.text("practice_id").notNull(),
      id: c.text("id").notNull(),
      details: c.json<BookingForm>("details").notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.practiceId, t.id] })],
  );

  const terms = c.table(
    "terms",
    {
      practiceId: c.text("practice_id").notNull(),
      id: c.text("id").notNull(),
      version: c.text("version").notNull(),
      text: c.text("text").notNull(),
      current: c.bool("current").notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.practiceId, t.id, t.version] })],
  );

  const packageTemplates = c.table(
    "package_templates",
    {
      practiceId: c.text("practice_id").notNull(),
      id: c.text("id").notNull(),
      details: c.json<PackageTemplate>("details").notNull(),
      archived: c.bool("archived").notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.practiceId, t.id] })],
  );

  const clients = c.table(
    "clients",
    {
      practiceId: c.text("practice_id").notNull(),
      id: c.text("id").notNull(),
      name: c.text("name").notNull(),
      email: c.text("email").notNull(),
      timezone: c.text("timezone"),
      position: c.int("position").notNull(),
      archived: c.bool("archived").notNull(),
      /** `file`: named in the practice file and archived when removed from it. `chat`: invited by a practitioner. */
      source: c.text("source").$type<"file" | "chat">().notNull(),
      /** When the practice deactivated the client; imports do not change it. */
      deactivatedAtMs: c.int("deactivated_at_ms"),
    },
    (t) => [c.primaryKey({ columns: [t.practiceId, t.id] })],
  );

  const clientPackages = c.table(
    "client_packages",
    {
      id: c.text("id").primaryKey(),
      practiceId: c.text("practice_id").notNull(),
      clientId: c.text("client_id").notNull(),
      templateId: c.text("template_id").notNull(),
      startsOn: c.text("starts_on").notNull(),
      /** The last day, inclusive; absent: never expires. An extension moves it (D6.4). */
      expiresOn: c.text("expires_on"),
      /** The template as it was when assigned (D6.1). */
      frozen: c.json<PackageTemplate>("frozen").notNull(),
    },
    (t) => [c.unique("client_packages_grant").on(t.practiceId, t.clientId, t.templateId, t.startsOn)],
  );

  /** The append-only ledger of credits; its order is significant (D6.2). */
  const creditEntries = c.table(
    "credit_entries",
    {
      seq: c.sequence("seq"),
      practiceId: c.text("practice_id").notNull(),
      clientPackageId: c.text("client_package_id").notNull(),
      serviceId: c.text("service_id").notNull(),
      kind: c.text("kind").$type<CreditKind>().notNull(),
      amount: c.int("amount").notNull(),
      bookingId: c.text("booking_id"),
      actor: c.text("actor").notNull(),
      reason: c.text("reason"),
      atMs: c.int("at_ms").notNull(),
    },
    (t) => [c.index("credit_entries_package").on(t.clientPackageId)],
  );

  /** A chat user. Every turn locks its user's row, so that one user's turns run one after the other. */
  const identities = c.table(
    "identities",
    {
      platform: c.text("platform").$type<Platform>().notNull(),
      workspace: c.text("workspace").notNull(),
      user: c.text("user").notNull(),
      name: c.text("name"),
      timezone: c.text("timezone"),
      locale: c.text("locale"),
      /** Time of the last turn; absent for an identity that is only named in a practice file. */
      lastSeenAtMs: c.int("last_seen_at_ms"),
      /** Time of the turn before that one. */
      seenBeforeAtMs: c.int("seen_before_at_ms"),
      /** When the user first opened the app's home tab, which is kept up to date from then on. */
      tabOpenedAtMs: c.int("tab_opened_at_ms"),
      /** Why messages do not reach the user; cleared by their next turn. */
      unreachable: c.text("unreachable").$type<Unreachable>(),
      unreachableSinceMs: c.int("unreachable_since_ms"),
      turns: c.int("turns").notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.platform, t.workspace, t.user] })],
  );

  const memberships = c.table(
    "memberships",
    {
      platform: c.text("platform").$type<Platform>().notNull(),
      workspace: c.text("workspace").notNull(),
      user: c.text("user").notNull(),
      practiceId: c.text("practice_id").notNull(),
      role: c.text("role").$type<"client" | "practitioner">().notNull(),
      personId: c.text("person_id").notNull(),
      /** `file`: named in the practice file and removed with it. */
      source: c.text("source").$type<"file" | "activation">().notNull(),
    },
    (t) => [
      c.primaryKey({ columns: [t.platform, t.workspace, t.user, t.practiceId, t.role] }),
      c.index("memberships_person").on(t.practiceId, t.role, t.personId),
    ],
  );

  return {
    practices,
    locations,
    practitioners,
    services,
    forms,
    terms,
    packageTemplates,
    clients,
    clientPackages,
    creditEntries,
    identities,
    memberships,
  };
}

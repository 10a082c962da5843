import { sqliteWords } from "./columns.ts";
import { defineSchema } from "./schema.ts";

/** The tables in SQLite's words: what drizzle-kit reads, and what the queries are typed by. */
export const schema = defineSchema(sqliteWords);

export const {
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
  bookings,
  claims,
  answers,
  dataKeys,
  termsAcceptances,
  formTokens,
  talks,
  inbox,
  outbox,
  outboxLanes,
  messages,
  timers,
  audit,
  changeRequests,
  proposals,
  fees,
  installations,
  workspaces,
  pageMessages,
  trayMails,
  chatReferences,
  payments,
  paymentEvents,
  payTokens,
} = schema;

import { postgresWords } from "./columns.postgres.ts";
import { defineSchema } from "./schema.ts";

/** The tables in PostgreSQL's words. */
export const schema = defineSchema(postgresWords);

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

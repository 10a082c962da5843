import type { Vault } from "../src/vault.ts";
import type { Db } from "./db.ts";
import { type Locks, noLocks } from "./locks.ts";
import { absencesIn } from "./repositories/absences.ts";
import { answerViewsIn } from "./repositories/answer-views.ts";
import { answersIn } from "./repositories/answers.ts";
import { auditIn } from "./repositories/audit.ts";
import { bindingsIn } from "./repositories/bindings.ts";
import { bookingsIn } from "./repositories/bookings.ts";
import { catalogueIn } from "./repositories/catalogue.ts";
import { changesIn } from "./repositories/changes.ts";
import { claimsIn } from "./repositories/claims.ts";
import { entryCodesIn } from "./repositories/entry-codes.ts";
import { formTokensIn } from "./repositories/form-tokens.ts";
import { identitiesIn } from "./repositories/identities.ts";
import { inboxIn } from "./repositories/inbox.ts";
import { installationsIn } from "./repositories/installations.ts";
import { invitationsIn } from "./repositories/invitations.ts";
import { invitedAddressesIn } from "./repositories/invited-addresses.ts";
import { messagesIn } from "./repositories/messages.ts";
import { outboxIn } from "./repositories/outbox.ts";
import { packagesIn } from "./repositories/packages.ts";
import { paymentsIn } from "./repositories/payments.ts";
import { peopleIn } from "./repositories/people.ts";
import { practicesIn } from "./repositories/practices.ts";
import { relaysIn } from "./repositories/relays.ts";
import { secretsIn } from "./repositories/secrets.ts";
import { talksIn } from "./repositories/talks.ts";
import { termsIn } from "./repositories/terms.ts";
import { timersIn } from "./repositories/timers.ts";
import { workspacesIn } from "./repositories/workspaces.ts";
import { type Flat, type FlatReads, flatten, mergeRepositories } from "./repository.ts";
import type { Schema } from "./schema.ts";

/** The books' repositories with their methods grouped by effect. */
export type BookRepositories = ReturnType<typeof bookRepositories>;

/** The repositories as callers use them inside a transaction. */
export type Books = Flat<BookRepositories>;

/** The books narrowed to the methods that only read; writes and locks exist only inside a transaction. */
export type ReadBooks = FlatReads<BookRepositories>;

/** The repositories over one connection. */
export function bookRepositories(db: Db, schema: Schema, vault: Vault, locks: Locks = noLocks) {
  return {
    practices: practicesIn(db, schema),
    catalogue: catalogueIn(db, schema),
    people: peopleIn(db, schema),
    identities: mergeRepositories(identitiesIn(db, schema, locks), bindingsIn(db, schema)),
    invitations: invitationsIn(db, schema),
    invitedAddresses: invitedAddressesIn(db, schema),
    entryCodes: entryCodesIn(db, schema),
    relays: relaysIn(db, schema),
    installations: installationsIn(db, schema, vault),
    workspaces: workspacesIn(db, schema),
    packages: packagesIn(db, schema, locks),
    bookings: bookingsIn(db, schema, vault, locks),
    changes: changesIn(db, schema),
    payments: paymentsIn(db, schema, vault),
    claims: claimsIn(db, schema, locks),
    answerViews: answerViewsIn(db, schema),
    answers: answersIn(db, schema, vault),
    terms: termsIn(db, schema),
    formTokens: formTokensIn(db, schema),
    talks: talksIn(db, schema),
    inbox: inboxIn(db, schema),
    outbox: outboxIn(db, schema, locks),
    messages: messagesIn(db, schema),
    absences: absencesIn(db, schema),
    secrets: secretsIn(db, schema, vault),
    timers: timersIn(db, schema, locks),
    audit: auditIn(db, schema),
  };
}

/** The books over one connection, without caches. */
export function booksIn(db: Db, schema: Schema, vault: Vault, locks: Locks = noLocks): Books {
  return flatten(bookRepositories(db, schema, vault, locks));
}

import type { Store } from "../db/store.ts";
import type { Config } from "./config.ts";
import { findMissing } from "./desk/booking/offers.ts";
import { examineChats } from "./doctor-chats.ts";

/** What an examination found: a line each, and whether somebody has to act. */
export interface Finding {
  readonly wrong: boolean;
  readonly line: string;
}

/** Looks the desk over: books, keys, mail, payment, chats, practices, what could not be delivered. Changes nothing. */
export async function examine(config: Config, store: Store): Promise<readonly Finding[]> {
  return [
    ...(await examineBooks(config, store)),
    ...examineMail(config),
    ...examinePayment(config),
    ...(await examineChats(config, store)),
    ...(await examinePractices(config, store)),
  ];
}

async function examineBooks(config: Config, store: Store): Promise<Finding[]> {
  const where = config.database.kind === "sqlite" ? config.database.path : "the PostgreSQL database";
  const damages = await store.listDamages();
  const waiting = await store.waiting();
  const dead = await store.read.outbox.listDead(10);
  return [
    damages.length === 0
      ? fine(`Books: ${where} is whole, its tables and guards are in place.`)
      : wrong(`Books: ${where} is damaged (${damages[0]}). Stop the desk and put back a backup.`),
    await examineKeys(store),
    fine(`Waiting: ${waiting.outbox} message(s) to send, ${waiting.timers} deadline(s) set.`),
    ...dead.map((row) =>
      wrong(`Not delivered: ${row.kind} ${row.id} after ${row.attempt} attempt(s): ${row.lastError}.`),
    ),
  ];
}

/** Whether the key ring opens what was sealed: one that lost a key fails at each client's answers only. */
export async function examineKeys({ read }: Store): Promise<Finding> {
  const lost = await read.answers.countLostKeys();
  return lost === 0
    ? fine("Keys: every sealed answer can be opened.")
    : wrong(`Keys: the answers of ${lost} client(s) cannot be opened. Put the missing key back into FRONTDESK_KEYS.`);
}

function examineMail({ mail }: Config): Finding[] {
  switch (mail.server.kind) {
    case "smtp":
      return [fine(`Mail: sent as ${mail.from.address}.`)];
    case "none":
      return [fine("Mail: none, on purpose (SMTP_URL=none).")];
    case "tray":
      return [fine("Mail: kept in the local page's tray; set SMTP_URL and MAIL_FROM to send it.")];
    default:
      return mail.server satisfies never;
  }
}

function examinePayment({ stripe }: Config): Finding[] {
  if (stripe === undefined) return [fine("Payment: none; what has a price is paid at the practice.")];
  const test = /^(sk|rk)_test_/.test(stripe.secretKey);
  return [fine(`Payment: by Stripe${test ? ", in its test mode: no money moves" : ""}.`)];
}

async function examinePractices(config: Config, store: Store): Promise<Finding[]> {
  const practices = await store.read.practices.list();
  if (practices.length === 0) return [wrong("Practices: none. Import one: npm run frontdesk -- import <file.yaml>.")];
  const findings: Finding[] = [];
  for (const practice of practices) {
    const memberships = await store.read.identities.listMemberships(practice.id);
    const chatting = new Set(memberships.map(({ role, personId }) => `${role}:${personId}`));
    const practitioners = await store.read.people.listPractitioners(practice.id);
    const clients = (await store.read.people.listClients(practice.id)).filter((client) => client.state === "active");
    const activated = clients.filter((client) => chatting.has(`client:${client.id}`));
    findings.push(
      fine(
        `${practice.name}: ${practitioners.length} practitioner(s), ${clients.length} client(s), ${activated.length} of them activated.`,
      ),
    );
    for (const lack of await findMissing(store.read, practice.id)) {
      findings.push(
        lack.what === "services"
          ? wrong(`${practice.name}: no service is listed that somebody gives, so nobody can book.`)
          : wrong(`${practice.name}: no hours for ${lack.practitioners.map((one) => one.name).join(", ")}.`),
      );
    }
    const paid = (await store.read.catalogue.listServices(practice.id)).filter(({ payment }) => payment !== "none");
    if (config.stripe === undefined && paid.length > 0) {
      const names = paid.map(({ name }) => name).join(", ");
      findings.push(
        wrong(
          `${practice.name}: ${names} asks for payment, but no Stripe is set up, so it is booked as paid at the practice.`,
        ),
      );
    }
    for (const practitioner of practitioners.filter((one) => !chatting.has(`practitioner:${one.id}`))) {
      findings.push(
        wrong(`${practice.name}: ${practitioner.name} has no chat, and will hear of requests by mail only.`),
      );
    }
  }
  return findings;
}

function fine(line: string): Finding {
  return { wrong: false, line };
}

function wrong(line: string): Finding {
  return { wrong: true, line };
}

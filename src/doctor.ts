import type { ReadStore } from "../db/store.ts";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import { findMissing } from "./desk/booking/offers.ts";
import { examineChats } from "./doctor-chats.ts";
import { measureWaiting } from "./jobs/waiting-work.ts";

/** Lines of one kind at most. */
const listed = 10;

/** One line of the report, and whether it needs attention. */
export interface Finding {
  readonly wrong: boolean;
  readonly line: string;
}

/** Checks database, keys, mail, payment, chats, practices and undelivered messages. Changes nothing. */
export async function examine(config: Config, store: ReadStore, clock: Clock): Promise<readonly Finding[]> {
  return [
    ...(await examineBooks(config, store)),
    ...(await examineQueue(store, clock)),
    ...examineMail(config),
    ...examinePayment(config),
    ...(await examineChats(config, store)),
    ...(await examinePractices(config, store)),
  ];
}

async function examineBooks(config: Config, store: ReadStore): Promise<Finding[]> {
  const where = config.database.kind === "sqlite" ? config.database.path : "the PostgreSQL database";
  const damages = await store.listDamages();
  const unreadable = await store.findUnreadable();
  return [
    damages.length === 0
      ? fine(`Database: ${where} is intact; its tables and triggers are in place.`)
      : wrong(`Database: ${where} is damaged (${damages[0]}). Stop the desk and restore a backup.`),
    ...unreadable.slice(0, listed).map(({ table, column, reason, ids }) => {
      const which = Object.entries(ids).map(([name, value]) => `${name}=${value}`);
      return wrong(
        `Unreadable row in ${table}: ${column} is damaged (${reason}); ${which.join(", ")}. It is left out everywhere until it is mended from a backup.`,
      );
    }),
    ...(unreadable.length > listed ? [wrong(`… and ${unreadable.length - listed} more unreadable rows.`)] : []),
    await examineKeys(store),
  ];
}

/** Waiting work longer than this needs attention: a desk that runs sends at once. */
const patienceSeconds = 10 * 60;
/** Checks the outbox and the timers: what is given up, and whether what waits is old. */
async function examineQueue(store: ReadStore, clock: Clock): Promise<Finding[]> {
  const work = await measureWaiting(store, clock);
  const rows = await store.read.outbox.listDead(listed);
  const timers = await store.read.timers.listDead(listed);
  const isLate = work.oldestSeconds > patienceSeconds || work.overdueSeconds > patienceSeconds;
  const oldest = work.outbox === 0 ? "" : `, the oldest ${ageWords(work.oldestSeconds)} old`;
  const overdue = work.overdueSeconds === 0 ? "" : `, the first ${ageWords(work.overdueSeconds)} overdue`;
  const line = `Queue: ${work.outbox} message(s) to send${oldest}; ${work.timers} deadline(s) set${overdue}.`;
  const more = (count: number, what: string) =>
    count > listed ? [wrong(`… and ${count - listed} more ${what}. “retry --all” repeats all of them.`)] : [];
  return [
    isLate ? wrong(`${line} Is the desk running, and do its services answer?`) : fine(line),
    ...rows.map((row) =>
      wrong(
        `Not delivered: ${row.kind} ${row.id} after ${row.attempt} attempt(s): ${row.lastError}. To repeat it: retry ${row.id}`,
      ),
    ),
    ...more(work.dead, "message(s) not delivered"),
    ...timers.map((timer) =>
      wrong(
        `Deadline not carried out: ${timer.kind} of ${timer.bookingId} after ${timer.attempts} attempt(s): ${timer.lastError}. To repeat it: retry ${timer.key}`,
      ),
    ),
    ...more(work.deadTimers, "deadline(s) not carried out"),
  ];
}

function ageWords(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}

/** Checks that the key ring decrypts every client's answers. Without this check a lost key goes unnoticed until someone opens those answers. */
export async function examineKeys({ read }: Pick<ReadStore, "read">): Promise<Finding> {
  const lost = await read.answers.countLostKeys();
  return lost === 0
    ? fine("Keys: every encrypted answer can be decrypted.")
    : wrong(`Keys: the answers of ${lost} client(s) cannot be decrypted. Add the missing key to FRONTDESK_KEYS.`);
}

function examineMail({ mail }: Config): Finding[] {
  switch (mail.server.kind) {
    case "smtp":
      return [fine(`Mail: sent from ${mail.from.address}.`)];
    case "none":
      return [fine("Mail: switched off (SMTP_URL=none).")];
    case "tray":
      return [fine("Mail: shown on the local page only. Set SMTP_URL and MAIL_FROM to send it.")];
    default:
      return mail.server satisfies never;
  }
}

function examinePayment({ stripe }: Config): Finding[] {
  if (stripe === undefined) return [fine("Payment: not configured. Clients pay at the practice.")];
  const test = /^(sk|rk)_test_/.test(stripe.secretKey);
  return [fine(`Payment: Stripe${test ? ", in test mode: no real money moves" : ""}.`)];
}

async function examinePractices(config: Config, store: ReadStore): Promise<Finding[]> {
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
          ? wrong(`${practice.name}: no listed service has a practitioner, so clients cannot book.`)
          : wrong(`${practice.name}: no working hours for ${lack.practitioners.map((one) => one.name).join(", ")}.`),
      );
    }
    const paid = (await store.read.catalogue.listServices(practice.id)).filter(({ payment }) => payment !== "none");
    if (config.stripe === undefined && paid.length > 0) {
      const names = paid.map(({ name }) => name).join(", ");
      findings.push(
        wrong(
          `${practice.name}: ${names} asks for payment, but Stripe is not configured, so clients pay at the practice.`,
        ),
      );
    }
    for (const practitioner of practitioners.filter((one) => !chatting.has(`practitioner:${one.id}`))) {
      findings.push(wrong(`${practice.name}: ${practitioner.name} has no chat and receives requests by mail only.`));
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

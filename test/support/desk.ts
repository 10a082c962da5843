import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { onTestFinished } from "vitest";
import { openTrayMailer } from "../../adapters/email/tray.ts";
import { openMetrics } from "../../adapters/metrics/prometheus.ts";
import type { Store, Talk } from "../../db/store.ts";
import { flows } from "../../flows/index.ts";
import { type Card, type CardEvent, eventButtons, type InputValues, isLive } from "../../src/cards/card.ts";
import { type Engine, openEngine } from "../../src/conversation/engine.ts";
import type { Delivered } from "../../src/conversation/inbound.ts";
import { importPractice } from "../../src/desk/practice/import-practice.ts";
import type { JobContext } from "../../src/jobs/job-context.ts";
import { startRunner } from "../../src/jobs/runner.ts";
import { openLog } from "../../src/log.ts";
import type { Mailer, TrayMail } from "../../src/ports/mailer.ts";
import type { Address, Messenger, OutgoingCard, Platform, SendOutcome } from "../../src/ports/messenger.ts";
import type { Payments } from "../../src/ports/payments.ts";
import { type FrozenClock, frozenClock } from "./clock.ts";
import { openSharedPostgresStore } from "./postgres-store.ts";
import { practicePlan } from "./practice-plan.ts";
import { openTestStore, type TestStore } from "./store.ts";

/** A message as shown in a person's chat. */
export interface Seen {
  readonly id: string;
  readonly talkId: string;
  readonly revision: number;
  readonly card: Card;
}

export interface TestDeskOptions {
  /** Start of the frozen clock, with an offset: `2026-03-02T08:00+00:00`. */
  readonly now: string;
  /** YAML text of the practice; default: `harbour-plain.yaml`. */
  readonly practice?: string;
  /** Replaces the mail tray. */
  readonly mailer?: Mailer;
  /** The present MAIL_FROM, read anew for every turn and job. */
  readonly mailFrom?: () => string;
  /** The people's platform. Only `page` asks sensitive questions inline. */
  readonly platform?: Platform;
  /** The payment provider. Absent: clients pay at the practice. */
  readonly payments?: Payments;
  /** Receives the log lines, of every level. Absent: nothing is logged. */
  readonly logTo?: { write(line: string): void };
  /** Runs before a card is sent. A returned outcome replaces the delivery. */
  readonly beforeSend?: (out: OutgoingCard) => Promise<SendOutcome | undefined>;
}

/** A complete desk in this process, for the running test: real database, engine, flows and runner; a frozen clock; chats as lists of cards. */
export interface TestDesk<Kept extends Store = TestStore> {
  readonly clock: FrozenClock;
  readonly store: Kept;
  readonly engine: Engine;
  /** The job context, for calling what its HTTP routes call. */
  readonly jobs: JobContext;
  /** Types a message as a person; resolves when all resulting work is done. */
  say(user: string, text: string): Promise<Delivered>;
  /** Presses the button with this title on the newest live card that has it. */
  press(user: string, label: string, values?: InputValues): Promise<Delivered>;
  /** Presses with a custom payload. */
  forge(
    user: string,
    press: { talkId: string; revision: number; event: CardEvent; values?: InputValues },
  ): Promise<Delivered>;
  open(user: string): Promise<Delivered>;
  /** All messages of the chat, oldest first. */
  chat(user: string): readonly Seen[];
  /** The newest message's card. */
  newest(user: string): Card;
  mails(): Promise<readonly TrayMail[]>;
  talks(user: string): Promise<readonly Talk[]>;
  /** Moves the clock forward and runs what becomes due. */
  advance(to: string): Promise<void>;
  idle(): Promise<void>;
}

/** The database of a test desk. */
export type TestDatabase = "sqlite" | "postgres";

export function openTestDesk(options: TestDeskOptions): Promise<TestDesk>;
export function openTestDesk(options: TestDeskOptions & { database: TestDatabase }): Promise<TestDesk<Store>>;
export async function openTestDesk(
  options: TestDeskOptions & { database?: TestDatabase },
): Promise<TestDesk | TestDesk<Store>> {
  return options.database === "postgres"
    ? deskOn(await openSharedPostgresStore(), options)
    : deskOn(await openTestStore(), options);
}

async function deskOn<Kept extends Store>(store: Kept, options: TestDeskOptions): Promise<TestDesk<Kept>> {
  const clock = frozenClock(options.now);
  const platform = options.platform ?? "page";
  const log = openLog(options.logTo ? { level: "trace", destination: options.logTo } : { level: "silent" });
  const metrics = openMetrics();
  const chats = new Map<string, Seen[]>();
  const addressOf = (user: string): Address => ({ platform, workspace: "local", user });

  const messenger: Messenger = {
    platform,
    asksSensitiveInline: platform === "page",
    send: async (out: OutgoingCard) => {
      const instead = await options.beforeSend?.(out);
      if (instead !== undefined) return instead;
      const chat = chats.get(out.to.user) ?? [];
      chats.set(out.to.user, chat);
      const seen = { id: out.messageId ?? out.outboxId, talkId: out.talkId, revision: out.revision, card: out.card };
      const at = chat.findIndex((message) => message.id === seen.id);
      if (at === -1) chat.push(seen);
      else chat[at] = seen;
      return { ok: true, messageId: seen.id };
    },
  };
  const messengers = new Map([[platform, messenger]]);
  const publicUrl = "http://localhost:3000";
  const mailFrom = "frontdesk@desk.example";
  let nudge = (): void => undefined;
  const engine = openEngine({
    store,
    clock,
    flows,
    publicUrl,
    get mailFrom() {
      return options.mailFrom?.() ?? mailFrom;
    },
    takesPayments: options.payments !== undefined,
    log,
    metrics,
    channels: messengers,
    nudge: () => nudge(),
  });
  const mailer =
    options.mailer ??
    openTrayMailer({
      tray: store.tray,
      from: { name: "Frontdesk", address: mailFrom },
      clock,
      mailArrived: () => undefined,
    });
  const jobs: JobContext = {
    store,
    clock,
    log,
    metrics,
    messengers,
    mailer,
    deliver: engine.deliver,
    publicUrl,
    get mailFrom() {
      return options.mailFrom?.() ?? mailFrom;
    },
    drawTab: engine.drawTab,
    ...(options.payments === undefined ? {} : { payments: options.payments }),
  };
  const runner = startRunner(jobs);
  nudge = runner.nudge;
  onTestFinished(runner.stop);

  const yaml = options.practice ?? readFileSync(new URL("./practices/harbour-plain.yaml", import.meta.url), "utf8");
  const plan = practicePlan(yaml);
  // The practice file's page identities become identities of this desk's platform.
  const identities = plan.identities.map((one) => (one.platform === "page" ? { ...one, platform } : one));
  await store.transaction((books) => importPractice(books, { ...plan, identities }, clock.now()));

  const deliver = async (user: string, body: Parameters<typeof engine.deliver>[0]["body"]): Promise<Delivered> => {
    const delivered = await engine.deliver({
      id: randomUUID(),
      receivedAtMs: clock.now(),
      from: addressOf(user),
      body,
    });
    await runner.idle();
    return delivered;
  };
  const chat = (user: string): readonly Seen[] => chats.get(user) ?? [];

  return {
    clock,
    store,
    engine,
    jobs,
    chat,
    say: (user, text) => deliver(user, { type: "text", text }),
    open: (user) => deliver(user, { type: "opened" }),
    forge: (user, { talkId, revision, event, values }) =>
      deliver(user, {
        type: "press",
        talkId,
        seenRevision: revision,
        event,
        ...(values === undefined ? {} : { values }),
      }),
    press: (user, label, values) => {
      const message = chat(user).findLast(
        ({ card }) => isLive(card) && eventButtons(card).some((button) => button.label === label),
      );
      const event = message && eventButtons(message.card).find((button) => button.label === label)?.action.event;
      if (message === undefined || event === undefined) throw new Error(`${user} sees no button “${label}”`);
      const { talkId, revision } = message;
      return deliver(user, {
        type: "press",
        talkId,
        seenRevision: revision,
        event,
        ...(values === undefined ? {} : { values }),
      });
    },
    newest: (user) => {
      const last = chat(user).at(-1);
      if (last === undefined) throw new Error(`${user} has no message yet`);
      return last.card;
    },
    mails: () => store.tray.list(),
    talks: (user) => store.read.talks.listForAddress(addressOf(user), 100),
    advance: async (to) => {
      clock.set(to);
      await runner.idle();
    },
    idle: runner.idle,
  };
}

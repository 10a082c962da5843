import { randomUUID } from "node:crypto";
import { onTestFinished } from "vitest";
import { openTrayMailer } from "../../adapters/email/tray.ts";
import { openMetrics } from "../../adapters/metrics/prometheus.ts";
import { pageMessenger } from "../../adapters/page/send.ts";
import type { Store } from "../../db/store.ts";
import { flows } from "../../flows/index.ts";
import { type CardEvent, eventButtons, type InputValues } from "../../src/cards/card.ts";
import type { Clock } from "../../src/clock.ts";
import { openEngine } from "../../src/conversation/engine.ts";
import type { Delivered, Inbound, InboundBody } from "../../src/conversation/inbound.ts";
import { startRunner } from "../../src/jobs/runner.ts";
import { openLog } from "../../src/log.ts";
import type { PageMessage } from "../../src/ports/page-messages.ts";
import type { Shown } from "./page-person.ts";

/** A desk on a database. Several on one database represent several processes; a later one represents a restart. */
export interface DeskOver {
  readonly store: Store;
  /** Delivers an inbound of a page user; reusing `id` is a redelivery. Does not wait for the outbox. */
  deliver(user: string, body: InboundBody, id?: string, profile?: Inbound["profile"]): Promise<Delivered>;
  say(user: string, text: string, id?: string): Promise<Delivered>;
  press(user: string, shown: Shown, event: CardEvent, values?: InputValues, id?: string): Promise<Delivered>;
  /** The messages in a user's chat, oldest first. */
  screen(user: string): Promise<readonly PageMessage[]>;
  /** The newest message in a user's chat with a button of this title, and the button's event. */
  button(user: string, label: string): Promise<{ readonly shown: PageMessage; readonly event: CardEvent }>;
  /** Resolves when all due work is done. */
  idle(): Promise<void>;
  /** Stops claiming work, as on shutdown. */
  stop(): Promise<void>;
}

/** Opens a desk on this database with the local page as its messenger, for the running test. */
export function deskOver(store: Store, clock: Clock): DeskOver {
  const log = openLog({ level: "silent" });
  const metrics = openMetrics();
  const messenger = pageMessenger({ messages: store.pageMessages, now: clock.now, announce: async () => undefined });
  const messengers = new Map([[messenger.platform, messenger]]);
  const publicUrl = "http://localhost:3000";
  let nudge = (): void => undefined;
  const channels = messengers;
  const engine = openEngine({ store, clock, flows, publicUrl, log, metrics, channels, nudge: () => nudge() });
  const from = { name: "Frontdesk", address: "frontdesk@desk.example" };
  const mailer = openTrayMailer({ tray: store.tray, from, clock, mailArrived: () => undefined });
  const runner = startRunner({
    store,
    clock,
    log,
    metrics,
    messengers,
    mailer,
    deliver: engine.deliver,
    publicUrl,
    drawTab: engine.drawTab,
  });
  nudge = runner.nudge;
  onTestFinished(runner.stop);

  const deliver: DeskOver["deliver"] = (user, body, id = randomUUID(), profile) =>
    engine.deliver({
      id,
      receivedAtMs: clock.now(),
      from: { platform: "page", workspace: "local", user },
      body,
      ...(profile === undefined ? {} : { profile }),
    });

  return {
    store,
    deliver,
    say: (user, text, id) => deliver(user, { type: "text", text }, id),
    press: (user, { talkId = "", revision = 0 }, event, values, id) =>
      deliver(
        user,
        { type: "press", talkId, seenRevision: revision, event, ...(values === undefined ? {} : { values }) },
        id,
      ),
    screen: store.pageMessages.list,
    async button(user, label) {
      for (const shown of (await store.pageMessages.list(user)).toReversed()) {
        const found = shown.card && eventButtons(shown.card).find((button) => button.label === label);
        if (found !== undefined) return { shown, event: found.action.event };
      }
      throw new Error(`${user} sees no button “${label}”`);
    },
    idle: runner.idle,
    stop: runner.stop,
  };
}

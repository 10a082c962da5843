import { onTestFinished } from "vitest";
import { openSlack, type SlackDesk, type SlackParts } from "../../../adapters/slack/app.ts";
import type { Card } from "../../../src/cards/card.ts";
import { buttonOf } from "../../../src/cards/card.ts";
import { openClock } from "../../../src/clock.ts";
import type { Delivered, Inbound } from "../../../src/conversation/inbound.ts";
import { openHttpServer } from "../../../src/http/server.ts";
import { openLog } from "../../../src/log.ts";
import type { Address, OutgoingCard } from "../../../src/ports/messenger.ts";
import type { Route } from "../../../src/ports/route.ts";
import type { SlackSettings } from "../../../src/service-settings.ts";
import { patienceMs } from "../../support/patience.ts";
import { type FakeSlack, type FakeSlackOptions, openFakeSlack } from "../../support/slack/fake-slack.ts";
import { openSlackWorld, type SlackWorld } from "../../support/slack/slack-world.ts";
import type { WorkspaceSeed } from "../../support/slack/workspace.ts";
import { openTestStore, type TestStore } from "../../support/store.ts";

const button = buttonOf();

export const team = "T0HARBOUR";
export const ana: Address = { platform: "slack", workspace: team, user: "U0ANA" };
export const signingSecret = "a-signing-secret";
export const harbour: WorkspaceSeed = {
  id: team,
  name: "Harbour",
  users: [
    { id: "U0ANA", realName: "Ana Alves", tz: "Europe/Lisbon", locale: "pt-PT" },
    { id: "U0MAYA", realName: "Maya Kim", tz: "America/New_York" },
  ],
  channels: [{ id: "C0GENERAL", name: "general" }],
};

/** The adapter in a fake Slack, with a test handler in place of the conversation. */
export interface SlackRig {
  readonly fake: FakeSlack;
  readonly world: SlackWorld;
  readonly slack: SlackDesk;
  readonly store: TestStore;
  readonly address: string;
  /** The delivered inbounds, in order. */
  readonly heard: Inbound[];
  /** Log lines so far. */
  readonly lines: string[];
  /** Advances real time for the adapter and the fake. */
  pass(ms: number): void;
}

export interface RigOptions {
  readonly workspaces?: readonly WorkspaceSeed[];
  readonly access?: "token" | "oauth";
  readonly settings?: Partial<SlackSettings>;
  readonly deliver?: (inbound: Inbound) => Promise<Delivered> | Delivered;
  readonly present?: SlackParts["present"];
  readonly limits?: FakeSlackOptions["limits"];
  readonly echo?: boolean;
  /** The longest a first look-up of a person may delay their turn, ms. */
  readonly lookUpMs?: number;
}

/** Opens everything for the running test and closes it afterwards. */
export async function openRig(options: RigOptions = {}): Promise<SlackRig> {
  let aheadMs = 0;
  const now = () => Date.now() + aheadMs;
  const { workspaces = [harbour], limits = "off" } = options;
  const fake = await openFakeSlack({ workspaces, limits, now });
  const store = await openTestStore();
  const heard: Inbound[] = [];
  const lines: string[] = [];
  const log = openLog({ level: "debug", destination: { write: (line) => void lines.push(line) } });
  const clock = { ...openClock(), now, realNow: now };
  const settings: SlackSettings = {
    signingSecret,
    apiUrl: fake.apiUrl,
    authorizeUrl: fake.authorizeUrl,
    access:
      options.access === "oauth"
        ? {
            kind: "oauth",
            clientId: fake.clientId,
            clientSecret: fake.clientSecret,
            stateSecret: "a-state-secret",
          }
        : { kind: "token", botToken: fake.tokenOf(workspaces[0]?.id ?? team) },
    ...options.settings,
  };
  // The desk's address is part of its routes, and is known only once it listens.
  const routes: Route[] = [];
  const routeAt = (method: Route["method"], path: string): Route => ({
    method,
    path,
    async handle(call) {
      const route = routes.find((one) => one.path === path);
      if (route === undefined) call.response.writeHead(404).end();
      await route?.handle(call);
    },
  });
  const server = openHttpServer({
    log,
    routes: [
      routeAt("POST", "/slack/events"),
      routeAt("GET", "/slack/install"),
      routeAt("GET", "/slack/oauth_redirect"),
    ],
  });
  const { address } = await server.listen(0, "127.0.0.1");
  const slack = openSlack({
    settings,
    publicUrl: address,
    deliver: async (inbound) => {
      heard.push(inbound);
      return (await options.deliver?.(inbound)) ?? {};
    },
    present: options.present ?? (async () => undefined),
    clock,
    log,
    installations: store.installations,
    lookUpMs: options.lookUpMs ?? patienceMs,
  });
  routes.push(...slack.routes);
  onTestFinished(async () => {
    await server.close();
    await slack.close();
    await fake.close();
  });
  const world = openSlackWorld({
    fake,
    deskUrl: address,
    signingSecret,
    shortcut: "book_session",
    echo: options.echo ?? true,
  });
  return {
    fake,
    world,
    slack,
    store,
    address,
    heard,
    lines,
    pass(ms) {
      aheadMs += ms;
    },
  };
}

/** A card with one choice and one navigation button. */
export function aCard(title = "Which service?"): Card {
  return {
    summary: title,
    title,
    parts: [
      { type: "buttons", role: "choices", buttons: [button("Follow-up", { type: "service.chosen", id: "follow-up" })] },
      { type: "buttons", role: "navigation", buttons: [button("Start over", { type: "restart" })] },
    ],
  };
}

/** A card on its way to Ana. */
export function outgoing(given: Partial<OutgoingCard> = {}): OutgoingCard {
  return { outboxId: "ob_1", attempt: 1, to: ana, talkId: "tk_1", revision: 1, card: aCard(), ...given };
}

import type { Store } from "../db/store.ts";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import type { Engine } from "./conversation/engine.ts";
import type { Log } from "./log.ts";
import type { Messenger } from "./ports/messenger.ts";
import type { Route } from "./ports/route.ts";

/** A chat service that is connected. */
export interface ChatService {
  readonly messenger: Messenger;
  readonly routes: readonly Route[];
  /** Connects to the service once the HTTP server listens. Only for services with an outgoing connection (Socket Mode). */
  start?(): Promise<void>;
  /** Stops taking events and waits for those being processed. */
  close(): Promise<void>;
}

interface Parts {
  readonly config: Config;
  readonly store: Store;
  readonly clock: Clock;
  readonly engine: Engine;
  readonly log: Log;
}

/** Connects Slack and Teams where they are configured. The SDKs are large, so each is imported only when it is used. */
export async function openChatServices(parts: Parts): Promise<readonly ChatService[]> {
  const { config, store, clock, engine, log } = parts;
  const { deliver, present } = engine;
  const services: ChatService[] = [];
  if (config.slack !== undefined) {
    const { openSlack } = await import("../adapters/slack/app.ts");
    const { publicUrl, slack: settings } = config;
    const { installations } = store;
    services.push(openSlack({ settings, publicUrl, deliver, present, clock, log, installations }));
  }
  if (config.teams !== undefined) {
    const { openTeams } = await import("../adapters/teams/app.ts");
    const { teams: settings } = config;
    services.push(openTeams({ settings, deliver, present, references: store.chatReferences, clock, log }));
  }
  return services;
}

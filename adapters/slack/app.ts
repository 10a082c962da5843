import type { TalkCard } from "../../src/conversation/engine.ts";
import type { Deliver, Delivered } from "../../src/conversation/inbound.ts";
import { given } from "../../src/given.ts";
import type { Log } from "../../src/log.ts";
import type { Installations } from "../../src/ports/installations.ts";
import type { Address, Messenger } from "../../src/ports/messenger.ts";
import type { Route } from "../../src/ports/route.ts";
import type { SlackSettings } from "../../src/service-settings.ts";
import { openBoltApp } from "./bolt-app.ts";
import { openClients } from "./clients.ts";
import { openDirectChannels } from "./direct-channels.ts";
import { openAccess } from "./installations.ts";
import { listenToInteractions } from "./interactions.ts";
import { type ListenerParts, listenToEvents } from "./listeners.ts";
import { installRoutes } from "./oauth.ts";
import { openProfiles } from "./profile.ts";
import type { SlackInbound } from "./receive.ts";
import { openResponseUrls } from "./response-urls.ts";
import { slackMessenger } from "./send.ts";

/** Dependencies of the Slack adapter. */
export interface SlackParts {
  readonly settings: SlackSettings;
  /** The desk's public origin, without a trailing slash. */
  readonly publicUrl: string;
  readonly deliver: Deliver;
  /** The current card of one of this person's talks. */
  present(address: Address, talkId: string): Promise<TalkCard | undefined>;
  readonly clock: { now(): number; realNow(): number };
  readonly log: Log;
  readonly installations: Installations;
  /** Longest a first look-up of a person delays their turn, ms; 800 when absent. */
  readonly lookUpMs?: number;
}

/** The Slack adapter. */
export interface SlackDesk {
  readonly messenger: Messenger;
  readonly routes: readonly Route[];
  /** Connects the socket in Socket Mode. Returns at once and keeps retrying. */
  start(): Promise<void>;
  /** Stops taking events and waits for those being processed. */
  close(): Promise<void>;
}

/** Opens the Slack adapter. It makes no request to Slack until one is needed (S10). */
export function openSlack(parts: SlackParts): SlackDesk {
  const { settings, clock, log, deliver } = parts;
  const { realNow } = clock;
  const clients = openClients({ apiUrl: settings.apiUrl, log });
  const access = openAccess({ access: settings.access, clients, installations: parts.installations });
  const urls = openResponseUrls({ apiUrl: settings.apiUrl, realNow });
  const directChannels = openDirectChannels();
  const profiles = openProfiles({ access, clients, realNow, patienceMs: parts.lookUpMs ?? 800 });
  const bolt = openBoltApp({ settings, access, log, realNow });
  const underWay = new Set<Promise<void>>();

  async function hear(team: string, { id, user, body, directChannel }: SlackInbound): Promise<Delivered> {
    const from: Address = { platform: "slack", workspace: team, user };
    if (directChannel !== undefined) directChannels.keep(from, directChannel);
    const profile = await profiles.find(from);
    return deliver({ id, receivedAtMs: clock.now(), from, body, ...given({ profile }) });
  }

  const listening: ListenerParts = {
    access,
    clients,
    urls,
    profiles,
    log,
    hear,
    present: parts.present,
    inBackground(work) {
      const settled = work
        .catch((error: unknown) => log.warn({ event: "slack.background.failed", error }))
        .finally(() => underWay.delete(settled));
      underWay.add(settled);
    },
  };
  listenToEvents(bolt.app, listening);
  listenToInteractions(bolt.app, listening);

  return {
    messenger: slackMessenger({ access, clients, urls, directChannels, log, realNow }),
    routes: [
      ...bolt.routes,
      ...(settings.access.kind === "oauth" ? installRoutes({ ...parts, access: settings.access, clients }) : []),
    ],
    start: bolt.start,
    async close() {
      await bolt.stop();
      await Promise.all(underWay);
    },
  };
}

import type { Deliver, Delivered } from "../../src/conversation/inbound.ts";
import type { Log } from "../../src/log.ts";
import type { Door } from "../../src/ports/door.ts";
import type { Installations } from "../../src/ports/installations.ts";
import type { Address, Messenger } from "../../src/ports/messenger.ts";
import type { SlackSettings } from "../../src/service-settings.ts";
import { openClients } from "./clients.ts";
import { openDirectChannels } from "./direct-channels.ts";
import type { Presented } from "./form.ts";
import { openAccess } from "./installations.ts";
import { listenToInteractions } from "./interactions.ts";
import { type ListenerParts, listenToEvents } from "./listeners.ts";
import { installDoors } from "./oauth.ts";
import { openProfiles } from "./profile.ts";
import type { Heard } from "./receive.ts";
import { openReception } from "./reception.ts";
import { openResponseUrls } from "./response-urls.ts";
import { slackMessenger } from "./send.ts";

/** What Slack needs of the desk. */
export interface SlackParts {
  readonly settings: SlackSettings;
  /** Where people reach the desk: an origin without a slash at its end. */
  readonly publicUrl: string;
  readonly deliver: Deliver;
  /** The card of a talk of this person's as it is now. */
  present(address: Address, talkId: string): Promise<Presented | undefined>;
  readonly clock: { now(): number; realNow(): number };
  readonly log: Log;
  readonly installations: Installations;
  /** Longest a first look-up of a person delays their turn, ms; 800 when absent. */
  readonly lookUpMs?: number;
}

/** The desk in Slack. */
export interface SlackDesk {
  readonly messenger: Messenger;
  readonly doors: readonly Door[];
  /** Opens the socket, where events come over one; returns at once and keeps trying. */
  start(): Promise<void>;
  /** Takes nothing more and waits for what is under way. */
  close(): Promise<void>;
}

/** Opens the desk in Slack. Nothing of it asks Slack anything before it is needed (S10). */
export function openSlack(parts: SlackParts): SlackDesk {
  const { settings, clock, log, deliver } = parts;
  const { realNow } = clock;
  const clients = openClients({ apiUrl: settings.apiUrl, log });
  const access = openAccess({ access: settings.access, clients, installations: parts.installations });
  const urls = openResponseUrls({ apiUrl: settings.apiUrl, realNow });
  const directChannels = openDirectChannels();
  const profiles = openProfiles({ access, clients, realNow, patienceMs: parts.lookUpMs ?? 800 });
  const reception = openReception({ settings, access, log });
  const underWay = new Set<Promise<void>>();

  async function hear(team: string, { id, user, body, directChannel }: Heard): Promise<Delivered> {
    const from: Address = { platform: "slack", workspace: team, user };
    if (directChannel !== undefined) directChannels.keep(from, directChannel);
    const profile = await profiles.find(from);
    return deliver({ id, receivedAtMs: clock.now(), from, body, ...(profile === undefined ? {} : { profile }) });
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
        .catch((error: unknown) => log.warn({ event: "slack.aside", error }))
        .finally(() => underWay.delete(settled));
      underWay.add(settled);
    },
  };
  listenToEvents(reception.app, listening);
  listenToInteractions(reception.app, listening);

  return {
    messenger: slackMessenger({ access, clients, urls, directChannels, log, realNow }),
    doors: [
      ...reception.doors,
      ...(settings.access.kind === "oauth" ? installDoors({ ...parts, access: settings.access, clients }) : []),
    ],
    start: reception.start,
    async close() {
      await reception.stop();
      await Promise.all(underWay);
    },
  };
}

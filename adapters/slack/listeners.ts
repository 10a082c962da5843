import type { App, Context } from "@slack/bolt";
import type { TalkCard } from "../../src/conversation/engine.ts";
import type { Delivered } from "../../src/conversation/inbound.ts";
import { given } from "../../src/given.ts";
import type { Log } from "../../src/log.ts";
import type { Address } from "../../src/ports/messenger.ts";
import type { Clients } from "./clients.ts";
import type { Access } from "./installations.ts";
import type { Profiles } from "./profile.ts";
import { readDeparture, readMention, readMessage, readOpened, type SlackInbound } from "./receive.ts";
import type { ResponseUrls } from "./response-urls.ts";

/** Dependencies of the listeners. */
export interface ListenerParts {
  readonly access: Access;
  readonly clients: Clients;
  readonly urls: ResponseUrls;
  readonly profiles: Profiles;
  readonly log: Log;
  /** Delivers an inbound to the engine. Resolves after the transaction has committed. */
  hear(team: string, heard: SlackInbound): Promise<Delivered>;
  present(address: Address, talkId: string): Promise<TalkCard | undefined>;
  /** Runs work that the response does not wait for. Errors are logged. */
  inBackground(work: Promise<void>): void;
}

/** The workspace of the app's authorization for this event, not the sender's own (S24). */
export function teamOf({ teamId }: Pick<Context, "teamId">): string {
  return teamId ?? "";
}

/** Registers the event listeners. One per event type, because Bolt runs all matching listeners concurrently (S16). */
export function listenToEvents(app: App, parts: ListenerParts): void {
  const { access, profiles, log, hear } = parts;

  app.event("message", async ({ context, body }) => {
    const heard = readMessage(teamOf(context), body);
    if (heard !== undefined) await hear(teamOf(context), heard);
  });

  app.event("app_mention", async ({ context, body }) => {
    const heard = readMention(teamOf(context), body);
    if (heard !== undefined) await hear(teamOf(context), heard);
  });

  app.event("app_home_opened", async ({ context, body }) => {
    const heard = readOpened(body);
    if (heard !== undefined) await hear(teamOf(context), heard);
  });

  app.event("user_change", async ({ context, event }) => {
    profiles.learn({ platform: "slack", workspace: teamOf(context), user: event.user.id }, event.user);
  });

  const depart = async ({ context, body }: { readonly context: Context; readonly body: unknown }): Promise<void> => {
    const atMs = readDeparture(body);
    if (atMs === undefined) return;
    const { teamId, enterpriseId } = context;
    const key = {
      ...given({ teamId, enterpriseId }),
    };
    if (await access.remove(key, atMs)) log.info({ event: "slack.uninstalled", platform: "slack" });
  };
  // Bolt does not delete the installation on these events (S13).
  app.event("app_uninstalled", depart);
  app.event("tokens_revoked", depart);
}

import { patienceMs as longestWaitMs } from "../patience.ts";
import { type InstallEnd, type InstallOptions, installThrough } from "./browser.ts";
import { openEchoes } from "./echoes.ts";
import { injectionIn } from "./escaping.ts";
import type { FakeSlack } from "./fake-slack.ts";
import { endTokens } from "./oauth.ts";
import { actionPayload } from "./payloads.ts";
import { controlsOf, type Shown } from "./seen.ts";
import type { Json } from "./shape.ts";
import { assertAccepted, type Delivery, type Forgery, type Packet } from "./signed-post.ts";
import { newTs, workspaceIn } from "./slack-state.ts";
import { openUser, type SlackUser } from "./slack-user.ts";
import { openWire, type WireOptions } from "./wire.ts";
import { memberIn, messageIn } from "./workspace.ts";

export interface SlackWorldOptions extends WireOptions {
  /** Longest wait for something to appear, ms of wall time; only a test of a failing wait shortens it. */
  readonly patienceMs?: number;
  readonly command?: string;
  /** The global shortcut's callback_id. */
  readonly shortcut?: string;
  /** Whether the app receives its own messages as events, as in Slack (S13); default: true. */
  readonly echo?: boolean;
}

/** Simulated Slack users and Slack's own behaviour. */
export interface SlackWorld {
  readonly fake: FakeSlack;
  user(teamId: string, userId: string): SlackUser;
  /** Redelivers the last events unchanged, as Slack does without a response (S17). */
  redeliverLast(
    count?: number,
    retry?: { readonly num?: number; readonly reason?: string },
  ): Promise<readonly Delivery[]>;
  /** Sends the last request again: a double click or a proxy retry. */
  repeatLast(): Promise<Delivery>;
  /** Sends the requests made in `during` in reverse order, or in the given one. */
  outOfOrder(
    during: () => Promise<unknown>,
    order?: (packets: readonly Packet[]) => readonly Packet[],
  ): Promise<readonly Delivery[]>;
  /** Returns statuses for the requests made in `during` instead of throwing for late and bad responses. */
  unchecked<Result>(during: () => Promise<Result>): Promise<Result>;
  /** Sends any body with a valid or forged signature. Never throws. */
  raw(body: string, forgery?: Forgery): Promise<Delivery>;
  /** A member presses a button on another member's message. */
  clickAs(userId: string, message: Shown, label: string): Promise<Delivery>;
  /** Any event, in its envelope. */
  event(teamId: string, event: Json): Promise<Delivery>;
  /** Uninstalls the app: invalidates its tokens and sends both events. */
  uninstall(teamId: string): Promise<readonly Delivery[]>;
  /** Revokes the tokens only. */
  revokeTokens(teamId: string): Promise<Delivery>;
  install(teamId: string, options?: InstallOptions): Promise<InstallEnd>;
  /** Resolves when the app has received all its own messages. Throws for late or bad responses to them. */
  settled(): Promise<void>;
  /** Throws if a text of the app contains a mention, a disguised link or a double escape. */
  assertNoInjection(): void;
  /** Throws unless requests with a missing, wrong, old or future signature get 401. */
  assertSignatureChecked(teamId: string): Promise<void>;
}

/** Opens the users for a fake Slack and a desk. */
export function openSlackWorld(options: SlackWorldOptions): SlackWorld {
  const { fake, patienceMs = longestWaitMs } = options;
  const wire = openWire(options);
  const echoes = openEchoes({ fake, wire, isOn: options.echo ?? true });
  const names = { command: options.command ?? "/book", shortcut: options.shortcut ?? "book_session" };
  const users = new Map<string, SlackUser>();
  const packetOf = (body: string): Packet => ({
    what: "a request of a test's own",
    kind: "event",
    contentType: body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded",
    body,
  });
  const revoked = (teamId: string) => ({
    type: "tokens_revoked",
    tokens: { oauth: [], bot: [workspaceIn(fake.state, teamId).botUserId] },
    event_ts: newTs(fake.state),
  });
  const event = (teamId: string, body: Json) => wire.send(wire.event(teamId, body, `the event ${String(body.type)}`));

  return {
    fake,
    user(teamId, userId) {
      const key = `${teamId} ${userId}`;
      const workspace = workspaceIn(fake.state, teamId);
      memberIn(workspace, userId);
      const user = users.get(key) ?? openUser({ fake, wire, workspace, userId, names, patienceMs, echoes });
      users.set(key, user);
      return user;
    },
    async redeliverLast(count = 1, { num = 1, reason = "http_timeout" } = {}) {
      const events = wire.sent().filter(({ kind }) => kind === "event");
      if (events.length < count) throw new Error(`there were only ${events.length} events`);
      const headers = { "x-slack-retry-num": String(num), "x-slack-retry-reason": reason };
      const deliveries: Delivery[] = [];
      for (const packet of events.slice(-count)) {
        const again = await wire.sendForged({ ...packet, what: `again: ${packet.what}`, headers });
        deliveries.push(assertAccepted(again, wire.ackWithinMs));
      }
      return deliveries;
    },
    async repeatLast() {
      const last = wire.sent().at(-1);
      if (last === undefined) throw new Error("nothing was sent");
      return assertAccepted(await wire.sendForged({ ...last, what: `again: ${last.what}` }), wire.ackWithinMs);
    },
    outOfOrder: wire.held,
    unchecked: wire.unchecked,
    raw: (body, forgery) => wire.sendForged(packetOf(body), forgery),
    clickAs(userId, shown, label) {
      const workspace = workspaceIn(fake.state, shown.teamId);
      const channel = workspace.channels.get(shown.channelId);
      const message = channel === undefined ? undefined : messageIn(channel, shown.ts);
      const control = controlsOf(shown.blocks).find((each) => each.kind === "button" && each.label === label);
      if (message === undefined || control === undefined) throw new Error(`no button ${label} at ${shown.ts}`);
      const payload = actionPayload({ fake, workspace, userId }, { on: "message", message, values: {} }, control);
      return wire.send(wire.interaction(payload, `${userId} presses "${label}" on another person's message`));
    },
    event,
    uninstall(teamId) {
      endTokens(fake.state, teamId, "account_inactive");
      const gone = { type: "app_uninstalled", event_ts: newTs(fake.state) };
      return Promise.all([event(teamId, revoked(teamId)), event(teamId, gone)]);
    },
    revokeTokens(teamId) {
      endTokens(fake.state, teamId, "token_revoked");
      return event(teamId, revoked(teamId));
    },
    install: (teamId, how) => installThrough({ fake, base: wire.base() }, teamId, how),
    settled: echoes.settled,
    assertNoInjection() {
      const found = echoes.written().flatMap((words) => {
        const why = injectionIn(words);
        return why === undefined ? [] : [`${why}\n${words}`];
      });
      if (found.length > 0) throw new Error(`what the desk wrote:\n${found.join("\n")}`);
    },
    async assertSignatureChecked(teamId) {
      const packet = wire.event(teamId, { type: "app_home_opened", tab: "none" }, "a forged request");
      const minutes = (count: number) => String(Math.floor(Date.now() / 1000) + count * 60);
      const forgeries: readonly [string, Forgery][] = [
        ["without a signature", { signature: null }],
        ["without a timestamp", { timestamp: null }],
        ["with a wrong signature", { signature: `v0=${"0".repeat(64)}` }],
        ["with a signature that is no hex", { signature: "v0=" }],
        ["six minutes old", { timestamp: minutes(-6) }],
        ["six minutes ahead", { timestamp: minutes(6) }],
      ];
      for (const [what, forgery] of forgeries) {
        const { status } = await wire.sendForged(packet, forgery);
        if (status !== 401) throw new Error(`a request ${what} was answered ${status}, not 401`);
      }
    },
  };
}

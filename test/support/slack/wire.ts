import { AsyncLocalStorage } from "node:async_hooks";
import { patienceMs } from "../patience.ts";
import type { FakeSlack } from "./fake-slack.ts";
import { randomId } from "./passes.ts";
import type { Json } from "./shape.ts";
import { assertAccepted, type Delivery, type Forgery, type Packet, postSigned } from "./signed-post.ts";
import { workspaceIn } from "./slack-state.ts";
import { appId } from "./workspace.ts";

/** How to reach the desk. */
export interface WireOptions {
  /** The desk's base URL, or a function called per request: for a restarted desk, or several in turn. */
  readonly deskUrl: string | (() => string);
  readonly fake: FakeSlack;
  readonly signingSecret: string;
  /** Longest wait for a response, ms of wall time. Slack itself waits 3 s; only a test of a missing response shortens it. */
  readonly ackWithinMs?: number;
}

/** Sends signed requests to the desk and records them. */
export interface Wire {
  readonly ackWithinMs: number;
  /** The desk's current base URL. */
  base(): string;
  /** Sends a request; throws for a late or bad response, except within `unchecked`. Within `held` it is queued. */
  send(packet: Packet): Promise<Delivery>;
  /** Sends without checking or recording. */
  sendForged(packet: Packet, forgery?: Forgery): Promise<Delivery>;
  /** Wraps an event in its envelope, with a new id. */
  event(teamId: string, event: Json, what: string): Packet;
  interaction(payload: Json, what: string): Packet;
  /** The recorded requests, oldest first. */
  sent(): readonly Packet[];
  /** Returns statuses for requests made in `during` instead of throwing. */
  unchecked<Result>(during: () => Promise<Result>): Promise<Result>;
  /** Queues the requests made in `during`, then sends them in the given order; default: reversed. */
  held(
    during: () => Promise<unknown>,
    order?: (packets: readonly Packet[]) => readonly Packet[],
  ): Promise<readonly Delivery[]>;
}

/** Opens the wire. */
export function openWire({ deskUrl, fake, signingSecret, ackWithinMs = patienceMs }: WireOptions): Wire {
  const ways = new AsyncLocalStorage<{ readonly checked: boolean; readonly waiting?: Packet[] }>();
  const sent: Packet[] = [];
  const base = () => (typeof deskUrl === "string" ? deskUrl : deskUrl());
  const to = () => ({ url: `${base()}/slack/events`, secret: signingSecret, ackWithinMs });

  const send = async (packet: Packet): Promise<Delivery> => {
    const way = ways.getStore();
    if (way?.waiting !== undefined) {
      way.waiting.push(packet);
      return { what: packet.what, status: 200, body: "", late: false };
    }
    sent.push(packet);
    const delivery = await postSigned(to(), packet);
    return way?.checked === false ? delivery : assertAccepted(delivery, ackWithinMs);
  };

  return {
    ackWithinMs,
    base,
    send,
    sendForged: (packet, forgery) => postSigned(to(), packet, forgery),
    sent: () => sent,
    unchecked: (during) => ways.run({ checked: false }, during),
    async held(during, order = (packets) => packets.toReversed()) {
      const waiting: Packet[] = [];
      const checked = ways.getStore()?.checked ?? true;
      await ways.run({ checked, waiting }, during);
      const deliveries: Delivery[] = [];
      for (const packet of order(waiting)) deliveries.push(await send(packet));
      return deliveries;
    },
    event(teamId, event, what) {
      const { id, botUserId } = workspaceIn(fake.state, teamId);
      const envelope = {
        token: "an-old-verification-token",
        team_id: id,
        context_team_id: id,
        context_enterprise_id: null,
        api_app_id: appId,
        event,
        type: "event_callback",
        event_id: `Ev${randomId().toUpperCase()}`,
        event_time: Math.floor(fake.state.now() / 1000),
        authorizations: [
          { enterprise_id: null, team_id: id, user_id: botUserId, is_bot: true, is_enterprise_install: false },
        ],
        is_ext_shared_channel: false,
        event_context: `4-${randomId()}`,
      };
      return { what, kind: "event", contentType: "application/json", body: JSON.stringify(envelope) };
    },
    interaction: (payload, what) => ({
      what,
      kind: "interaction",
      contentType: "application/x-www-form-urlencoded",
      body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
    }),
  };
}

import type { FakeSlack } from "./fake-slack.ts";
import { type Json, record, records, text } from "./shape.ts";
import { assertAccepted, type Delivery } from "./signed-post.ts";
import { type Change, newTs } from "./slack-state.ts";
import type { Wire } from "./wire.ts";
import { messageJson } from "./workspace.ts";

/** Effects of the app's own messages: it receives them as events (S13), and people are notified. */
export interface Echoes {
  /** A member's push notifications so far. */
  notifications(teamId: string, userId: string): readonly string[];
  /** Number of changes by the app on a member's screen. */
  changes(teamId: string, userId: string): number;
  /** All mrkdwn texts that the app has written. */
  written(): readonly string[];
  settled(): Promise<void>;
}

/** Slack's replacement for a message without a text. */
const wordless = "This content can't be displayed.";

/** Listens to the fake and sends the events to the desk. */
export function openEchoes({ fake, wire, isOn }: { fake: FakeSlack; wire: Wire; isOn: boolean }): Echoes {
  const notified = new Map<string, string[]>();
  const changed = new Map<string, number>();
  const written = new Set<string>();
  const pending = new Set<Promise<unknown>>();
  let bad: Delivery[] = [];

  const tell = (teamId: string, event: Json, what: string) => {
    if (!isOn) return;
    // Slack responds to the call before it sends the event.
    const sending = new Promise((resolve) => setImmediate(resolve))
      .then(() => wire.sendForged(wire.event(teamId, event, what)))
      .then((delivery) => {
        // A stopped desk is intended by the test.
        if (delivery.late || (delivery.status !== 0 && delivery.status > 299)) bad.push(delivery);
      })
      .finally(() => pending.delete(sending));
    pending.add(sending);
  };

  fake.onChange((change) => {
    const teamId = change.workspace.id;
    const userId = readerOf(change);
    if (userId !== undefined) {
      const key = `${teamId} ${userId}`;
      changed.set(key, (changed.get(key) ?? 0) + 1);
      if (change.what === "posted")
        notified.set(key, [...(notified.get(key) ?? []), change.message.text === "" ? wordless : change.message.text]);
    }
    for (const words of writtenIn(change)) written.add(words);
    for (const event of eventsOf(change, fake)) tell(teamId, event, `the desk's own ${change.what}`);
  });

  return {
    notifications: (teamId, userId) => notified.get(`${teamId} ${userId}`) ?? [],
    changes: (teamId, userId) => changed.get(`${teamId} ${userId}`) ?? 0,
    written: () => [...written],
    async settled() {
      while (pending.size > 0) await Promise.all(pending);
      const wrong = bad;
      bad = [];
      for (const delivery of wrong) assertAccepted(delivery, wire.ackWithinMs);
    },
  };
}

function readerOf(change: Change): string | undefined {
  switch (change.what) {
    case "posted":
    case "changed":
    case "deleted":
      return change.message.onlyFor ?? change.channel.userId;
    case "whispered":
      return change.message.onlyFor;
    case "view":
      return change.view.userId;
    case "uninstalled":
    case "revoked":
      return undefined;
    default:
      return change satisfies never;
  }
}

function eventsOf(change: Change, fake: FakeSlack): readonly Json[] {
  const { workspace } = change;
  switch (change.what) {
    case "posted":
    case "changed":
    case "deleted": {
      const { channel, message } = change;
      if (channel.userId === undefined || message.onlyFor !== undefined) return [];
      const now = messageJson(message, workspace);
      const ts = newTs(fake.state);
      const about = { type: "message", channel: channel.id, channel_type: "im", event_ts: ts };
      if (change.what === "posted") return [{ ...now, ...about, event_ts: message.ts }];
      return change.what === "changed"
        ? [
            {
              ...about,
              subtype: "message_changed",
              hidden: true,
              ts,
              message: now,
              previous_message: messageJson(change.before, workspace),
            },
          ]
        : [{ ...about, subtype: "message_deleted", hidden: true, ts, deleted_ts: message.ts, previous_message: now }];
    }
    case "uninstalled":
      return [{ type: "app_uninstalled" }, revokedEvent(workspace.botUserId)];
    case "revoked":
      return [revokedEvent(workspace.botUserId)];
    case "whispered":
    case "view":
      return [];
    default:
      return change satisfies never;
  }
}

function revokedEvent(botUserId: string): Json {
  return { type: "tokens_revoked", tokens: { oauth: [], bot: [botUserId] } };
}

function writtenIn(change: Change): readonly string[] {
  if (change.what === "view") return mrkdwnIn(change.view.body);
  if (change.what === "uninstalled" || change.what === "revoked") return [];
  return [change.message.text, ...change.message.blocks.flatMap((block) => mrkdwnIn(block))];
}

function mrkdwnIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return records(value).flatMap(mrkdwnIn);
  const fields = record(value);
  if (fields.type === "mrkdwn") return [text(fields.text)];
  return Object.values(fields).flatMap(mrkdwnIn);
}

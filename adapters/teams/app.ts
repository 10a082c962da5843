import type { IncomingMessage } from "node:http";
import type { Card } from "../../src/cards/card.ts";
import type { Deliver, Inbound } from "../../src/conversation/inbound.ts";
import { answerJson, answerSentence } from "../../src/http/answer.ts";
import { answerRefusedBody, readJson } from "../../src/http/body.ts";
import type { Log } from "../../src/log.ts";
import type { Address, Messenger } from "../../src/ports/messenger.ts";
import type { ChatReference, ChatReferences } from "../../src/ports/references.ts";
import type { Route, RouteRequest } from "../../src/ports/route.ts";
import type { TeamsSettings } from "../../src/service-settings.ts";
import { teamsWords } from "../../src/words/teams.ts";
import { isServiceUrl } from "./clouds.ts";
import { openConnector, type Place, type TeamsMember } from "./connector.ts";
import { openPace } from "./pace.ts";
import type { PlainMessage } from "./plain-message.ts";
import { answerToPress, failedAnswer, sentenceAnswer } from "./press-answers.ts";
import {
  type ActivityEvent,
  eventOf,
  inboundId,
  placeOf,
  profileOf,
  type ReadActivity,
  readActivity,
  senderOf,
} from "./receive.ts";
import { learnChats } from "./references.ts";
import { type InvokeAnswer, openSdk } from "./sdk.ts";
import { teamsMessenger } from "./send.ts";
import { valuesOf } from "./values.ts";

/** Dependencies of the Teams adapter. */
export interface TeamsParts {
  readonly settings: TeamsSettings;
  readonly deliver: Deliver;
  /** The talk's current card, if the talk belongs to this person. */
  present(address: Address, talkId: string): Promise<{ readonly card: Card } | undefined>;
  readonly references: ChatReferences;
  readonly clock: { now(): number; realNow(): number };
  readonly log: Log;
}

/** The Teams adapter. */
export interface TeamsDesk {
  readonly messenger: Messenger;
  readonly routes: readonly Route[];
  /** Profile of a person who has the app, with their e-mail address (D7.2). Undefined when Teams does not return one. */
  member(address: Address): Promise<TeamsMember | undefined>;
  close(): Promise<void>;
}

/** Maximum size of an activity (T1). */
const maxBodyBytes = 256 * 1024;
/** Plain replies are not stored in the database. This many activity ids are remembered, so that a redelivery gets no second reply. */
const mostAnswered = 1_000;

/** Opens the adapter: `POST /api/messages` and the messenger. Throws a DeskError for settings that would disable authentication. */
export function openTeams(parts: TeamsParts): TeamsDesk {
  const { settings, deliver, references, clock, log } = parts;
  const sdk = openSdk(settings, log);
  const connector = openConnector({ token: sdk.token });
  const chats = learnChats(references);
  const answered = new Set<string>();

  async function take({ request, response }: RouteRequest): Promise<void> {
    const body = await readJson(request, maxBodyBytes);
    if (!body.ok) return answerRefusedBody(response, body.refusal);
    const activity = readActivity(body.value);
    if (activity === undefined) return answerSentence(response, 400, teamsWords.unread);
    // `readActivity` accepts objects only.
    const raw = body.value as object;
    const proof = await sdk.prove(activity, raw, headerOf(request));
    if (!proof.ok) {
      log.warn({ event: "teams.request.rejected", status: proof.status });
      return answerSentence(response, proof.status, refusals[proof.status]);
    }
    const answer = await sdk.turn(proof, raw, { take: () => hear(activity), failed: failedAnswer });
    if (answer === undefined) response.writeHead(200, { "content-length": "0" }).end();
    else answerJson(response, answer.status, answer.body ?? {});
  }

  async function hear(activity: ReadActivity): Promise<InvokeAnswer | undefined> {
    const heard = eventOf(activity);
    const id = inboundId(activity);
    if (heard.what === "nothing") return undefined;
    if (heard.what === "unknown") return { status: 501 };
    if (heard.what === "overheard") {
      if (activity.type === "invoke") return sentenceAnswer(teamsWords.personalOnly);
      return say(activity, id, { text: teamsWords.personalOnly, textFormat: "plain" });
    }
    const from = senderOf(activity);
    if (from === undefined || id === undefined) {
      log.warn({ event: "teams.activity.unidentified", kind: activity.type });
      if (activity.type === "message") return say(activity, id, { text: teamsWords.cannotTell, textFormat: "plain" });
      return sentenceAnswer(teamsWords.cannotTell);
    }
    const place = chatOf(activity, from, clock);
    if (heard.what === "removed") {
      if (place !== undefined) await chats.forget(place);
      return undefined;
    }
    const reference = place && (await chats.learn(place));
    const inbound = { id, receivedAtMs: clock.now(), from, profile: profileOf(activity) };
    return converse(activity, heard, inbound, reference);
  }

  async function converse(
    activity: ReadActivity,
    heard: Exclude<ActivityEvent, { what: "nothing" | "overheard" | "removed" | "unknown" }>,
    inbound: Omit<Inbound, "body">,
    reference: ChatReference | undefined,
  ): Promise<InvokeAnswer | undefined> {
    switch (heard.what) {
      case "said":
        await deliver({
          ...inbound,
          body: { type: "text", text: heard.text, ...(heard.hasFile && { hasFile: true }) },
        });
        return undefined;
      case "pressed":
        return press(activity, heard, inbound);
      case "installed": {
        // One installation sends two activities in either order (T14). Both carry the chat's `sinceMs`, which makes their ids equal.
        const { workspace, user } = inbound.from;
        const sinceMs = reference?.sinceMs ?? 0;
        const welcome = `teams:welcome:${workspace}:${user}:${sinceMs}`;
        await deliver({ ...inbound, id: welcome, body: { type: "opened", sinceMs } });
        return undefined;
      }
      case "unreadable":
        if (activity.type === "invoke") return sentenceAnswer(teamsWords.notHere);
        return say(activity, inbound.id, suggesting(teamsWords.wordsOnly));
      default:
        return heard satisfies never;
    }
  }

  async function press(
    activity: ReadActivity,
    { press: { talkId, revision, event }, data }: ActivityEvent & { what: "pressed" },
    inbound: Omit<Inbound, "body">,
  ): Promise<InvokeAnswer | undefined> {
    const shown = await parts.present(inbound.from, talkId);
    const values = valuesOf(data, shown?.card);
    const body = { type: "press", talkId, seenRevision: revision, event, values } as const;
    const delivered = await deliver({ ...inbound, body });
    if (activity.type === "invoke") return answerToPress(delivered, values);
    // An Action.Submit has no synchronous response: the outbox repaints the card, and this sends the refusal.
    if (delivered.card !== undefined || delivered.refused === undefined) return undefined;
    return say(activity, inbound.id, suggesting(delivered.refused));
  }

  /** Posts a plain reply to the activity's conversation. A failed reply is logged and not retried (T11). */
  async function say(activity: ReadActivity, id: string | undefined, line: PlainMessage): Promise<undefined> {
    const { serviceUrl, conversation, recipient } = activity;
    if (serviceUrl === undefined || conversation?.id === undefined || id === undefined || answered.has(id)) return;
    answered.add(id);
    for (const oldest of answered.size > mostAnswered ? answered : []) {
      answered.delete(oldest);
      break;
    }
    const place: Place = { serviceUrl, conversationId: conversation.id };
    const sent = await connector.post(place, { type: "message", from: { id: recipient?.id }, ...line });
    if (!sent.answered || sent.status >= 300) log.warn({ event: "teams.message.failed", kind: activity.type });
  }

  return {
    messenger: teamsMessenger({
      references,
      connector,
      pace: openPace(),
      log,
      isServiceUrl: (serviceUrl) => isServiceUrl(settings, serviceUrl),
      realNow: clock.realNow,
    }),
    routes: [{ method: "POST", path: "/api/messages", handle: take }],
    async member(address) {
      const reference = await references.find(address);
      if (reference === undefined || !isServiceUrl(settings, reference.serviceUrl)) return undefined;
      return connector.member(reference);
    },
    close: async () => undefined,
  };
}

const refusals = { 401: teamsWords.refused, 403: teamsWords.foreign, 503: teamsWords.busy } as const;

function headerOf({ headers }: IncomingMessage): string {
  return headers.authorization ?? "";
}

/**
 * The sender's own chat (R10): from a personal conversation only. Undefined elsewhere, and when a field is missing. It is
 * dated by Teams, but never later than the desk's own wall time: a date ahead would block every later change.
 */
function chatOf(activity: ReadActivity, address: Address, clock: TeamsParts["clock"]): ChatReference | undefined {
  if (placeOf(activity) !== "personal") return undefined;
  const { serviceUrl, conversation, recipient, from, timestamp } = activity;
  const [conversationId, botId, userId] = [conversation?.id, recipient?.id, from?.id];
  if (serviceUrl === undefined || conversationId === undefined || botId === undefined || userId === undefined) {
    return undefined;
  }
  const realNow = clock.realNow();
  const updatedAtMs = timestamp === undefined ? realNow : Math.min(Date.parse(timestamp), realNow);
  return { ...address, conversationId, serviceUrl, botId, userId, sinceMs: clock.now(), updatedAtMs };
}

/** Suggested actions are shown under plain text only. A tap sends their title as a message. */
function suggesting(text: string): PlainMessage {
  const actions = teamsWords.suggestions.map((title) => ({ type: "imBack", title, value: title }) as const);
  return { text, textFormat: "plain", suggestedActions: { to: [], actions } };
}

import { App, HTTPReceiver, type Receiver, type ReceiverEvent, SocketModeReceiver } from "@slack/bolt";
import { DeskError } from "../../src/errors.ts";
import { given } from "../../src/given.ts";
import { answerSentence } from "../../src/http/answer.ts";
import { answerRefusedBody, readBody } from "../../src/http/body.ts";
import type { Log } from "../../src/log.ts";
import type { Route } from "../../src/ports/route.ts";
import type { SlackSettings } from "../../src/service-settings.ts";
import type { Access } from "./installations.ts";
import { fieldsOf } from "./json-fields.ts";
import { libraryLog } from "./library-log.ts";
import { refusalOf } from "./request-check.ts";

/** A Bolt app with its receiver. */
export interface BoltApp {
  readonly app: App;
  /** Empty in Socket Mode. */
  readonly routes: readonly Route[];
  start(): Promise<void>;
  stop(): Promise<void>;
}

interface BoltParts {
  readonly settings: SlackSettings;
  readonly access: Access;
  readonly log: Log;
  /** Wall time, epoch ms. */
  realNow(): number;
}

const mostBytes = 1024 * 1024;
const reconnectMs = 5_000;
const notInstalled = "slack-not-installed";

/**
 * Creates the Bolt app. It gets no token, because Bolt would call Slack in its constructor (S10), and it acknowledges
 * events only after their listeners have finished (S2).
 */
export function openBoltApp(parts: BoltParts): BoltApp {
  const { receiver, routes, start, stop } =
    parts.settings.appToken === undefined ? overHttp(parts) : overSocket(parts, parts.settings.appToken);
  const { access, log, settings } = parts;
  const app = new App({
    receiver,
    authorize: async ({ teamId, enterpriseId }) => {
      const installation = await access.find({
        ...given({ teamId, enterpriseId }),
      });
      if (installation === undefined) {
        throw new DeskError(notInstalled, "The app is not installed in the workspace of this event.");
      }
      const { botToken, botId, botUserId } = installation;
      return {
        botToken,
        botUserId,
        ...given({ botId, teamId, enterpriseId }),
      };
    },
    logger: libraryLog(log),
    convoStore: false,
    clientOptions: { slackApiUrl: settings.apiUrl },
  });
  // Rethrown, so that the event is not acknowledged and Slack delivers it again (S11).
  app.error(async (error) => {
    if (!isNotInstalled(error)) log.error({ event: "slack.event.failed", platform: "slack", error });
    throw error;
  });
  return { app, routes, start, stop };
}

type Way = Omit<BoltApp, "app"> & { readonly receiver: Receiver };

function overHttp({ settings, log, realNow }: BoltParts): Way {
  const foreign = new WeakSet<object>();
  const receiver = new HTTPReceiver({
    signingSecret: settings.signingSecret,
    endpoints: ["/slack/events"],
    processBeforeResponse: true,
    logger: libraryLog(log),
    processEventErrorHandler: async ({ error, response }) => {
      if (isNotInstalled(error)) foreign.add(response);
      if (!response.headersSent) response.writeHead(isNotInstalled(error) ? 401 : 500).end();
      return false;
    },
  });
  const route: Route = {
    method: "POST",
    path: "/slack/events",
    async handle({ request, response }) {
      const read = await readBody(request, mostBytes);
      if (!read.ok) return answerRefusedBody(response, read.refusal);
      const refused = refusalOf(request.headers, read.body, { secret: settings.signingSecret, nowMs: realNow() });
      if (refused !== undefined) {
        log.warn({ event: "slack.request.rejected", status: refused.status, reason: refused.reason });
        return answerSentence(response, refused.status, refused.sentence);
      }
      await new Promise<void>((resolve) => {
        response.once("close", resolve);
        // Bolt reads the body from `rawBody` and verifies the signature against it once more.
        receiver.requestListener(Object.assign(request, { rawBody: read.body }), response);
      });
      if (foreign.has(response)) log.warn({ event: "slack.request.rejected", status: 401, reason: "not-installed" });
    },
  };
  return { receiver: answeringAll(receiver), routes: [route], start: async () => {}, stop: async () => {} };
}

/** Socket Mode: the desk opens the connection, so it can be tried out without a public address. */
function overSocket({ settings, log }: BoltParts, appToken: string): Way {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: libraryLog(log),
    // Reconnecting is implemented below: a failure inside the library's own reconnect could not be caught.
    autoReconnectEnabled: false,
    installerOptions: {
      clientOptions: { slackApiUrl: settings.apiUrl, retryConfig: { retries: 0 }, timeout: 10_000 },
    },
    processEventErrorHandler: async () => false,
  });
  let stopped = false;
  let connecting: Promise<void> | undefined;
  let wake = (): void => {};

  async function connectUntilDone(): Promise<void> {
    while (!stopped) {
      try {
        await receiver.start();
        return;
      } catch (error) {
        log.warn({ event: "slack.socket.failed", outcome: "again", error });
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, reconnectMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    }
  }

  function connect(): void {
    connecting ??= connectUntilDone().finally(() => {
      connecting = undefined;
    });
  }

  receiver.client.on("disconnected", () => {
    if (!stopped) connect();
  });
  return {
    receiver: answeringLast(receiver),
    routes: [],
    start: async () => connect(),
    stop: async () => {
      stopped = true;
      wake();
      await receiver.stop();
      await connecting;
    },
  };
}

/**
 * A receiver that acknowledges payloads for which there is no listener. Bolt would answer them with 404 after three
 * seconds.
 */
function answeringAll(receiver: Receiver): Receiver {
  return {
    init(app) {
      const answered = {
        async processEvent({ ack, ...event }: ReceiverEvent): Promise<void> {
          let isAnswered = false;
          await app.processEvent({
            ...event,
            ack: (response?: unknown) => {
              isAnswered = true;
              return ack(response);
            },
          });
          if (!isAnswered) await ack();
        },
      };
      receiver.init(answered as App); // a receiver calls only `processEvent`
    },
    start: () => receiver.start(),
    stop: () => receiver.stop(),
  };
}

/** A receiver that delays each acknowledgement until its event is processed. Bolt supports that for HTTP only (S2). */
function answeringLast(receiver: Receiver): Receiver {
  return {
    init(app) {
      const waiting = {
        async processEvent({ ack, ...event }: ReceiverEvent): Promise<void> {
          if (Object.keys(fieldsOf(event.body)).length === 0) return ack();
          let answer: { readonly response: unknown } | undefined;
          await app.processEvent({
            ...event,
            ack: async (response?: unknown) => {
              answer = { response };
            },
          });
          await ack(answer?.response);
        },
      };
      receiver.init(waiting as App); // a receiver calls only `processEvent`
    },
    start: () => receiver.start(),
    stop: () => receiver.stop(),
  };
}

/** Bolt wraps the error that `authorize` throws. */
function isNotInstalled(error: unknown): boolean {
  const thrown = error instanceof Error && "original" in error ? error.original : error;
  return thrown instanceof DeskError && thrown.code === notInstalled;
}

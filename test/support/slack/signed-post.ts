import { createHmac } from "node:crypto";

/** An unsigned request from Slack to the app. */
export interface Packet {
  /** For error messages: `say "hi"`. */
  readonly what: string;
  /** Only events are redelivered (S17). */
  readonly kind: "event" | "interaction" | "command";
  readonly contentType: "application/json" | "application/x-www-form-urlencoded";
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The result of a request. */
export interface Delivery {
  readonly what: string;
  /** 0: no response in time. */
  readonly status: number;
  readonly body: string;
  /** No response within the time limit of the wire (S17). */
  readonly late: boolean;
}

/** Deviations from Slack's signature; `null` omits the header. */
export interface Forgery {
  readonly signature?: string | null;
  /** Epoch seconds. */
  readonly timestamp?: string | null;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Slack's v0 signature of a body at a time in epoch seconds. */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
}

/** Sends a request with a valid or forged signature. Never rejects. */
export async function postSigned(
  to: { readonly url: string; readonly secret: string; readonly ackWithinMs: number },
  packet: Packet,
  forgery: Forgery = {},
): Promise<Delivery> {
  const now = String(Math.floor(Date.now() / 1000));
  const timestamp = forgery.timestamp === undefined ? now : forgery.timestamp;
  const signature =
    forgery.signature === undefined ? signatureOf(to.secret, timestamp ?? now, packet.body) : forgery.signature;
  const done = (status: number, body: string, late = false): Delivery => ({
    what: packet.what,
    status,
    body,
    late,
  });
  try {
    const response = await fetch(to.url, {
      method: "POST",
      headers: {
        "content-type": forgery.contentType ?? packet.contentType,
        "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        ...(timestamp === null ? {} : { "x-slack-request-timestamp": timestamp }),
        ...(signature === null ? {} : { "x-slack-signature": signature }),
        ...packet.headers,
        ...forgery.headers,
      },
      body: packet.body,
      redirect: "manual",
      signal: AbortSignal.timeout(to.ackWithinMs),
    });
    return done(response.status, await response.text());
  } catch (error) {
    return done(0, String(error), error instanceof Error && error.name === "TimeoutError");
  }
}

/** Throws what Slack would report as an error: no response, a late one, or a status other than 2xx. */
export function assertAccepted(delivery: Delivery, ackWithinMs: number): Delivery {
  const { what, status, late, body } = delivery;
  if (late) throw new Error(`the desk did not answer within ${ackWithinMs} ms: ${what}`);
  if (status === 0) throw new Error(`the desk cannot be reached: ${what}: ${body}`);
  if (status < 200 || status > 299) throw new Error(`the desk answered ${status}: ${what}: ${body.slice(0, 300)}`);
  return delivery;
}

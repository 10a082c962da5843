import { createHmac } from "node:crypto";

/** A request of Slack to the app, before it is signed. */
export interface Packet {
  /** For messages of errors: `say "hi"`. */
  readonly what: string;
  /** Only events are delivered again (S17). */
  readonly kind: "event" | "interaction" | "command";
  readonly contentType: "application/json" | "application/x-www-form-urlencoded";
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What came of a request. */
export interface Delivery {
  readonly what: string;
  /** 0: nobody answered, or not in time. */
  readonly status: number;
  readonly body: string;
  /** No answer in the time the wire waits (S17). */
  readonly late: boolean;
}

/** How a request is signed otherwise than Slack does; `null` leaves the header out. */
export interface Forgery {
  readonly signature?: string | null;
  /** Epoch seconds. */
  readonly timestamp?: string | null;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Slack's signature, version 0, of a body at a time in epoch seconds. */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
}

/** Sends a request as Slack does, signed now, or as a forger would. Never rejects. */
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

/** Throws what Slack would show the person or its operator: no answer, a late one, one that is not 2xx. */
export function mustBeTaken(delivery: Delivery, ackWithinMs: number): Delivery {
  const { what, status, late, body } = delivery;
  if (late) throw new Error(`the desk did not answer within ${ackWithinMs} ms: ${what}`);
  if (status === 0) throw new Error(`the desk cannot be reached: ${what}: ${body}`);
  if (status < 200 || status > 299) throw new Error(`the desk answered ${status}: ${what}: ${body.slice(0, 300)}`);
  return delivery;
}

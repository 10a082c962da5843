import { createHmac, randomBytes } from "node:crypto";
import type { Happening } from "./ledger.ts";

/** A webhook event. */
export interface Notice {
  readonly id: string;
  readonly type: string;
  readonly body: string;
}

/** How events are delivered: immediately, never, twice concurrently, or when `flush` is called. */
export type WebhookWay = "deliver" | "lose" | "twice" | "hold";

/** Delivery attempts per event, without delays between them. */
const mostAttempts = 3;

export interface Webhooks {
  way: WebhookWay;
  /** The target URL. Absent: events are not delivered. */
  endpoint: string | undefined;
  readonly secret: string;
  /** All events, in order. */
  readonly notices: Notice[];
  /** The HTTP status of every delivery, in order; 0 if there was no response. */
  readonly answers: number[];
  note(what: Happening): void;
  /** Delivers held events, optionally in reverse order. */
  flush(order?: "forwards" | "backwards"): Promise<void>;
  /** Resolves when no delivery is in progress. */
  settled(): Promise<void>;
  /** Sends an event, optionally signed with another secret or an old timestamp. */
  send(notice: Notice, how?: { readonly secret?: string; readonly atMs?: number }): Promise<number>;
}

/** Opens the double's webhook sender. */
export function openWebhooks(now: () => number, version: string): Webhooks {
  const held: Notice[] = [];
  const flying = new Set<Promise<unknown>>();

  async function deliver(notice: Notice): Promise<void> {
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const status = await webhooks.send(notice);
      if (status >= 200 && status < 300) return;
    }
  }

  function fly(notice: Notice): void {
    const flight = deliver(notice).finally(() => flying.delete(flight));
    flying.add(flight);
  }

  const webhooks: Webhooks = {
    way: "deliver",
    endpoint: undefined,
    secret: `whsec_${randomBytes(16).toString("hex")}`,
    notices: [],
    answers: [],
    note({ type, object }) {
      const id = `evt_${randomBytes(12).toString("hex")}`;
      const created = Math.floor(now() / 1000);
      const body = JSON.stringify({
        id,
        object: "event",
        api_version: version,
        created,
        livemode: false,
        type,
        data: { object },
      });
      const notice = { id, type, body };
      webhooks.notices.push(notice);
      if (webhooks.endpoint === undefined || webhooks.way === "lose") return;
      if (webhooks.way === "hold") held.push(notice);
      else fly(notice);
      if (webhooks.way === "twice") fly(notice);
    },
    async flush(order = "forwards") {
      const waiting = held.splice(0);
      for (const notice of order === "forwards" ? waiting : waiting.reverse()) await deliver(notice);
    },
    async settled() {
      while (flying.size > 0) await Promise.all(flying);
    },
    async send({ body }, { secret = webhooks.secret, atMs = now() } = {}) {
      const at = Math.floor(atMs / 1000);
      const signature = createHmac("sha256", secret).update(`${at}.${body}`).digest("hex");
      const status = await fetch(webhooks.endpoint ?? "", {
        method: "POST",
        headers: { "content-type": "application/json", "stripe-signature": `t=${at},v1=${signature}` },
        body,
      }).then(
        (response) => response.status,
        () => 0,
      );
      webhooks.answers.push(status);
      return status;
    },
  };
  return webhooks;
}

import type { LinkOrder, Payments, PaymentTrouble } from "../../src/ports/payments.ts";
import type { Services } from "./services.ts";
import type { Life } from "./virtual-time.ts";

interface Checkout {
  readonly id: string;
  readonly order: LinkOrder;
  status: "open" | "complete" | "expired";
  intent?: Intent;
}

interface Intent {
  readonly id: string;
  readonly amountMinor: number;
  status: "authorised" | "captured" | "cancelled";
  refundedMinor: number;
}

/** A card payment provider outside the desk, with the rules of the real one: idempotent by key, no capture after a release. */
export interface Provider {
  /** The provider as one process reaches it. */
  payments(life: Life): Payments;
  /** A client pays at a checkout page. Gives the payment's id; undefined: the page is closed. */
  pay(url: string): string | undefined;
  /** Money that was taken and not given back, by payment, in minor units. */
  kept(): ReadonlyMap<string, number>;
}

const pageOf = (id: string) => `https://pay.example/${id}`;

/** Opens a provider without any payment. */
export function openProvider(services: Pick<Services, "ask">, nowMs: () => number): Provider {
  const checkouts = new Map<string, Checkout>();
  const refunds = new Set<string>();
  let count = 0;

  const noAnswer = (): PaymentTrouble => ({ ok: false, again: true, error: "no answer" });
  const missing: PaymentTrouble = { ok: false, again: false, error: "no such object" };
  const ageing = (checkout: Checkout): Checkout => {
    if (checkout.status === "open" && checkout.order.expiresAtMs <= nowMs()) checkout.status = "expired";
    return checkout;
  };
  const intentOf = (id: string) => [...checkouts.values()].find(({ intent }) => intent?.id === id)?.intent;

  function create(order: LinkOrder): Checkout {
    const known = [...checkouts.values()].find((one) => one.order.key === order.key);
    if (known !== undefined) return known;
    count += 1;
    const checkout: Checkout = { id: `cs_${count}`, order, status: "open" };
    checkouts.set(checkout.id, checkout);
    return checkout;
  }

  return {
    payments: (life) => {
      const ask = <Outcome>(take: () => Outcome | PaymentTrouble) =>
        services.ask<Outcome | PaymentTrouble>(life, take, noAnswer);
      return {
        live: false,
        createLink: (order) =>
          ask(() => {
            const { id } = create(order);
            return { ok: true, outcome: { sessionId: id, url: pageOf(id) } } as const;
          }),
        expireLink: (id) =>
          ask(() => {
            const checkout = checkouts.get(id);
            if (checkout === undefined) return missing;
            if (ageing(checkout).status === "complete") return { ok: true, outcome: "already_paid" } as const;
            checkout.status = "expired";
            return { ok: true, outcome: "expired" } as const;
          }),
        capture: (id) =>
          ask(() => {
            const intent = intentOf(id);
            if (intent === undefined) return missing;
            if (intent.status === "cancelled") return { ok: true, outcome: "too_late" } as const;
            intent.status = "captured";
            return { ok: true, outcome: "paid" } as const;
          }),
        release: (id) =>
          ask(() => {
            const intent = intentOf(id);
            if (intent === undefined) return missing;
            if (intent.status === "captured") return { ok: true, outcome: "already_paid" } as const;
            intent.status = "cancelled";
            return { ok: true, outcome: "released" } as const;
          }),
        refund: ({ key, intentId, amountMinor }) =>
          ask(() => {
            const intent = intentOf(intentId);
            if (intent === undefined) return missing;
            if (refunds.has(key)) return { ok: true, outcome: "refunded" } as const;
            if (intent.refundedMinor + amountMinor > intent.amountMinor)
              return { ok: true, outcome: "already_refunded" } as const;
            refunds.add(key);
            intent.refundedMinor += amountMinor;
            return { ok: true, outcome: "refunded" } as const;
          }),
        state: (id) =>
          ask(() => {
            const checkout = checkouts.get(id);
            return checkout === undefined ? missing : ({ ok: true, seen: seenOf(ageing(checkout)) } as const);
          }),
        parseWebhook: (raw) => ({
          eventId: `event ${raw.toString()}`,
          type: "changed",
          live: false,
          paymentId: raw.toString(),
        }),
      };
    },
    pay(url) {
      const checkout = [...checkouts.values()].find(({ id }) => pageOf(id) === url);
      if (checkout === undefined || ageing(checkout).status !== "open") return undefined;
      checkout.status = "complete";
      const { amountMinor } = checkout.order;
      checkout.intent = { id: `pi_${checkout.id}`, amountMinor, status: "authorised", refundedMinor: 0 };
      return checkout.order.paymentId;
    },
    kept: () =>
      new Map(
        [...checkouts.values()].flatMap(({ order, intent }) =>
          intent?.status === "captured" ? [[order.paymentId, intent.amountMinor - intent.refundedMinor] as const] : [],
        ),
      ),
  };
}

function seenOf({ status, intent, order }: Checkout) {
  if (intent === undefined) return { is: status === "open" ? "open" : "expired" } as const;
  const { id: intentId, amountMinor } = intent;
  const { currency } = order;
  if (intent.status === "captured") return { is: "paid", intentId, amountMinor, currency } as const;
  return intent.status === "authorised"
    ? ({ is: "authorised", intentId, amountMinor, currency } as const)
    : ({ is: "cancelled", intentId } as const);
}

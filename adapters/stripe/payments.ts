import Stripe from "stripe";
import type { LinkOrder, PaymentSeen, Payments, PaymentTrouble } from "../../src/ports/payments.ts";
import type { StripeSettings } from "../../src/service-settings.ts";
import { troubleOf, unexpected } from "./trouble.ts";
import { fromStripe, toStripe } from "./units.ts";
import { openWebhooks } from "./webhook.ts";

/** Longer than any Stripe call takes, and much shorter than an outbox lease. */
const timeoutMs = 15_000;

/**
 * Payments by Stripe Checkout with separate authorisation and capture. The SDK does not check the HTTP status of a
 * response, so each resolved value is trusted only if its `object` field has the expected type.
 */
export function openStripe(settings: StripeSettings): Payments {
  const stripe = new Stripe(settings.secretKey, {
    ...addressOf(settings.apiUrl),
    maxNetworkRetries: 1,
    timeout: timeoutMs,
    telemetry: false,
  });
  const live = /^(sk|rk)_live_/.test(settings.secretKey);

  return {
    live,
    parseWebhook: openWebhooks(stripe, settings.webhookSecrets),

    createLink: (order) =>
      asked(async () => {
        const session = await stripe.checkout.sessions.create(sessionOf(order), { idempotencyKey: order.key });
        if (session.object !== "checkout.session" || session.url === null) return unexpected("a checkout", session);
        return { ok: true, outcome: { sessionId: session.id, url: session.url } };
      }),

    expireLink: (sessionId) =>
      asked(async () => {
        try {
          const session = await stripe.checkout.sessions.expire(sessionId);
          if (session.object !== "checkout.session") return unexpected("a checkout", session);
          return { ok: true, outcome: session.status === "complete" ? "already_paid" : "expired" };
        } catch (error) {
          if (!isRefused(error)) throw error;
          // Only an open session can be expired, so find out what happened to this one.
          const session = await stripe.checkout.sessions.retrieve(sessionId);
          if (session.object !== "checkout.session") return unexpected("a checkout", session);
          if (session.status === "open") throw error;
          return { ok: true, outcome: session.status === "complete" ? "already_paid" : "expired" };
        }
      }),

    capture: (intentId) =>
      asked(async () => {
        try {
          const intent = await stripe.paymentIntents.capture(intentId, {}, { idempotencyKey: `${intentId}:capture` });
          if (intent.object !== "payment_intent") return unexpected("a payment", intent);
          return intent.status === "succeeded"
            ? { ok: true, outcome: "paid" }
            : unexpected("a captured payment", intent);
        } catch (error) {
          if (!isRefused(error) && !(error instanceof Stripe.errors.StripeCardError)) throw error;
          const intent = await stripe.paymentIntents.retrieve(intentId);
          if (intent.object !== "payment_intent") return unexpected("a payment", intent);
          if (intent.status === "succeeded") return { ok: true, outcome: "paid" };
          if (intent.status === "canceled") return { ok: true, outcome: "too_late" };
          if (error instanceof Stripe.errors.StripeCardError || isLapsed(error))
            return { ok: true, outcome: "too_late" };
          throw error;
        }
      }),

    release: (intentId) =>
      asked(async () => {
        try {
          const intent = await stripe.paymentIntents.cancel(intentId, {}, { idempotencyKey: `${intentId}:release` });
          if (intent.object !== "payment_intent") return unexpected("a payment", intent);
          return intent.status === "canceled"
            ? { ok: true, outcome: "released" }
            : unexpected("a released payment", intent);
        } catch (error) {
          if (!isRefused(error)) throw error;
          const intent = await stripe.paymentIntents.retrieve(intentId);
          if (intent.object !== "payment_intent") return unexpected("a payment", intent);
          if (intent.status === "canceled") return { ok: true, outcome: "released" };
          if (intent.status === "succeeded") return { ok: true, outcome: "already_paid" };
          throw error;
        }
      }),

    refund: ({ key, intentId, amountMinor, currency }) =>
      asked(async () => {
        try {
          const order = { payment_intent: intentId, amount: toStripe(amountMinor, currency) };
          const refund = await stripe.refunds.create(order, { idempotencyKey: key });
          if (refund.object !== "refund") return unexpected("a refund", refund);
          // A card refund may stay pending for days. Only these two states mean that it failed.
          if (refund.status === "failed" || refund.status === "canceled") return unexpected("a refund", refund);
          return { ok: true, outcome: "refunded" };
        } catch (error) {
          if (codeOf(error) === "charge_already_refunded") return { ok: true, outcome: "already_refunded" };
          throw error;
        }
      }),

    state: (sessionId) =>
      asked(async () => {
        const session = await stripe.checkout.sessions.retrieve(sessionId, {
          expand: ["payment_intent.latest_charge"],
        });
        if (session.object !== "checkout.session") return unexpected("a checkout", session);
        return { ok: true, seen: seenIn(session) };
      }),
  };
}

/** Splits `https://host:port` into the SDK's options. Empty when absent: the SDK uses Stripe's own host. */
function addressOf(apiUrl: string | undefined) {
  if (apiUrl === undefined) return {};
  const { hostname, port, protocol } = new URL(apiUrl);
  const scheme = protocol === "http:" ? "http" : "https";
  return {
    host: hostname,
    protocol: scheme,
    port: port === "" ? (scheme === "http" ? 80 : 443) : Number(port),
  } as const;
}

function sessionOf(order: LinkOrder): Stripe.Checkout.SessionCreateParams {
  const metadata = { payment: order.paymentId };
  return {
    mode: "payment",
    // Manual capture is not available for all other payment methods.
    allowed_payment_method_types: ["card"],
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: order.currency.toLowerCase(),
          unit_amount: toStripe(order.amountMinor, order.currency),
          product_data: { name: order.title },
        },
      },
    ],
    payment_intent_data: { capture_method: "manual", metadata },
    metadata,
    client_reference_id: order.paymentId,
    expires_at: Math.floor(order.expiresAtMs / 1000),
    success_url: order.paidUrl,
    cancel_url: order.backUrl,
  };
}

function seenIn(session: Stripe.Checkout.Session): PaymentSeen {
  const intent = session.payment_intent;
  // A session has no payment intent before the first attempt to pay. An intent that was not expanded is only an id.
  if (intent !== null && typeof intent === "object") {
    const { id: intentId } = intent;
    const currency = intent.currency.toUpperCase();
    if (intent.status === "succeeded")
      return { is: "paid", intentId, amountMinor: fromStripe(intent.amount_received, currency), currency };
    if (intent.status === "requires_capture") {
      const before = captureBeforeOf(intent);
      return {
        is: "authorised",
        intentId,
        amountMinor: fromStripe(intent.amount_capturable, currency),
        currency,
        ...(before === undefined ? {} : { captureBeforeMs: before * 1000 }),
      };
    }
    if (intent.status === "canceled" && session.status === "complete") return { is: "cancelled", intentId };
    if (intent.status === "processing") return { is: "processing" };
  }
  if (session.status === "expired") return { is: "expired" };
  return session.status === "open" ? { is: "open" } : { is: "processing" };
}

/** The capture deadline in seconds. It depends on the card, so it is read from Stripe and not computed. */
function captureBeforeOf(intent: Stripe.PaymentIntent): number | undefined {
  const charge = intent.latest_charge;
  return typeof charge === "object" ? charge?.payment_method_details?.card?.capture_before : undefined;
}

function isRefused(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeInvalidRequestError;
}

function isLapsed(error: unknown): boolean {
  return codeOf(error) === "charge_expired_for_capture";
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Stripe.errors.StripeError ? error.code : undefined;
}

async function asked<Answer extends { readonly ok: true }>(
  ask: () => Promise<Answer | PaymentTrouble>,
): Promise<Answer | PaymentTrouble> {
  try {
    return await ask();
  } catch (error) {
    return troubleOf(error);
  }
}

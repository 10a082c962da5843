import Stripe from "stripe";
import type { PaymentTrouble } from "../../src/ports/payments.ts";

/**
 * Maps an SDK error to an outcome. Errors that are not Stripe's are bugs and rethrown. Stripe's messages are dropped,
 * because they may quote request data.
 */
export function troubleOf(error: unknown): PaymentTrouble {
  if (!(error instanceof Stripe.errors.StripeError)) throw error;
  const text = `Stripe: ${error.type}${error.code === undefined ? "" : `, ${error.code}`}, HTTP ${error.statusCode ?? "none"}`;
  if (error instanceof Stripe.errors.StripeRateLimitError)
    return { ok: false, again: true, error: text, ...wait(error) };
  const forGood =
    error instanceof Stripe.errors.StripeInvalidRequestError ||
    error instanceof Stripe.errors.StripeAuthenticationError ||
    error instanceof Stripe.errors.StripePermissionError ||
    error instanceof Stripe.errors.StripeCardError ||
    (error instanceof Stripe.errors.StripeIdempotencyError && error.statusCode !== 409);
  return { ok: false, again: !forGood, error: text };
}

/** A response of an unexpected type that the SDK accepted. */
export function unexpected(what: string, answer: { readonly object?: unknown }): PaymentTrouble {
  return { ok: false, again: true, error: `expected ${what} from Stripe, got ${typeof answer.object}` };
}

function wait(error: Stripe.errors.StripeError): { afterMs?: number } {
  const seconds = Number(error.headers?.["retry-after"]);
  return Number.isFinite(seconds) && seconds > 0 ? { afterMs: Math.min(3600, seconds) * 1000 } : {};
}

import Stripe from "stripe";
import type { PaymentTrouble } from "../../src/ports/payments.ts";

/**
 * What an error of the library means for whoever asked. What is no error of Stripe's is a bug, and thrown on. Its words
 * are not kept: they may quote what was sent.
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

/** An answer that is not what was asked for, though the library took it for one. */
export function unexpected(what: string, answer: { readonly object?: unknown }): PaymentTrouble {
  return { ok: false, again: true, error: `Stripe did not answer with ${what} but with ${typeof answer.object}` };
}

function wait(error: Stripe.errors.StripeError): { afterMs?: number } {
  const seconds = Number(error.headers?.["retry-after"]);
  return Number.isFinite(seconds) && seconds > 0 ? { afterMs: Math.min(3600, seconds) * 1000 } : {};
}

import { minorDigits } from "../../src/words/money.ts";

/** Currencies whose smallest unit at Stripe differs from ISO 4217 (docs.stripe.com/currencies, special cases): decimal places. */
const stripeDigits: Readonly<Record<string, number>> = { ISK: 2, UGX: 2, MGA: 0 };

/** Converts an amount in minor units (ISO 4217) to Stripe's unit. */
export function toStripe(amountMinor: number, currency: string): number {
  return Math.round(amountMinor * factorOf(currency));
}

/** Converts an amount in Stripe's unit to minor units (ISO 4217). */
export function fromStripe(amount: number, currency: string): number {
  return Math.round(amount / factorOf(currency));
}

function factorOf(currency: string): number {
  const ours = minorDigits(currency);
  return 10 ** ((stripeDigits[currency] ?? ours) - ours);
}

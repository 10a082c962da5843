import { minorDigits } from "../../src/words/money.ts";

/** Where Stripe counts in another unit than ISO 4217 (docs.stripe.com/currencies, special cases): digits after the point. */
const stripeDigits: Readonly<Record<string, number>> = { ISK: 2, UGX: 2, MGA: 0 };

/** An amount of a currency's smallest unit as Stripe takes it. */
export function toStripe(amountMinor: number, currency: string): number {
  return Math.round(amountMinor * factorOf(currency));
}

/** The same amount as Stripe gives it back. */
export function fromStripe(amount: number, currency: string): number {
  return Math.round(amount / factorOf(currency));
}

function factorOf(currency: string): number {
  const ours = minorDigits(currency);
  return 10 ** ((stripeDigits[currency] ?? ours) - ours);
}

import type Stripe from "stripe";
import { z } from "zod";
import type { PaymentHint } from "../../src/ports/payments.ts";

/** How old a signature may be, in seconds: the library's own default. */
const toleranceSeconds = 300;

const notice = z.object({
  id: z.string().min(1).max(255),
  type: z.string(),
  livemode: z.boolean(),
  data: z.object({ object: z.object({ metadata: z.object({ payment: z.string() }).partial().nullish() }) }),
});

/**
 * Reads notices signed by one of `secrets`, of which there are two while one replaces the other. Undefined: nobody we
 * know has signed it lately, or it is no notice. Nothing but ids is taken from it.
 */
export function openWebhooks(
  stripe: Stripe,
  secrets: readonly string[],
): (raw: Buffer, signature: string, receivedAtMs: number) => PaymentHint | undefined {
  const isSigned = (raw: Buffer, signature: string, secret: string, receivedAtMs: number): boolean => {
    try {
      // The library compares in constant time, and throws for every kind of no.
      stripe.webhooks.constructEvent(raw, signature, secret, toleranceSeconds, undefined, receivedAtMs);
      return true;
    } catch {
      return false;
    }
  };
  return (raw, signature, receivedAtMs) => {
    if (!secrets.some((secret) => isSigned(raw, signature, secret, receivedAtMs))) return undefined;
    const read = notice.safeParse(JSON.parse(raw.toString("utf8")));
    if (!read.success) return undefined;
    const { id: eventId, type, livemode: live, data } = read.data;
    const paymentId = data.object.metadata?.payment;
    return { eventId, type, live, ...(paymentId === undefined ? {} : { paymentId }) };
  };
}

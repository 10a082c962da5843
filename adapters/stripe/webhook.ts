import type Stripe from "stripe";
import { z } from "zod";
import { given } from "../../src/given.ts";
import type { PaymentHint } from "../../src/ports/payments.ts";

/** How far a signature's time may lie behind or ahead, in seconds. The SDK checks its age only. */
const toleranceSeconds = 300;

const notice = z.object({
  id: z.string().min(1).max(255),
  type: z.string(),
  livemode: z.boolean(),
  data: z.object({ object: z.object({ metadata: z.object({ payment: z.string() }).partial().nullish() }) }),
});

/**
 * Parses webhooks signed with one of `secrets`; two are valid while a secret is rotated. Undefined when the signature is
 * invalid, too old or from the future (R11), or the body is not an event. Only ids are taken from the event.
 */
export function openWebhooks(
  stripe: Stripe,
  secrets: readonly string[],
): (raw: Buffer, signature: string, receivedAtMs: number) => PaymentHint | undefined {
  const isSigned = (raw: Buffer, signature: string, secret: string, receivedAtMs: number): boolean => {
    try {
      // Compares in constant time. Throws on every kind of failure.
      stripe.webhooks.constructEvent(raw, signature, secret, toleranceSeconds, undefined, receivedAtMs);
      return true;
    } catch {
      return false;
    }
  };
  return (raw, signature, receivedAtMs) => {
    if (isAhead(signature, receivedAtMs)) return undefined;
    if (!secrets.some((secret) => isSigned(raw, signature, secret, receivedAtMs))) return undefined;
    const read = notice.safeParse(JSON.parse(raw.toString("utf8")));
    if (!read.success) return undefined;
    const { id: eventId, type, livemode: live, data } = read.data;
    const paymentId = data.object.metadata?.payment;
    return { eventId, type, live, ...given({ paymentId }) };
  };
}

/** Whether any time in the signature header lies more than the tolerance ahead. */
function isAhead(signature: string, receivedAtMs: number): boolean {
  const times = [...signature.matchAll(/(?:^|,)\s*t=(\d+)/g)].map(([, seconds]) => Number(seconds));
  return times.some((seconds) => seconds > receivedAtMs / 1000 + toleranceSeconds);
}

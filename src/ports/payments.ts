/** A failed call to the provider. */
export type PaymentTrouble =
  /** Retry later, after `afterMs` if the provider set a delay. The operation may or may not have taken effect. */
  | { readonly ok: false; readonly again: true; readonly error: string; readonly afterMs?: number }
  /** Retrying cannot help: a wrong key, or a request that the provider rejects. */
  | { readonly ok: false; readonly again: false; readonly error: string };

/** A checkout to create. Repeating the same `key` returns the same checkout, so all fields come from the database. */
export interface LinkOrder {
  /** `<booking>:link:<attempt>`. */
  readonly key: string;
  readonly paymentId: string;
  readonly amountMinor: number;
  readonly currency: string;
  /** The service's public name. */
  readonly title: string;
  /** Wall time, epoch ms: 30 minutes to 24 hours ahead. */
  readonly expiresAtMs: number;
  /** Redirect targets after payment or cancellation. A redirect proves nothing. */
  readonly paidUrl: string;
  readonly backUrl: string;
}

export interface PaymentLink {
  readonly sessionId: string;
  readonly url: string;
}

/** A payment's state at the provider, which is authoritative. */
export type PaymentSeen =
  /** The checkout can still be paid. */
  | { readonly is: "open" }
  /** The checkout was not paid and can no longer be paid. */
  | { readonly is: "expired" }
  | {
      readonly is: "authorised";
      readonly intentId: string;
      readonly amountMinor: number;
      readonly currency: string;
      /** Wall time, epoch ms. */
      readonly captureBeforeMs?: number;
    }
  | { readonly is: "paid"; readonly intentId: string; readonly amountMinor: number; readonly currency: string }
  /** The authorisation was cancelled. */
  | { readonly is: "cancelled"; readonly intentId: string }
  /** The provider is still processing the payment. */
  | { readonly is: "processing" };

/** A webhook event. It only triggers a status query. */
export interface PaymentHint {
  /** The event's id; the same on redelivery. */
  readonly eventId: string;
  readonly type: string;
  readonly live: boolean;
  /** Our payment's id. Absent: the event does not concern one of our payments. */
  readonly paymentId?: string;
}

/** The result of opening a pay link: the provider's page, or why it cannot be opened. */
export type PayPage =
  | { readonly to: "checkout"; readonly url: string }
  | { readonly to: "paid" | "over" | "unknown" | "taken" | "trouble" };

type Done<Outcome> = { readonly ok: true; readonly outcome: Outcome };

/** A card payment provider. Expected races are outcomes; none of these methods throws for one. */
export interface Payments {
  /** Whether real money moves, as opposed to test mode. */
  readonly live: boolean;
  createLink(order: LinkOrder): Promise<Done<PaymentLink> | PaymentTrouble>;
  /** Expires a checkout. After `expired` it can no longer be paid. */
  expireLink(sessionId: string): Promise<Done<"expired" | "already_paid"> | PaymentTrouble>;
  /** Captures authorised money, idempotently. `too_late`: the authorisation has lapsed or the card was declined. */
  capture(intentId: string): Promise<Done<"paid" | "too_late"> | PaymentTrouble>;
  /** Cancels an authorisation. */
  release(intentId: string): Promise<Done<"released" | "already_paid"> | PaymentTrouble>;
  /** Refunds money. Repeating the same `key` refunds once. */
  refund(order: {
    readonly key: string;
    readonly intentId: string;
    readonly amountMinor: number;
    readonly currency: string;
  }): Promise<Done<"refunded" | "already_refunded"> | PaymentTrouble>;
  state(sessionId: string): Promise<{ readonly ok: true; readonly seen: PaymentSeen } | PaymentTrouble>;
  /** Parses a webhook. Undefined when its signature is invalid or too old. `receivedAtMs` is wall time. */
  parseWebhook(raw: Buffer, signature: string, receivedAtMs: number): PaymentHint | undefined;
}

/** What went wrong at the provider, where it is no answer to the question. */
export type PaymentTrouble =
  /** Try again later; `afterMs` where the provider said when. Whether it was done is not known. */
  | { readonly ok: false; readonly again: true; readonly error: string; readonly afterMs?: number }
  /** Trying again cannot help: a wrong key, a request it does not take. */
  | { readonly ok: false; readonly again: false; readonly error: string };

/** A checkout to be opened. The same `key` again gives the same one; all of it comes from what is stored. */
export interface LinkOrder {
  /** `<booking>:link:<attempt>`. */
  readonly key: string;
  readonly paymentId: string;
  readonly amountMinor: number;
  readonly currency: string;
  /** The neutral name of what is paid for. */
  readonly title: string;
  /** Real time, epoch ms: 30 minutes to 24 hours ahead. */
  readonly expiresAtMs: number;
  /** Where the person comes back to, having paid or not; neither proves anything. */
  readonly paidUrl: string;
  readonly backUrl: string;
}

export interface PaymentLink {
  readonly sessionId: string;
  readonly url: string;
}

/** How a payment stands at the provider, which is the truth. */
export type PaymentSeen =
  /** The checkout can still be paid. */
  | { readonly is: "open" }
  /** Nobody paid, and nobody can any more. */
  | { readonly is: "expired" }
  | {
      readonly is: "authorised";
      readonly intentId: string;
      readonly amountMinor: number;
      readonly currency: string;
      /** Real time, epoch ms. */
      readonly captureBeforeMs?: number;
    }
  | { readonly is: "paid"; readonly intentId: string; readonly amountMinor: number; readonly currency: string }
  /** It was authorised, and is no more. */
  | { readonly is: "cancelled"; readonly intentId: string }
  /** The provider is still at it. */
  | { readonly is: "processing" };

/** A notice of the provider: only a hint to look. */
export interface PaymentHint {
  /** The notice's own id, the same when it is sent again. */
  readonly eventId: string;
  readonly type: string;
  readonly live: boolean;
  /** Our payment it names; absent: it is about nothing of ours. */
  readonly paymentId?: string;
}

/** Where a pay link of the desk's own leads: to the provider's page, or why not. */
export type PayPage =
  | { readonly to: "checkout"; readonly url: string }
  | { readonly to: "paid" | "over" | "unknown" | "taken" | "trouble" };

type Done<Outcome> = { readonly ok: true; readonly outcome: Outcome };

/** A provider of card payments as the desk sees it. An ordinary race is an outcome; nothing here throws for one. */
export interface Payments {
  /** Whether real money moves. */
  readonly live: boolean;
  createLink(order: LinkOrder): Promise<Done<PaymentLink> | PaymentTrouble>;
  /** After `expired` nobody can pay there any more. */
  expireLink(sessionId: string): Promise<Done<"expired" | "already_paid"> | PaymentTrouble>;
  /** Takes authorised money, once, however often it is asked. `too_late`: it is not there any more, or the card refuses. */
  capture(intentId: string): Promise<Done<"paid" | "too_late"> | PaymentTrouble>;
  /** Lets go of authorised money. */
  release(intentId: string): Promise<Done<"released" | "already_paid"> | PaymentTrouble>;
  /** Gives money back; the same `key` again gives it back once. */
  refund(order: {
    readonly key: string;
    readonly intentId: string;
    readonly amountMinor: number;
    readonly currency: string;
  }): Promise<Done<"refunded" | "already_refunded"> | PaymentTrouble>;
  state(sessionId: string): Promise<{ readonly ok: true; readonly seen: PaymentSeen } | PaymentTrouble>;
  /** What a notice says; undefined: it was not signed by the provider, or too long ago. `receivedAtMs` is real time. */
  parseWebhook(raw: Buffer, signature: string, receivedAtMs: number): PaymentHint | undefined;
}

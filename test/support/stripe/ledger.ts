import { randomBytes } from "node:crypto";

/** A checkout session of the double. Times are in seconds, as at Stripe. */
export interface Session {
  readonly id: string;
  status: "open" | "complete" | "expired";
  readonly expiresAt: number;
  readonly amount: number;
  readonly currency: string;
  readonly title: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly intentMetadata: Readonly<Record<string, string>>;
  readonly successUrl: string;
  readonly cancelUrl: string;
  readonly reference: string;
  intentId?: string;
}

export interface Intent {
  readonly id: string;
  status: "requires_payment_method" | "requires_capture" | "succeeded" | "canceled";
  readonly amount: number;
  readonly currency: string;
  readonly metadata: Readonly<Record<string, string>>;
  captureBefore: number;
  received: number;
  refunded: number;
  /** The bank declines the capture. */
  refusesCapture: boolean;
  captures: number;
}

export interface Refund {
  readonly id: string;
  readonly intentId: string;
  readonly amount: number;
  readonly status: RefundStatus;
}

/** How the provider's first answer to a refund describes it: a failed or canceled one moves no money. */
export type RefundStatus = "succeeded" | "pending" | "failed" | "canceled";

/** An error response: HTTP status and the contents of `error`. */
export interface Refusal {
  readonly status: number;
  readonly error: Readonly<Record<string, unknown>>;
}

/** An event to send by webhook. */
export interface Happening {
  readonly type: string;
  readonly object: Readonly<Record<string, unknown>>;
}

const day = 86_400;

/** The double's state and Stripe's rules, independent of HTTP. */
export function openLedger(now: () => number, happened: (what: Happening) => void, url: () => string) {
  const sessions = new Map<string, Session>();
  const intents = new Map<string, Intent>();
  const refunds: Refund[] = [];
  const seconds = () => Math.floor(now() / 1000);
  const newId = (prefix: string) => `${prefix}_${randomBytes(12).toString("hex")}`;

  /** Expires checkouts and authorisations by the clock. */
  function age(): void {
    for (const session of sessions.values()) {
      if (session.status !== "open" || session.expiresAt > seconds()) continue;
      session.status = "expired";
      happened({ type: "checkout.session.expired", object: drawSession(session) });
    }
    for (const intent of intents.values()) {
      if (intent.status !== "requires_capture" || intent.captureBefore > seconds()) continue;
      intent.status = "canceled";
      happened({ type: "payment_intent.canceled", object: drawIntent(intent) });
    }
  }

  function createSession(leaves: Readonly<Record<string, string>>): Session | Refusal {
    const wrong = checkSession(leaves, seconds());
    if (wrong !== undefined) return wrong;
    const session: Session = {
      id: newId("cs_test"),
      status: "open",
      expiresAt: Number(leaves.expires_at),
      amount: Number(leaves["line_items.0.price_data.unit_amount"]),
      currency: leaves["line_items.0.price_data.currency"] ?? "",
      title: leaves["line_items.0.price_data.product_data.name"] ?? "",
      metadata: { payment: leaves["metadata.payment"] ?? "" },
      intentMetadata: { payment: leaves["payment_intent_data.metadata.payment"] ?? "" },
      successUrl: leaves.success_url ?? "",
      cancelUrl: leaves.cancel_url ?? "",
      reference: leaves.client_reference_id ?? "",
    };
    sessions.set(session.id, session);
    return session;
  }

  function expireSession(session: Session): Session | Refusal {
    if (session.status !== "open") return invalid(`This Session is ${session.status}: only open ones can be expired.`);
    session.status = "expired";
    happened({ type: "checkout.session.expired", object: drawSession(session) });
    return session;
  }

  /** Pays on the hosted page. */
  function pay(session: Session, card: string): "paid" | "declined" | "closed" {
    age();
    if (session.status !== "open") return "closed";
    const known = session.intentId === undefined ? undefined : intents.get(session.intentId);
    const intent: Intent = known ?? {
      id: newId("pi"),
      status: "requires_payment_method",
      amount: session.amount,
      currency: session.currency,
      metadata: session.intentMetadata,
      captureBefore: seconds() + 7 * day,
      received: 0,
      refunded: 0,
      refusesCapture: false,
      captures: 0,
    };
    intents.set(intent.id, intent);
    session.intentId = intent.id;
    if (card === cards.declined) {
      happened({ type: "payment_intent.payment_failed", object: drawIntent(intent) });
      return "declined";
    }
    intent.refusesCapture = card === cards.refusesCapture;
    intent.captureBefore = seconds() + (card === cards.shortAuthorisation ? 2 * day : 7 * day);
    intent.status = "requires_capture";
    session.status = "complete";
    happened({ type: "payment_intent.amount_capturable_updated", object: drawIntent(intent) });
    // With manual capture the checkout is complete and unpaid.
    happened({ type: "checkout.session.completed", object: drawSession(session) });
    return "paid";
  }

  function capture(intent: Intent): Intent | Refusal {
    if (intent.status === "canceled" && intent.captureBefore <= seconds())
      return { status: 400, error: { type: "invalid_request_error", code: "charge_expired_for_capture" } };
    if (intent.status !== "requires_capture") return unexpectedState(intent);
    if (intent.refusesCapture)
      return { status: 402, error: { type: "card_error", code: "card_declined", decline_code: "generic_decline" } };
    intent.status = "succeeded";
    intent.received = intent.amount;
    intent.captures += 1;
    happened({ type: "payment_intent.succeeded", object: drawIntent(intent) });
    return intent;
  }

  function cancel(intent: Intent): Intent | Refusal {
    if (intent.status === "succeeded" || intent.status === "canceled") return unexpectedState(intent);
    intent.status = "canceled";
    happened({ type: "payment_intent.canceled", object: drawIntent(intent) });
    return intent;
  }

  function refund(intent: Intent, amount: number, status: RefundStatus): Refund | Refusal {
    if (intent.refunded >= intent.received)
      return { status: 400, error: { type: "invalid_request_error", code: "charge_already_refunded" } };
    if (!Number.isSafeInteger(amount) || amount <= 0 || intent.refunded + amount > intent.received)
      return invalid("Refund amount is greater than unrefunded amount on charge.");
    const made = { id: newId("re"), intentId: intent.id, amount, status };
    refunds.push(made);
    if (status === "failed" || status === "canceled") return made;
    intent.refunded += amount;
    happened({ type: "charge.refunded", object: drawIntent(intent) });
    return made;
  }

  function drawSession(session: Session, expanded = false): Record<string, unknown> {
    const intent = session.intentId === undefined ? undefined : intents.get(session.intentId);
    return {
      id: session.id,
      object: "checkout.session",
      status: session.status,
      payment_status: intent?.status === "succeeded" ? "paid" : "unpaid",
      amount_total: session.amount,
      currency: session.currency,
      client_reference_id: session.reference,
      metadata: session.metadata,
      expires_at: session.expiresAt,
      livemode: false,
      payment_intent: intent === undefined ? null : expanded ? drawIntent(intent) : intent.id,
      url: session.status === "open" ? `${url()}/c/pay/${session.id}` : null,
    };
  }

  return {
    sessions,
    intents,
    refunds,
    age,
    createSession,
    expireSession,
    pay,
    capture,
    cancel,
    refund,
    drawSession,
    drawIntent,
  };
}

export type Ledger = ReturnType<typeof openLedger>;

/** Test cards with special behaviour. Any other number pays. */
export const cards = {
  good: "4242424242424242",
  declined: "4000000000000002",
  /** Authorises, then declines the capture. */
  refusesCapture: "4000000000000341",
  /** Its authorisation expires after two days. */
  shortAuthorisation: "4000000000000259",
} as const;

export function drawIntent(intent: Intent): Record<string, unknown> {
  return {
    id: intent.id,
    object: "payment_intent",
    status: intent.status,
    amount: intent.amount,
    amount_capturable: intent.status === "requires_capture" ? intent.amount : 0,
    amount_received: intent.received,
    currency: intent.currency,
    capture_method: "manual",
    metadata: intent.metadata,
    livemode: false,
    latest_charge:
      intent.status === "requires_payment_method"
        ? null
        : {
            id: `ch_${intent.id}`,
            object: "charge",
            payment_method_details: { type: "card", card: { capture_before: intent.captureBefore } },
          },
  };
}

export function invalid(message: string): Refusal {
  return { status: 400, error: { type: "invalid_request_error", message } };
}

function unexpectedState(intent: Intent): Refusal {
  return {
    status: 400,
    error: {
      type: "invalid_request_error",
      code: "payment_intent_unexpected_state",
      payment_intent: drawIntent(intent),
    },
  };
}

/** The parameters that the desk's checkouts may and must have. */
const sessionParameters = [
  "mode",
  "allowed_payment_method_types.0",
  "line_items.0.quantity",
  "line_items.0.price_data.currency",
  "line_items.0.price_data.unit_amount",
  "line_items.0.price_data.product_data.name",
  "payment_intent_data.capture_method",
  "payment_intent_data.metadata.payment",
  "metadata.payment",
  "client_reference_id",
  "expires_at",
  "success_url",
  "cancel_url",
];

function checkSession(leaves: Readonly<Record<string, string>>, nowSeconds: number): Refusal | undefined {
  const unknown = Object.keys(leaves).filter((name) => !sessionParameters.includes(name));
  if (unknown.length > 0)
    return { status: 400, error: { type: "invalid_request_error", code: "parameter_unknown", param: unknown[0] } };
  const missing = sessionParameters.find((name) => leaves[name] === undefined);
  if (missing !== undefined) return invalid(`Missing required param: ${missing}.`);
  if (leaves.mode !== "payment" || leaves["payment_intent_data.capture_method"] !== "manual")
    return invalid("This double only knows payments that are authorised first.");
  const amount = leaves["line_items.0.price_data.unit_amount"] ?? "";
  if (!/^[1-9]\d*$/.test(amount)) return invalid("Invalid integer: unit_amount");
  if (!/^[a-z]{3}$/.test(leaves["line_items.0.price_data.currency"] ?? "")) return invalid("Invalid currency");
  if (!leaves.success_url?.startsWith("http") || !leaves.cancel_url?.startsWith("http"))
    return invalid("Not a valid URL");
  const ahead = Number(leaves.expires_at) - nowSeconds;
  if (!Number.isInteger(ahead) || ahead < 1800 || ahead > day)
    return invalid("The `expires_at` timestamp must be 30 minutes to 24 hours after the Checkout Session creation.");
  return undefined;
}

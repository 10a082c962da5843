/** The kinds of ledger entries (D6.2). */
export const creditKinds = [
  "grant",
  "reserve",
  "consume",
  "release",
  "restore",
  "forfeit",
  "expire",
  "adjust",
] as const;
export type CreditKind = (typeof creditKinds)[number];

/** An entry of the append-only ledger. */
export interface CreditEntry {
  readonly kind: CreditKind;
  readonly serviceId: string;
  /** Whole credits; negative only for `adjust`. */
  readonly amount: number;
  /** The booking whose credit moves; absent for an entry about the package itself. */
  readonly bookingId?: string;
  readonly actor: string;
  readonly reason?: string;
  readonly atMs: number;
}

/** The balance: `granted = available + reserved + consumed + forfeited + expired` (D6.2). */
export interface Balance {
  readonly granted: number;
  readonly available: number;
  readonly reserved: number;
  readonly consumed: number;
  readonly forfeited: number;
  readonly expired: number;
}

/** The standing of a booking's credit; a booking that returned it has none. */
export type CreditStanding = "reserved" | "consumed" | "forfeited";

/** The state computed from a ledger. */
export interface Ledger {
  readonly byService: ReadonlyMap<string, Balance>;
  readonly total: Balance;
  /** By booking, in the order of reservation. */
  readonly standings: ReadonlyMap<string, { readonly serviceId: string; readonly standing: CreditStanding }>;
}

const nothing: Balance = { granted: 0, available: 0, reserved: 0, consumed: 0, forfeited: 0, expired: 0 };

type Place = Exclude<keyof Balance, "granted">;

/** Replays a ledger in order. */
export function readLedger(entries: readonly CreditEntry[]): Ledger {
  const byService = new Map<string, Balance>();
  const standings = new Map<string, { serviceId: string; standing: CreditStanding }>();
  for (const { kind, serviceId, amount, bookingId } of entries) {
    const before = byService.get(serviceId) ?? nothing;
    const from = sourceOf(kind, bookingId === undefined ? undefined : standings.get(bookingId)?.standing);
    const to = targetOf(kind);
    byService.set(serviceId, moved(before, from, to, amount));
    if (bookingId === undefined) continue;
    if (to === "available" || to === "expired") standings.delete(bookingId);
    else standings.set(bookingId, { serviceId, standing: to });
  }
  return { byService, total: [...byService.values()].reduce(added, nothing), standings };
}

/** A change to a ledger: of one booking's credit, or of an amount of the package. */
export type CreditMove =
  | {
      readonly kind: "reserve" | "consume" | "release" | "restore" | "forfeit";
      readonly serviceId: string;
      readonly bookingId: string;
    }
  /** `restore` without a booking restores expired credits, after an extension (D6.4). */
  | { readonly kind: "grant" | "expire" | "restore" | "adjust"; readonly serviceId: string; readonly amount: number };

export type CreditDecision =
  | { readonly ok: true; readonly amount: number }
  /**
   * `already`: the credit has the move's target standing; `none-left`: none is available; `not-there`: it has another
   * standing.
   */
  | { readonly ok: false; readonly refusal: "already" | "none-left" | "not-there" };

/**
 * Whether a move is allowed, and its amount; the refused ones would count a credit twice or make a balance negative.
 */
export function decideCredit(ledger: Ledger, move: CreditMove): CreditDecision {
  if ("amount" in move) return decideAmount(ledger.byService.get(move.serviceId) ?? nothing, move);
  const { kind, bookingId, serviceId } = move;
  const standing = ledger.standings.get(bookingId)?.standing;
  switch (kind) {
    case "reserve":
      if (standing !== undefined) return { ok: false, refusal: "already" };
      return (ledger.byService.get(serviceId)?.available ?? 0) > 0
        ? { ok: true, amount: 1 }
        : { ok: false, refusal: "none-left" };
    case "consume":
      if (standing === "consumed") return { ok: false, refusal: "already" };
      return allowed(standing !== undefined);
    case "release":
      return allowed(standing === "reserved");
    case "restore":
      return allowed(standing === "consumed" || standing === "forfeited");
    case "forfeit":
      if (standing === "forfeited") return { ok: false, refusal: "already" };
      return allowed(standing === "consumed");
    default:
      return kind satisfies never;
  }
}

function decideAmount(balance: Balance, { kind, amount }: { kind: string; amount: number }): CreditDecision {
  const isWhole = Number.isSafeInteger(amount) && amount !== 0;
  if (!isWhole || (amount < 0 && kind !== "adjust")) return { ok: false, refusal: "not-there" };
  const short =
    (kind === "expire" && amount > balance.available) ||
    (kind === "restore" && amount > balance.expired) ||
    (kind === "adjust" && balance.available + amount < 0);
  return short ? { ok: false, refusal: "none-left" } : { ok: true, amount };
}

function allowed(may: boolean): CreditDecision {
  return may ? { ok: true, amount: 1 } : { ok: false, refusal: "not-there" };
}

/** The balance an entry takes credits from; undefined: they are new. */
function sourceOf(kind: CreditKind, standing: CreditStanding | undefined): Place | undefined {
  switch (kind) {
    case "grant":
    case "adjust":
      return undefined;
    case "reserve":
    case "expire":
      return "available";
    case "release":
      return "reserved";
    case "consume":
      return standing ?? "reserved";
    case "forfeit":
      return standing ?? "consumed";
    case "restore":
      return standing ?? "expired";
    default:
      return kind satisfies never;
  }
}

function targetOf(kind: CreditKind): Place {
  switch (kind) {
    case "grant":
    case "adjust":
    case "release":
    case "restore":
      return "available";
    case "reserve":
      return "reserved";
    case "consume":
      return "consumed";
    case "forfeit":
      return "forfeited";
    case "expire":
      return "expired";
    default:
      return kind satisfies never;
  }
}

function moved(before: Balance, from: Place | undefined, to: Place, amount: number): Balance {
  const taken = from === undefined ? { granted: before.granted + amount } : { [from]: before[from] - amount };
  const after: Balance = { ...before, ...taken };
  return { ...after, [to]: after[to] + amount };
}

function added(a: Balance, b: Balance): Balance {
  return {
    granted: a.granted + b.granted,
    available: a.available + b.available,
    reserved: a.reserved + b.reserved,
    consumed: a.consumed + b.consumed,
    forfeited: a.forfeited + b.forfeited,
    expired: a.expired + b.expired,
  };
}

/**
 * The balance of a package that is over: available credits count as expired, whether or not the ledger records it yet.
 */
export function expiredNow(balance: Balance, isOver: boolean): Balance {
  return isOver ? { ...balance, available: 0, expired: balance.expired + balance.available } : balance;
}

/** The number of a booking's credit among its service's credits, from 1, and their count; undefined: it has none. */
export function placeInLedger(
  ledger: Ledger,
  bookingId: string,
): { readonly number: number; readonly of: number } | undefined {
  const own = ledger.standings.get(bookingId);
  if (own === undefined) return undefined;
  const ids = [...ledger.standings].filter(([, other]) => other.serviceId === own.serviceId).map(([id]) => id);
  return { number: ids.indexOf(bookingId) + 1, of: ledger.byService.get(own.serviceId)?.granted ?? 0 };
}

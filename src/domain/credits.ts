/** What may be written into a package's ledger (D6.2). */
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

/** A line of the ledger; the ledger only grows. */
export interface CreditEntry {
  readonly kind: CreditKind;
  readonly serviceId: string;
  /** Whole credits; below zero only to adjust. */
  readonly amount: number;
  /** Whose credit moves; absent for what concerns the package itself. */
  readonly bookingId?: string;
  readonly actor: string;
  readonly reason?: string;
  readonly atMs: number;
}

/** Where the credits are: `granted = available + reserved + consumed + forfeited + expired` (D6.2). */
export interface Balance {
  readonly granted: number;
  readonly available: number;
  readonly reserved: number;
  readonly consumed: number;
  readonly forfeited: number;
  readonly expired: number;
}

/** Where the credit of one booking is; a booking that has given it back has none. */
export type CreditStanding = "reserved" | "consumed" | "forfeited";

/** A ledger, read. */
export interface Ledger {
  readonly byService: ReadonlyMap<string, Balance>;
  readonly total: Balance;
  /** By booking, in the order the credits were taken. */
  readonly standings: ReadonlyMap<string, { readonly serviceId: string; readonly standing: CreditStanding }>;
}

const nothing: Balance = { granted: 0, available: 0, reserved: 0, consumed: 0, forfeited: 0, expired: 0 };

type Place = Exclude<keyof Balance, "granted">;

/** Reads a ledger from its first line to its last; the order is what it says. */
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

/** What is asked of a ledger: a booking's credit to be moved, or a number of the package's own. */
export type CreditMove =
  | {
      readonly kind: "reserve" | "consume" | "release" | "restore" | "forfeit";
      readonly serviceId: string;
      readonly bookingId: string;
    }
  /** `restore` without a booking brings expired credits back, which an extension does (D6.4). */
  | { readonly kind: "grant" | "expire" | "restore" | "adjust"; readonly serviceId: string; readonly amount: number };

export type CreditDecision =
  | { readonly ok: true; readonly amount: number }
  /** `already`: the credit is where the move leads; `none-left`: nothing to take; `not-there`: it is somewhere else. */
  | { readonly ok: false; readonly refusal: "already" | "none-left" | "not-there" };

/** Whether a move may be written down; what it refuses would leave a credit counted twice, or less than none. */
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

/** Where an entry takes credits from; undefined: they are new. */
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

/** A balance as it stands once the package is over, whether or not the ledger says so yet. */
export function expiredNow(balance: Balance, isOver: boolean): Balance {
  return isOver ? { ...balance, available: 0, expired: balance.expired + balance.available } : balance;
}

/** Which of its service's credits a booking has, from 1, and of how many; undefined: it has none. */
export function placeInLedger(
  ledger: Ledger,
  bookingId: string,
): { readonly number: number; readonly of: number } | undefined {
  const own = ledger.standings.get(bookingId);
  if (own === undefined) return undefined;
  const ids = [...ledger.standings].filter(([, other]) => other.serviceId === own.serviceId).map(([id]) => id);
  return { number: ids.indexOf(bookingId) + 1, of: ledger.byService.get(own.serviceId)?.granted ?? 0 };
}

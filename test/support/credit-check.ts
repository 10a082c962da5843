import type { Database } from "better-sqlite3";

type Place = "available" | "reserved" | "consumed" | "forfeited" | "expired";

interface Line {
  readonly pack: string;
  readonly service: string;
  readonly booking: string | null;
  readonly kind: string;
  readonly amount: number;
}

/** The account that each kind of ledger line credits. */
const targets: Readonly<Record<string, Place>> = {
  grant: "available",
  adjust: "available",
  reserve: "reserved",
  consume: "consumed",
  release: "available",
  restore: "available",
  forfeit: "forfeited",
  expire: "expired",
};

/**
 * The violations in the credit ledgers, one line each (D6.2): a negative account, credits without a source, or a booking
 * whose credit does not match its state. It sums the lines itself instead of using the desk's own code.
 */
export function creditViolationsIn(books: Database): string[] {
  const wrongs: string[] = [];
  const balances = new Map<string, Record<Place | "granted", number>>();
  const own = new Map<string, Place>();
  const lines = books
    .prepare(
      "select client_package_id pack, service_id service, booking_id booking, kind, amount from credit_entries order by seq",
    )
    .all() as readonly Line[]; // the columns named above
  for (const { pack, service, booking, kind, amount } of lines) {
    const item = `${pack} ${service}`;
    const balance = balances.get(item) ?? {
      granted: 0,
      available: 0,
      reserved: 0,
      consumed: 0,
      forfeited: 0,
      expired: 0,
    };
    balances.set(item, balance);
    const to = targets[kind];
    if (to === undefined) {
      wrongs.push(`credits: an unknown line ${kind} of ${item}`);
      continue;
    }
    if (kind === "grant" || kind === "adjust") balance.granted += amount;
    else balance[sourceOf(kind, booking === null ? undefined : own.get(booking))] -= amount;
    balance[to] += amount;
    if (booking !== null && to === "available") own.delete(booking);
    else if (booking !== null) own.set(booking, to);
    const { granted, ...places } = balance;
    const sum = Object.values(places).reduce((a, b) => a + b, 0);
    if (sum !== granted) wrongs.push(`credits: of ${granted} granted ${sum} are somewhere, ${item} after ${kind}`);
    if (Object.values(places).some((count) => count < 0)) wrongs.push(`credits: less than none, ${item} after ${kind}`);
  }
  const bookings = books
    .prepare(
      `select id, status, exists (select 1 from timers t where t.key = 'booking:' || b.id || ':cancellation') undoable
      from bookings b where client_package_id is not null`,
    )
    .all() as readonly { id: string; status: string; undoable: number }[]; // the columns named above
  for (const { id, status, undoable } of bookings) {
    const allowed = placesOf(status, undoable === 1);
    const place = own.get(id) ?? "none";
    if (!allowed.includes(place)) wrongs.push(`credits: the one of ${id}, which is ${status}, is ${place}`);
  }
  return wrongs;
}

/** The account that a line debits. */
function sourceOf(kind: string, standing: Place | undefined): Place {
  if (kind === "reserve" || kind === "expire") return "available";
  if (kind === "restore" && standing === undefined) return "expired";
  return standing ?? "reserved";
}

/** The accounts where a booking's credit may be. `none`: it was returned, or none was taken. */
function placesOf(status: string, isUndoable: boolean): readonly (Place | "none")[] {
  // A cancellation that can still be undone has no effect on credits yet (D4.9).
  if (isUndoable) return ["consumed"];
  switch (status) {
    case "requested":
    case "proposed":
      return ["reserved"];
    case "confirmed":
    case "completed":
      return ["consumed"];
    // Depending on the policy the credit is forfeited, replaced by a fee, or waived.
    case "late_cancelled":
      return ["forfeited", "none"];
    case "no_show":
      return ["forfeited", "consumed", "none"];
    default:
      return ["none"];
  }
}

import type { Scheduler } from "../src/clock.ts";

/** A row that cannot be read (R2). */
export interface UnreadableRow {
  readonly table: string;
  readonly column: string;
  /** Why; quotes nothing of the value. */
  readonly reason: string;
  /** What the query read of the row's ids and owners, by column name: `practice_id`, `client_id`, `user`. */
  readonly ids: Readonly<Record<string, string>>;
}

/** The unreadable rows that a process met within the last hour: a row that was mended is forgotten then. */
export interface UnreadableRows {
  note(row: UnreadableRow): void;
  list(): readonly UnreadableRow[];
}

/** Bounds the memory; whatever damages more rows than this is not one bad row. */
const mostKept = 1_000;

const keptMs = 60 * 60_000;

/** Collects unreadable rows. `onNew` is called for each, and again when it is met after an hour. */
export function collectUnreadable(
  { elapsed }: Pick<Scheduler, "elapsed">,
  onNew: (row: UnreadableRow) => void = () => {},
): UnreadableRows {
  const met = new Map<string, { readonly row: UnreadableRow; atMs: number }>();
  function forget(): void {
    for (const [key, { atMs }] of met) if (elapsed() - atMs > keptMs) met.delete(key);
  }
  return {
    note(row) {
      const key = JSON.stringify([row.table, row.column, row.ids]);
      const known = met.get(key);
      if (known !== undefined) known.atMs = elapsed();
      else if (met.size < mostKept) {
        met.set(key, { row, atMs: elapsed() });
        onNew(row);
      }
    },
    list() {
      forget();
      return [...met.values()].map(({ row }) => row);
    },
  };
}

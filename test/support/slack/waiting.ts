import { patienceMs } from "../patience.ts";

/** Resolves with the value of `find` once it returns one; rejects with `what` after a time limit. */
export type Until = <Found>(what: string, find: () => Found | undefined | false, withinMs?: number) => Promise<Found>;

/** Waits that are checked on each event, without polling. */
export function awaited(): { readonly until: Until; look(): void } {
  const looks = new Set<() => void>();
  return {
    look: () => {
      for (const look of looks) look();
    },
    until: (what, find, withinMs = patienceMs) =>
      new Promise((resolve, reject) => {
        const end = () => {
          looks.delete(look);
          clearTimeout(timer);
        };
        const look = () => {
          try {
            const found = find();
            if (found === undefined || found === false) return;
            end();
            resolve(found);
          } catch (error) {
            end();
            reject(error);
          }
        };
        const timer = setTimeout(() => {
          end();
          reject(new Error(`not within ${withinMs} ms: ${what}`));
        }, withinMs);
        looks.add(look);
        look();
      }),
  };
}

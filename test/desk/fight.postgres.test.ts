import { expect, test } from "vitest";
import type { Store } from "../../db/store.ts";
import { confirmBooking, type DecideResult, withdrawBooking } from "../../src/desk/booking/decide.ts";
import { type HoldResult, holdSlot } from "../../src/desk/booking/hold.ts";
import { type SubmitResult, submitBooking } from "../../src/desk/booking/request.ts";
import type { Desk } from "../../src/desk/desk.ts";
import { instant } from "../support/clock.ts";
import { crowdedPractice } from "../support/crowd.ts";
import { importYaml } from "../support/desk-files.ts";
import { openPostgresTestStore } from "../support/postgres-store.ts";

const now = instant("2026-03-02T08:00:00Z");
const nine = instant("2026-03-03T09:00:00Z");
const hour = 3_600_000;

/** A practice of one practitioner, and two desk processes over its books. */
async function twoDesks(yaml = crowdedPractice({ clients: 12, practitioners: 1 })) {
  const here = await openPostgresTestStore();
  await importYaml(here, yaml, now);
  const stores: readonly Store[] = [here, await here.reopen()];
  /** Acts as a client, alternating between the two desks. */
  return <T>(at: number, act: (desk: Desk) => Promise<T>): Promise<T> => {
    const store = stores[at % 2] ?? here;
    const rest = { realNowMs: now, nowMs: now, publicUrl: "http://localhost:3000", platforms: [] };
    return store.transaction((books) => act({ books, ...rest }));
  };
}

const client = (at: number) =>
  ({ kind: "client", practiceId: "crowd", clientId: `c${at + 1}`, place: "page:local:c" }) as const;
const practitioner = {
  kind: "practitioner",
  practiceId: "crowd",
  practitionerId: "p1",
  admin: false,
  place: "page:local:p1",
} as const;
const order = (startsAtMs: number) => ({ serviceId: "talk", methodKey: "phone", startsAtMs });
const granted = <Result extends HoldResult | SubmitResult | DecideResult>(results: readonly Result[]) =>
  results.flatMap((result) => (result.ok ? [result.booking] : []));

test("D3.3: of twelve clients at two desks who hold times that conflict through the rest between sessions, one succeeds", async () => {
  const at = await twoDesks();
  for (let round = 0; round < 5; round += 1) {
    const start = nine + round * 2 * hour;
    const held = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        at(n, (desk) => holdSlot(desk, client(n), order(start + (n % 2) * (hour / 2)))),
      ),
    );
    expect(granted(held), `round ${round}`).toHaveLength(1);
  }
});

test("D3.5: of twelve clients at two desks who request the last session of a day's limit, one succeeds", async () => {
  const yaml = crowdedPractice({ clients: 12, practitioners: 1 });
  const at = await twoDesks(yaml.replace("hours: [", "limits: { perDay: 1 }, hours: ["));
  const held = await Promise.all(
    Array.from({ length: 12 }, (_, n) => at(n, (desk) => holdSlot(desk, client(n), order(nine + n * hour)))),
  );
  const drafts = granted(held);
  expect(drafts).toHaveLength(12);
  const asked = await Promise.all(drafts.map(({ id }, n) => at(n, (desk) => submitBooking(desk, client(n), id))));
  expect(granted(asked)).toHaveLength(1);
});

test("case 11: confirm and withdraw at once, at two desks: one happens, the other side sees which", async () => {
  const at = await twoDesks();
  for (let round = 0; round < 8; round += 1) {
    const held = await at(0, (desk) => holdSlot(desk, client(round), order(nine + round * hour)));
    const [draft] = granted([held]);
    if (draft === undefined) throw new Error("the time was free");
    await at(0, (desk) => submitBooking(desk, client(round), draft.id));
    const both = await Promise.all([
      at(0, (desk) => confirmBooking(desk, practitioner, draft.id)),
      at(1, (desk) => withdrawBooking(desk, client(round), draft.id)),
    ]);
    const [done] = granted(both);
    expect(granted(both)).toHaveLength(1);
    expect(both).toContainEqual({ ok: false, refusal: "not-now", booking: done });
  }
});

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Store } from "../../db/store.ts";
import { holdSlot } from "../../src/desk/booking/hold.ts";
import { submitBooking } from "../../src/desk/booking/request.ts";
import type { Desk } from "../../src/desk/desk.ts";
import { submitPlan } from "../../src/desk/packages/submit-plan.ts";
import { readLedger } from "../../src/domain/credits.ts";
import { instant } from "../support/clock.ts";
import { importYaml } from "../support/desk-files.ts";
import { openPostgresTestStore } from "../support/postgres-store.ts";
import { asClient } from "./quay.ts";

const practiceId = "packages";
const now = instant("2026-03-02T08:00:00Z");
const week = 7 * 24 * 3_600_000;
const yaml = readFileSync(new URL("../support/practices/packages.yaml", import.meta.url), "utf8")
  .replace("    limits: { perWeek: 1 }\n", "")
  .replace("{ template: single, startsOn: 2026-02-27 }", "{ template: spring-reset, startsOn: 2026-03-02 }");

/** Two desk processes over one practice's books. */
async function twoDesks() {
  const here = await openPostgresTestStore();
  await importYaml(here, yaml, now);
  const stores: readonly Store[] = [here, await here.reopen()];
  const at = <T>(which: number, act: (desk: Desk) => Promise<T>): Promise<T> => {
    const store = stores[which % 2] ?? here;
    const rest = { realNowMs: now, nowMs: now, publicUrl: "http://localhost:3000", platforms: [] };
    return store.transaction((books) => act({ books, ...rest }));
  };
  const grantOf = async (client: string) => {
    const grants = await here.read.packages.listGrants(practiceId, client);
    return grants.find(({ templateId, startsOn }) => templateId === "spring-reset" && startsOn < "2026-05")?.id ?? "";
  };
  return { here, at, grantOf };
}

const same = { serviceId: "follow-up", methodKey: "video", practitionerId: "maya" };
const weeksFrom = (iso: string, count: number) => Array.from({ length: count }, (_, n) => instant(iso) + n * week);

test("case 14: two plans and single bookings at two desks never use more than the last credits", async () => {
  const { here, at, grantOf } = await twoDesks();
  const clientPackageId = await grantOf("ana");
  const ana = asClient("ana", practiceId);
  // Two transactions, as in the chat: one press holds the time, another submits.
  const single = async (which: number, startsAtMs: number) => {
    const held = await at(which, (desk) => holdSlot(desk, ana, { ...same, clientPackageId, startsAtMs }));
    return held.ok ? at(which, (desk) => submitBooking(desk, ana, held.booking.id)) : held;
  };
  await Promise.all([
    at(0, (desk) => submitPlan(desk, ana, { ...same, clientPackageId, startsAtMs: weeksFrom("2026-03-03T15:00Z", 3) })),
    at(1, (desk) => submitPlan(desk, ana, { ...same, clientPackageId, startsAtMs: weeksFrom("2026-03-03T16:00Z", 3) })),
    single(0, instant("2026-03-05T10:00Z")),
    single(1, instant("2026-03-06T10:00Z")),
    single(0, instant("2026-03-12T10:00Z")),
  ]);
  const { total } = readLedger(await here.read.packages.listEntries(practiceId, clientPackageId));
  const bookings = await here.read.bookings.listForClient(practiceId, "ana", { statuses: ["requested"], order: "asc" });
  expect(total.available).toBeGreaterThanOrEqual(0);
  expect(total.reserved).toBe(bookings.length);
  const plans = Map.groupBy(bookings, ({ planId }) => planId ?? "");
  plans.delete("");
  expect([...plans.values()].every((all) => all.length === 3)).toBe(true);
  expect(bookings.length).toBeGreaterThanOrEqual(3);
});

test("two plans at two desks that share one start: one plan is sent whole, the other not at all", async () => {
  const { here, at, grantOf } = await twoDesks();
  for (const round of [0, 1]) {
    const shared = instant("2026-03-03T15:00Z") + round * week;
    const plan = (client: string, own: number) => async (desk: Desk) =>
      submitPlan(desk, asClient(client, practiceId), {
        ...same,
        clientPackageId: await grantOf(client),
        startsAtMs: [shared, instant(`2026-04-0${own}T10:00Z`) + round * week],
      });
    const results = await Promise.all([at(0, plan("ana", 1)), at(1, plan("carl", 2))]);
    expect(results.filter(({ ok }) => ok).length, `round ${round}`).toBe(1);
  }
  const sent = await Promise.all(
    ["ana", "carl"].map((client) =>
      here.read.bookings.listForClient(practiceId, client, { statuses: ["requested"], order: "asc" }),
    ),
  );
  expect(sent.flat()).toHaveLength(4);
});

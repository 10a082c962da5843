import { expect, test } from "vitest";
import { quay } from "../desk/quay.ts";
import { expectOwnersOnly, openBusyDesk } from "../support/damage.ts";

test("each column of each table damaged in turn: nobody is locked out, and others notice nothing (R2)", async () => {
  const desk = await openBusyDesk(quay);
  expect(await expectOwnersOnly(desk, () => true)).toBeGreaterThan(100);
});

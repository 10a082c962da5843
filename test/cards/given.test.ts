import { expect, expectTypeOf, test } from "vitest";
import { given } from "../../src/given.ts";

test("removes undefined fields, and no others", () => {
  const made = given({ a: undefined, b: "", c: 0, d: false, e: null, f: [] });
  expect(Object.keys(made)).toEqual(["b", "c", "d", "e", "f"]);
});

test("returns the same as a JSON round trip", () => {
  const made = given({ bookingId: undefined as string | undefined, page: 1 });
  expect(JSON.parse(JSON.stringify(made))).toStrictEqual(made);
});

test("makes fields optional that may be undefined, and keeps the others", () => {
  const made = given({ bookingId: "bk_1" as string | undefined, page: 1 as number });
  expectTypeOf(made).toEqualTypeOf<{ readonly page: number } & { readonly bookingId?: string }>();
});

import { expect, test } from "vitest";
import { minorDigits, money, plainAmount, readAmount } from "../../src/words/money.ts";

test.each([
  ["EUR", 9000, "€90.00", "90.00"],
  ["JPY", 9000, "JP¥9,000", "9000"],
  ["KWD", 9000, "KWD 9.000", "9.000"],
  // In use without hundredths, but still counted in them (ISO 4217).
  ["HUF", 900_000, "HUF 9,000.00", "9000.00"],
  ["IDR", 900_000, "IDR 9,000.00", "9000.00"],
  ["ISK", 9000, "ISK 9,000", "9000"],
])("an amount of %s is counted, written and read in its smallest unit (D5.6)", (currency, minor, written, plain) => {
  expect(money({ minor, currency }, "en-GB").replaceAll("\u00a0", " ")).toBe(written);
  expect(plainAmount({ minor, currency })).toBe(plain);
  expect(readAmount(plain, currency)).toEqual({ minor, currency });
  expect(plain.split(".")[1]?.length ?? 0).toBe(minorDigits(currency));
});

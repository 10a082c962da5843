import type { Money } from "../domain/money.ts";

const formatters = new Map<string, Intl.NumberFormat>();

/** "€90.00" in the practice's locale. */
export function money(amount: Money, locale: string): string {
  const key = `${locale}|${amount.currency}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    formatter = new Intl.NumberFormat(locale, { style: "currency", currency: amount.currency });
    formatters.set(key, formatter);
  }
  const digits = formatter.resolvedOptions().maximumFractionDigits ?? 2;
  return formatter.format(amount.minor / 10 ** digits);
}

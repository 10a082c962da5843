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

/** "250.00": an amount without its currency, as it is written into a field. */
export function plainAmount({ minor, currency }: Money): string {
  const digits = minorDigits(currency);
  return (minor / 10 ** digits).toFixed(digits);
}

/** The amount a field was filled with, "250", "250.00" or "250,00"; undefined for what is no amount of that currency. */
export function readAmount(text: string, currency: string): Money | undefined {
  const digits = minorDigits(currency);
  const found = /^(\d{1,7})(?:[.,](\d{1,4}))?$/.exec(text.trim());
  const [, whole = "", part = ""] = found ?? [];
  if (found === null || part.length > digits) return undefined;
  return { minor: Number(whole + part.padEnd(digits, "0")), currency };
}

function minorDigits(currency: string): number {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

import type { Money } from "../domain/money.ts";

const formatters = new Map<string, Intl.NumberFormat>();

/** "€90.00" in the practice's locale. */
export function money(amount: Money, locale: string): string {
  const key = `${locale}|${amount.currency}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    const digits = minorDigits(amount.currency);
    const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    formatter = new Intl.NumberFormat(locale, { style: "currency", currency: amount.currency, ...fraction });
    formatters.set(key, formatter);
  }
  return formatter.format(amount.minor / 10 ** minorDigits(amount.currency));
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

/** Currencies whose smallest unit is not a hundredth (ISO 4217). Intl counts what is in use, which for HUF or IDR is another. */
const withoutMinor = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" ");
const withThousandths = "BHD IQD JOD KWD LYD OMR TND".split(" ");

/** How many digits of an amount in a currency's smallest unit come after the point (ISO 4217). */
export function minorDigits(currency: string): number {
  if (withoutMinor.includes(currency)) return 0;
  return withThousandths.includes(currency) ? 3 : 2;
}

const letters = /^[a-z0-9]{4}$/i;

/**
 * The one-time code words contain, as it is printed: `FD-7K3M-Q2XP`; typed in any case, with or without its dashes.
 * Undefined: there is none. Whether it is any good the books know.
 */
export function entryCodeIn(text: string): string | undefined {
  const said = text.replaceAll(/[‐-―−]/g, "-");
  const found =
    /(?<![a-z0-9])fd-?([a-z0-9]{4})-?([a-z0-9]{4})(?![a-z0-9-])/i.exec(said) ??
    /^\s*fd[\s-]+([a-z0-9]{4})[\s-]+([a-z0-9]{4})[\s.]*$/i.exec(said);
  const [, one = "", two = ""] = found ?? [];
  return letters.test(one) && letters.test(two) ? `FD-${one}-${two}`.toUpperCase() : undefined;
}

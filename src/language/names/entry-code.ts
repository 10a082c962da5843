const letters = /^[a-z0-9]{4}$/i;

/**
 * The one-time code in a text, as it is printed: `FD-7K3M-Q2XP`, in upper or lower case, with or without its dashes.
 * Undefined: there is none. The database decides whether it is valid.
 */
export function entryCodeIn(text: string): string | undefined {
  const said = text.replaceAll(/[‐-―−]/g, "-");
  const found =
    /(?<![a-z0-9])fd-?([a-z0-9]{4})-?([a-z0-9]{4})(?![a-z0-9-])/i.exec(said) ??
    /^\s*fd[\s-]+([a-z0-9]{4})[\s-]+([a-z0-9]{4})[\s.]*$/i.exec(said);
  const [, one = "", two = ""] = found ?? [];
  return letters.test(one) && letters.test(two) ? `FD-${one}-${two}`.toUpperCase() : undefined;
}

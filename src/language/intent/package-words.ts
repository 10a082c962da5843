import { saysWholeName, wordsOf } from "../names/names.ts";
import { normalise } from "../normalise.ts";
import { type Candidate, findNamed } from "./reference.ts";

/**
 * What words say of packages: `any` one of them, `next` session of whatever there is, or `none`: without one. Undefined:
 * nothing. "Next session" alone names no package, so it only chooses where there is just one (D6.5).
 */
export function packageSaid(text: string): "any" | "next" | "none" | undefined {
  const said = normalise(text);
  if (without.test(said)) return "none";
  if (aPackage.test(said)) return "any";
  return /\bnext (?:[a-z-]+ )?(?:session|appointment)\b/.test(said) ? "next" : undefined;
}

/** The words without what they say of packages, so that times beside it are read as usual. */
export function withoutPackageWords(text: string): string {
  const said = normalise(text);
  return said.replace(without, " ").replace(fromPackage, " ").replace(/\s+/g, " ").trim();
}

/** Whether the next session of several is meant: the first time that fits is then the one wanted. */
export function wantsNextSession(text: string): boolean {
  return /\bnext (?:[a-z-]+ ){0,3}(?:session|appointment)\b/.test(normalise(text));
}

const fromPackage =
  /\b(?:from|with|using|use|out of|off|on) (?:a |the |my |any |1 of my )?(?:packages?|packs?|bundles?|credits?|prepaid)\b/;
const aPackage = /\b(?:packages?|packs?|bundles?|credits?|prepaid|pre-paid|my remaining sessions?)\b/;
const without =
  /\b(?:without|not (?:from|using|with)|no|instead of|outside(?: of)?) (?:a |the |my |any |using (?:a|the|my) )?(?:[a-z]+ ){0,3}(?:packages?|packs?|bundles?|credits?)\b|\bpay (?:for it )?(?:myself|separately)\b/;

/** Which of a client's packages the words name, and the words left without that name. */
export interface PackageNamed {
  readonly ids: readonly string[];
  readonly rest: string;
}

/**
 * Finds packages by name, word by word as services are. Where the words do not speak of packages at all, only a name
 * said in full is one: "sometime in spring" is no Spring reset.
 */
export function findPackageNamed(text: string, packages: readonly Candidate[]): PackageNamed {
  const speaks =
    packageSaid(text) === "any" || /\b(?:use|using|from|with|on|off) (?:my|the|our)\b/.test(normalise(text));
  const words = wordsOf(text);
  const candidates = speaks
    ? packages
    : packages.filter(({ names }) => names.some((name) => saysWholeName(words, wordsOf(name))));
  return candidates.length === 0 ? { ids: [], rest: text } : findNamed(text, candidates);
}

/** "How many sessions do I have left?", "what's left of my package?": the packages, not the calendar. */
export function asksForPackages(text: string): boolean {
  const said = normalise(text).replace(/[.!?]+$/, "");
  return balance.some((pattern) => pattern.test(said));
}

const balance: readonly RegExp[] = [
  /^(?:please )?(?:(?:show|see|list|open|view|check)(?: me)? )?(?:all )?(?:my |the )?(?:packages?|packs?|bundles?|credits?)$/,
  /\bhow (?:many|much) (?:[a-z-]+ ){0,3}(?:do|have|are|is|can) (?:[a-z-]+ ){0,6}(?:left|remain(?:ing|s)?|still have|over|unused)\b/,
  /\bhow (?:many|much) (?:[a-z-]+ ){0,4}(?:left|remaining|remain)\b/,
  /\b(?:what|anything|how much)(?:'s| is| do i have| have i got)? (?:left|remaining)\b.*\b(?:packages?|packs?|bundles?|credits?|sessions?)\b/,
  /\b(?:sessions?|credits?|appointments?) (?:do i have |have i got |are |i have |i've got )?(?:left|remaining)$/,
  /\bwhen (?:does|do|will|is) (?:my|the) (?:[a-z-]+ ){0,3}(?:package|pack|bundle|credits?) (?:expire|end|run out|over)/,
  /\b(?:what(?:'s| is)|how much is|anything) left (?:of|on|in|from)\b/,
  /\b(?:package|credit) (?:balance|history|ledger)\b/,
];

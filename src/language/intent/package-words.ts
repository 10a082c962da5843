import { normalise } from "../normalise.ts";

/**
 * What words say about packages: `any` of them, the `next` session of any package, or `none`, which is a session
 * without one. Undefined: nothing. "Next session" alone names no package, so it only chooses if there is exactly one
 * (D6.5).
 */
export function packageSaid(text: string): "any" | "next" | "none" | undefined {
  const said = normalise(text);
  if (without.test(said)) return "none";
  if (aPackage.test(said)) return "any";
  return /\bnext (?:[a-z-]+ )?(?:session|appointment)\b/.test(said) ? "next" : undefined;
}

const aPackage = /\b(?:packages?|packs?|bundles?|credits?|prepaid|pre-paid|my remaining sessions?)\b/;
const without =
  /\b(?:without|not (?:from|using|with)|no|instead of|outside(?: of)?) (?:a |the |my |any |using (?:a|the|my) )?(?:[a-z]+ ){0,3}(?:packages?|packs?|bundles?|credits?)\b|\bpay (?:for it )?(?:myself|separately)\b/;

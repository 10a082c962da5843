/** Lengths in octets (RFC 5321 section 4.5.3.1, RFC 3696 erratum 1690); those of a domain hold for its ASCII form. */
const longest = { address: 254, localPart: 64, domain: 253, label: 63 } as const;

/**
 * A dot-atom (RFC 5322 section 3.2.3), with letters, marks and digits of every script (RFC 6531). Quoted local parts are refused:
 * mail programs disagree about them. Control characters, blanks and separators are no atom, so an address cannot add a header
 * or a second recipient.
 */
const localPartShape = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;

/** Labels of letters, marks, digits and inner hyphens; the last one starts with a letter, which excludes IP addresses. */
const domainShape =
  /^([\p{L}\p{M}\p{N}]([\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?\.)*\p{L}[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}]$/u;

/**
 * Whether a text is exactly one e-mail address, such as `ana@example.com`, `mary&john@example.com` or `info@münchen.example`.
 * The one rule for the practice file, typed words and outgoing mail. Refuses display names, blanks, a second `@`, a dot at
 * either end of a part, and what is too long or no domain in IDNA. The domain needs `leastLabels` labels: 2 refuses
 * `ana@localhost`.
 */
export function isEmailAddress(text: string, leastLabels = 2): boolean {
  const at = text.lastIndexOf("@");
  const localPart = text.slice(0, Math.max(at, 0));
  const domain = text.slice(at + 1);
  if (text.length > longest.address || !localPartShape.test(localPart) || !domainShape.test(domain)) return false;
  const labels = asciiDomain(domain)?.split(".") ?? [];
  const asciiLength = labels.join(".").length;
  const localLength = new TextEncoder().encode(localPart).length;
  return (
    labels.length >= leastLabels &&
    labels.every((label) => label !== "" && label.length <= longest.label) &&
    asciiLength <= longest.domain &&
    localLength <= longest.localPart &&
    localLength + 1 + asciiLength <= longest.address
  );
}

/** A domain in ASCII by the WHATWG URL Standard's IDNA mapping; undefined for an invalid one. */
function asciiDomain(domain: string): string | undefined {
  return URL.canParse(`https://${domain}`) ? new URL(`https://${domain}`).hostname : undefined;
}

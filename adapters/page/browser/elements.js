/** @typedef {Node | string | undefined} Child */

/**
 * Creates an element. Strings become text nodes, never markup. Attributes that are undefined or false are omitted.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Readonly<Record<string, string | boolean | undefined>>} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/**
 * The element under `parent` that matches the selector.
 * @template {Element} Kind
 * @param {ParentNode} parent
 * @param {string} selector
 * @param {new () => Kind} kind
 * @returns {Kind} Throws when it is missing.
 */
export function the(parent, selector, kind) {
  const found = parent.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`the page has no ${selector}`);
  return found;
}

/**
 * The text with its URLs as links.
 * @param {string} text
 * @returns {(Node | string)[]}
 */
export function linked(text) {
  return text
    .split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/)
    .map((piece, index) => (index % 2 === 1 ? link(piece, piece) : piece));
}

/**
 * A link that opens in a new tab. The plain text if the URL is not http or https.
 * @param {string} url
 * @param {string} text
 * @param {Readonly<Record<string, string | undefined>>} [attributes]
 * @returns {HTMLElement}
 */
export function link(url, text, attributes = {}) {
  // Card URLs are data: `javascript:` and the like must not become links.
  if (!URL.canParse(url, location.href) || !/^https?:$/.test(new URL(url, location.href).protocol))
    return element("span", {}, text);
  return element("a", { href: url, target: "_blank", rel: "noopener noreferrer", ...attributes }, text);
}

/** @typedef {Node | string | undefined} Child */

/**
 * A new element. Strings become text nodes, never markup; an attribute that is undefined or false is left out.
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
 * The one element under `parent` that the page's HTML has.
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
 * Text with its web addresses as links.
 * @param {string} text
 * @returns {(Node | string)[]}
 */
export function linked(text) {
  return text
    .split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/)
    .map((piece, index) => (index % 2 === 1 ? link(piece, piece) : piece));
}

/**
 * A link that opens beside the page; the bare text when the address is not one of the web.
 * @param {string} url
 * @param {string} text
 * @param {Readonly<Record<string, string | undefined>>} [attributes]
 * @returns {HTMLElement}
 */
export function link(url, text, attributes = {}) {
  // A card's address is data: `javascript:` and the like must never become something to press.
  if (!URL.canParse(url, location.href) || !/^https?:$/.test(new URL(url, location.href).protocol))
    return element("span", {}, text);
  return element("a", { href: url, target: "_blank", rel: "noopener noreferrer", ...attributes }, text);
}

import { the } from "./elements.js";

/**
 * The navigation for narrow windows, where only one view is visible: marks the current view, and hidden views with news.
 * @param {readonly HTMLElement[]} sections
 * @returns {(section: HTMLElement) => void} Call when a section has news.
 */
export function openViews(sections) {
  const links = new Map(
    sections.map((section) => [section, the(document, `.views a[href="#${section.id}"]`, HTMLAnchorElement)]),
  );
  /** @type {Set<Element>} */
  const inSight = new Set();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) inSight.add(target);
        else inSight.delete(target);
      }
      for (const [section, link] of links) {
        if (inSight.has(section)) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
        if (inSight.has(section)) markNews(link, false);
      }
    },
    { threshold: 0.6 },
  );
  for (const section of sections) observer.observe(section);

  return (section) => {
    const link = links.get(section);
    if (link && !inSight.has(section)) markNews(link, true);
  };
}

/**
 * @param {HTMLAnchorElement} link
 * @param {boolean} hasNews
 */
function markNews(link, hasNews) {
  the(link, ".news", HTMLElement).hidden = !hasNews;
}

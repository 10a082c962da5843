/** @import { TrayMail } from "../../../src/ports/mailer.ts" */
import { element, linked, the } from "./elements.js";

/** @typedef {Omit<TrayMail, "ics"> & { hasInvitation: boolean }} ListedMail */

/**
 * The mail tray: all mails of the desk, newest first. Pressing a mail shows its text.
 * @param {HTMLElement} section
 * @returns {{ reload: () => Promise<void> }} `reload` rejects when the desk does not respond.
 */
export function openMail(section) {
  const list = the(section, "ul", HTMLUListElement);
  const status = the(section, "[role=status]", HTMLElement);
  /** @type {Map<string, HTMLLIElement>} A mail never changes, so each is drawn once and stays expanded. */
  const items = new Map();
  let isFirstLook = true;

  return {
    async reload() {
      const response = await fetch("/page/mail");
      if (!response.ok) throw new Error("the desk did not answer");
      /** @type {readonly ListedMail[]} */
      const mails = await response.json();
      const fresh = mails.filter(({ id }) => !items.has(id));
      for (const mail of fresh.toReversed()) {
        const item = drawMail(mail);
        items.set(mail.id, item);
        list.prepend(item);
      }
      if (!isFirstLook && fresh[0]) status.textContent = `New mail: ${fresh[0].subject}`;
      isFirstLook = false;
    },
  };
}

/** @param {ListedMail} mail */
function drawMail(mail) {
  const body = element("div", { class: "letter", id: `mail-${mail.id}`, hidden: true }, ...paragraphs(mail.text));
  if (mail.hasInvitation) {
    const href = `/page/mail/${encodeURIComponent(mail.id)}.ics`;
    body.append(element("a", { class: "button", href, download: true }, "Add to calendar (.ics)"));
  }
  const opener = element(
    "button",
    { type: "button", class: "envelope", "aria-expanded": "false", "aria-controls": body.id },
    element("span", { class: "subject" }, mail.subject),
    " ",
    element("span", { class: "to" }, `To ${mail.to}`),
  );
  opener.addEventListener("click", () => {
    body.hidden = !body.hidden;
    opener.setAttribute("aria-expanded", String(!body.hidden));
  });
  return element("li", {}, opener, body);
}

/** @param {string} text */
function paragraphs(text) {
  return text.split(/\n{2,}/).map((paragraph) => element("p", {}, ...linked(paragraph.trim())));
}

/** @import { PagePerson } from "../../../src/ports/page-messages.ts" */
import { element, the } from "./elements.js";

const someoneNew = "someone-new";

/**
 * The picker `Signed in as` of one chat. The choice is stored across reloads. "Someone new" is a new guest each time it is chosen.
 * @param {HTMLElement} section
 * @param {"client" | "practitioner"} role The chat's role, which determines the default choice.
 * @param {readonly PagePerson[]} people
 * @param {(user: string) => void} onChange
 * @returns {string} The signed-in user.
 */
export function openPicker(section, role, people, onChange) {
  const select = the(section, "select", HTMLSelectElement);
  const avatar = the(section, ".avatar", HTMLElement);
  const choiceKey = `frontdesk.${role}`;
  const guestKey = `frontdesk.${role}.guest`;

  function user() {
    const guest = sessionStorage.getItem(guestKey) ?? `guest-${crypto.randomUUID()}`;
    if (select.value !== someoneNew) return select.value;
    sessionStorage.setItem(guestKey, guest);
    return guest;
  }

  function showAvatar() {
    avatar.textContent = select.value === someoneNew ? "?" : initials(select.selectedOptions[0]?.label ?? "");
  }

  const isBound = (/** @type {PagePerson} */ person) => person.bound;
  const clients = people.filter((person) => person.role === "client");
  const practitioners = people.filter((person) => person.role === "practitioner");
  select.replaceChildren(
    ...group("Clients", clients.filter(isBound)),
    ...group("Practitioners", practitioners.filter(isBound)),
    ...group(
      "Not activated yet",
      people.filter((person) => !person.bound),
    ),
    element("option", { value: someoneNew }, "Someone new"),
  );
  const own = role === "client" ? clients : practitioners;
  const choices = [localStorage.getItem(choiceKey), own.find(isBound)?.user, own[0]?.user, someoneNew];
  select.value = choices.find((choice) => [...select.options].some(({ value }) => value === choice)) ?? someoneNew;
  showAvatar();
  select.addEventListener("change", () => {
    sessionStorage.removeItem(guestKey);
    localStorage.setItem(choiceKey, select.value);
    showAvatar();
    onChange(user());
  });
  return user();
}

/**
 * @param {string} label
 * @param {readonly PagePerson[]} people
 */
function group(label, people) {
  if (people.length === 0) return [];
  return [element("optgroup", { label }, ...people.map(({ user, name }) => element("option", { value: user }, name)))];
}

/** @param {string} name */
function initials(name) {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word) && !/^(dr|mr|ms|mrs|prof)\.?$/i.test(word));
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toUpperCase();
}

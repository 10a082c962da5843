/** @import { Look, ShownMessage } from "../drawings.ts" */
/** @import { MessageView, Pressed } from "./message.js" */
/** @import { Outcome } from "./queue.js" */
import { the } from "./elements.js";
import { openLines } from "./lines.js";
import { drawMessage } from "./message.js";
import { openQueue } from "./queue.js";
import { openFollowing } from "./scroll.js";
import { stopSlips } from "./slips.js";

/** Delay in ms before the typing indicator appears. Quick answers need none. */
const patientMs = 150;

/**
 * One of the two chats.
 * @typedef {object} Chat
 * @property {() => string} user The signed-in user.
 * @property {(user: string) => void} signIn Clears the chat for another user; `reload` fills it.
 * @property {() => Promise<void>} reload Fetches all messages and sends `opened`. Rejects when the desk does not respond.
 * @property {(message: ShownMessage) => boolean} changed Shows a new or repainted message; true when it has new content.
 * @property {(messageId: string) => void} unreadFrom Draws the line "New" above this message, until the user writes or presses something.
 * @property {(lines: readonly string[]) => void} suggest Shows suggested lines.
 * @property {() => boolean} isEmpty Whether the chat has no messages.
 */

/**
 * @param {HTMLElement} section
 * @param {() => number} deskNow The desk's time, epoch ms.
 * @param {() => Look} look How cards are displayed.
 * @param {(waiting: boolean) => void} onWaiting Called when the desk stops responding and when it responds again.
 * @returns {Chat}
 */
export function openChat(section, deskNow, look, onWaiting) {
  const log = the(section, "[role=log]", HTMLElement);
  const note = the(section, ".note", HTMLElement);
  const typing = the(section, ".typing", HTMLElement);
  const box = the(section, "textarea", HTMLTextAreaElement);
  const form = the(section, ".composer", HTMLFormElement);
  const following = openFollowing(log, the(section, ".jump", HTMLElement));
  const post = openQueue(onWaiting);
  /** @type {Map<string, MessageView>} By message id, in the order shown. */
  const views = new Map();
  /** Ids of typed messages that the desk has not confirmed. */
  const unsure = new Set();
  let user = "";
  let isLoading = false;
  let changedMeanwhile = false;
  let underWay = 0;
  const drawLines = openLines(the(section, ".lines", HTMLElement), (line) => void say(line));
  /** @type {readonly string[]} */
  let lines = [];

  /** Hides suggestions while a card has inputs: a suggested line would be sent as the answer. */
  function offerLines() {
    const newest = [...views.values()].findLast((view) => view.message().author === "desk")?.message().card;
    drawLines(newest?.parts.some((part) => part.type === "inputs") ? [] : lines);
  }

  /** @param {ShownMessage} message */
  function show(message) {
    unsure.delete(message.id);
    const view = views.get(message.id);
    if (view) return view.repaint(message);
    const drawn = drawMessage(message, section.id, press);
    views.set(message.id, drawn);
    log.append(drawn.element);
  }

  /** Updates the message headers, which depend on the preceding message. */
  function place() {
    const byElement = new Map([...views.values()].map((view) => [/** @type {Element} */ (view.element), view]));
    /** @type {ShownMessage | undefined} */
    let before;
    for (const child of log.children) {
      const view = byElement.get(child);
      view?.setPlace(before);
      before = view?.message();
    }
  }

  /** @param {readonly ShownMessage[]} messages */
  function showAll(messages) {
    const ids = new Set(messages.map(({ id }) => id));
    for (const [id, view] of views) if (!ids.has(id) && !unsure.has(id)) forget(id, view);
    messages.forEach((message, index) => {
      show(message);
      const element = views.get(message.id)?.element;
      // Moving an element drops its focus, so only misplaced elements are moved.
      if (element && log.children[index] !== element) log.insertBefore(element, log.children[index] ?? null);
    });
    place();
  }

  /**
   * @param {string} id
   * @param {MessageView | undefined} view
   */
  function forget(id, view) {
    view?.element.remove();
    views.delete(id);
    unsure.delete(id);
  }

  /**
   * Posts with a typing indicator. The outcome is `undefined` if another user has signed in meanwhile.
   * @param {string} path
   * @param {object} body
   * @returns {Promise<Outcome | undefined>}
   */
  async function ask(path, body) {
    const asker = user;
    note.textContent = "";
    for (const view of views.values()) view.setUnread(false);
    underWay += 1;
    const dots = setTimeout(() => following.around(() => typing.removeAttribute("hidden")), patientMs);
    const outcome = await post(path, { user: asker, ...body });
    clearTimeout(dots);
    underWay -= 1;
    if (underWay === 0) typing.setAttribute("hidden", "");
    if (asker !== user) return undefined;
    if (!outcome.ok) note.textContent = outcome.sentence;
    else if (outcome.delivered.refused) note.textContent = outcome.delivered.refused;
    return outcome;
  }

  /** @param {string} text */
  async function say(text) {
    const id = crypto.randomUUID();
    const messageId = `page:${id}`;
    const newest = [...views.values()].findLast((view) => view.message().author === "desk")?.message().card;
    show({ id: messageId, user, author: "me", sentAtMs: deskNow(), text: newest?.privateReply ? "••••" : text });
    place();
    unsure.add(messageId);
    following.follow();
    const outcome = await ask("/page/say", { id, text });
    if (outcome?.ok !== false || !unsure.has(messageId)) return;
    forget(messageId, views.get(messageId));
    if (box.value === "") box.value = text;
  }

  /**
   * @param {MessageView} view
   * @param {Pressed} pressed
   */
  async function press(view, pressed) {
    const { id: messageId, talkId, revision } = view.message();
    const isBusy = view.element.querySelector("[aria-busy=true]") !== null;
    if (isBusy || talkId === undefined || revision === undefined) return;
    view.setBusy(true);
    const id = crypto.randomUUID();
    const outcome = await ("data" in pressed
      ? ask("/page/press-drawn", { id, messageId, data: pressed.data })
      : ask("/page/press", { id, talkId, revision, ...pressed }));
    if (view.message().revision === revision) view.setBusy(false);
    const errors = outcome?.ok ? outcome.delivered.errors : undefined;
    if (errors && !view.showErrors(errors)) note.textContent = Object.values(errors).join(" ");
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = box.value.trim();
    box.value = "";
    box.focus();
    if (text !== "") void say(text);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!event.repeat) form.requestSubmit();
  });
  stopSlips(log);

  return {
    user: () => user,
    isEmpty: () => views.size === 0,
    suggest(next) {
      lines = next;
      following.around(offerLines);
    },
    unreadFrom(messageId) {
      following.around(() => {
        for (const [id, view] of views) view.setUnread(id === messageId);
      });
    },
    signIn(next) {
      user = next;
      note.textContent = "";
      box.value = "";
      for (const [id, view] of views) forget(id, view);
      following.follow();
    },
    async reload() {
      changedMeanwhile = isLoading;
      if (isLoading) return;
      isLoading = true;
      // Suppresses screen reader announcements of old messages.
      log.setAttribute("aria-busy", "true");
      try {
        do {
          changedMeanwhile = false;
          const asker = user;
          const as = look();
          const messages = await fetchChat(asker, as);
          if (asker === user && as === look())
            following.around(() => {
              showAll(messages);
              offerLines();
            });
          else changedMeanwhile = true;
        } while (changedMeanwhile);
      } finally {
        isLoading = false;
        log.removeAttribute("aria-busy");
      }
      void post("/page/open", { user });
    },
    changed(message) {
      const before = views.get(message.id)?.message();
      if (isLoading) changedMeanwhile = true;
      else
        following.around(() => {
          show(message);
          place();
          offerLines();
        });
      // A repaint that only removes buttons is not news.
      return before === undefined || before.card?.title !== message.card?.title;
    },
  };
}

/**
 * @param {string} user
 * @param {Look} as
 * @returns {Promise<readonly ShownMessage[]>}
 */
async function fetchChat(user, as) {
  const response = await fetch(`/page/chat?${new URLSearchParams({ user, as })}`);
  if (!response.ok) throw new Error("the desk did not answer");
  return response.json();
}

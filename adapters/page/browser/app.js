/** @import { PagePerson } from "../../../src/ports/page-messages.ts" */
import { openChat } from "./chat.js";
import { the } from "./elements.js";
import { openMail } from "./mail.js";
import { openPicker } from "./people.js";
import { pause } from "./queue.js";
import { openUpdates } from "./updates.js";
import { openViews } from "./views.js";

const againMs = 1_000;
const sections = {
  client: the(document, "#client", HTMLElement),
  practitioner: the(document, "#practitioner", HTMLElement),
  mail: the(document, "#mail", HTMLElement),
};
const connection = the(document, "#connection", HTMLElement);

/** Everything that waits for the desk just now. */
const waiting = new Set();

/**
 * @param {string} who
 * @param {boolean} waits
 */
function setWaiting(who, waits) {
  if (waits) waiting.add(who);
  else waiting.delete(who);
  const text = waiting.size > 0 ? "Connection lost, trying again…" : "";
  if (connection.textContent !== text) connection.textContent = text;
}

/**
 * Tries until the desk answers.
 * @template T
 * @param {string} who
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function insist(who, work) {
  for (;;) {
    try {
      const result = await work();
      setWaiting(who, false);
      return result;
    } catch {
      setWaiting(who, true);
      await pause(againMs);
    }
  }
}

/** @returns {Promise<readonly PagePerson[]>} */
async function fetchPeople() {
  const response = await fetch("/page/people");
  if (!response.ok) throw new Error("the desk did not answer");
  return response.json();
}

const tellNews = openViews(Object.values(sections));
const mail = openMail(sections.mail);
const client = openChat(sections.client, (waits) => setWaiting("client", waits));
const practitioner = openChat(sections.practitioner, (waits) => setWaiting("practitioner", waits));

const updates = openUpdates({
  onConnected() {
    setWaiting("updates", false);
    void insist("client", client.reload);
    void insist("practitioner", practitioner.reload);
    void insist("mail", mail.reload);
  },
  onLost: () => setWaiting("updates", true),
  onMessage(message) {
    for (const [chat, section] of /** @type {const} */ ([
      [client, sections.client],
      [practitioner, sections.practitioner],
    ])) {
      if (chat.user() !== message.user) continue;
      chat.changed(message);
      if (message.author === "desk") tellNews(section);
    }
  },
  onMail() {
    void insist("mail", mail.reload);
    tellNews(sections.mail);
  },
});

/**
 * @param {typeof client} chat
 * @param {string} user
 */
function signIn(chat, user) {
  chat.signIn(user);
  updates.watch(client.user(), practitioner.user());
}

const people = await insist("people", fetchPeople);
client.signIn(openPicker(sections.client, "client", people, (user) => signIn(client, user)));
practitioner.signIn(openPicker(sections.practitioner, "practitioner", people, (user) => signIn(practitioner, user)));
updates.watch(client.user(), practitioner.user());

/** @import { PagePerson } from "../../../src/ports/page-messages.ts" */
/** @import { ShownMessage } from "../drawings.ts" */
import { openChat } from "./chat.js";
import { openClock } from "./clock.js";
import { the } from "./elements.js";
import { openLook } from "./look.js";
import { openMail } from "./mail.js";
import { openPicker } from "./people.js";
import { pause } from "./queue.js";
import { openUnread } from "./unread.js";
import { openUpdates } from "./updates.js";
import { openViews } from "./views.js";

const againMs = 1_000;
/** Delay in ms before suggestions are fetched again after a change. Several cards often arrive at once. */
const settledMs = 500;
const sections = {
  client: the(document, "#client", HTMLElement),
  practitioner: the(document, "#practitioner", HTMLElement),
  mail: the(document, "#mail", HTMLElement),
};
const connection = the(document, "#connection", HTMLElement);

/** The parts of the page that are waiting for a response. */
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
 * Retries until the call succeeds.
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
const tellUnread = openUnread(Object.values(sections));
const clock = openClock(the(document, "#clock", HTMLElement));
const mail = openMail(sections.mail);
const look = openLook(the(document, "#look", HTMLElement), watch);
const client = openChat(sections.client, clock.now, look.now, (waits) => setWaiting("client", waits));
const practitioner = openChat(sections.practitioner, clock.now, look.now, (waits) => setWaiting("practitioner", waits));
const chats = /** @type {const} */ ([
  [client, sections.client],
  [practitioner, sections.practitioner],
]);

/**
 * Shows a new or repainted message in each chat where its user is signed in.
 * @param {ShownMessage} message
 */
function receive(message) {
  for (const [chat, section] of chats) {
    if (chat.user() !== message.user) continue;
    // The greeting of a user who opens the chat for the first time does not count as news.
    const isGreeting = chat.isEmpty();
    const isNews = chat.changed(message);
    if (message.author === "me" || isGreeting || !isNews) continue;
    tellNews(section);
    if (tellUnread(section, message.id)) chat.unreadFrom(message.id);
  }
}

/** @type {readonly PagePerson[]} */
let people = [];
/** @type {ReturnType<typeof setTimeout> | undefined} */
let settling;
let mails = 0;

function suggest() {
  for (const [chat] of chats) chat.suggest(people.find(({ user }) => user === chat.user())?.lines ?? []);
}

/** Fetches the suggested lines again, because pending requests and free times may have changed. */
function suggestAnew() {
  clearTimeout(settling);
  settling = setTimeout(async () => {
    people = await fetchPeople().catch(() => people);
    suggest();
  }, settledMs);
}

const updates = openUpdates({
  onConnected() {
    setWaiting("updates", false);
    void insist("client", client.reload);
    void insist("practitioner", practitioner.reload);
    void insist("mail", mail.reload);
    void insist("clock", clock.reload);
  },
  onLost: () => setWaiting("updates", true),
  onMessage(message) {
    receive(message);
    if (message.author === "desk") suggestAnew();
  },
  onMail() {
    mails += 1;
    void insist("mail", mail.reload);
    tellNews(sections.mail);
    tellUnread(sections.mail, `mail-${mails}`);
  },
  onClock(nowMs) {
    clock.moved(nowMs);
    suggestAnew();
  },
});

/** Reconnects the event stream. On connect everything is fetched again. */
function watch() {
  updates.watch({ client: client.user(), practitioner: practitioner.user(), as: look.now() });
}

/**
 * @param {typeof client} chat
 * @param {string} user
 */
function signIn(chat, user) {
  chat.signIn(user);
  suggest();
  watch();
}

[people] = await Promise.all([insist("people", fetchPeople), look.ready()]);
client.signIn(openPicker(sections.client, "client", people, (user) => signIn(client, user)));
practitioner.signIn(openPicker(sections.practitioner, "practitioner", people, (user) => signIn(practitioner, user)));
watch();
suggest();

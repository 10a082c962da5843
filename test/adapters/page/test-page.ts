import { openPage, type PageParts } from "../../../adapters/page/page.ts";
import type { Card } from "../../../src/cards/card.ts";
import type { Delivered, Inbound } from "../../../src/conversation/inbound.ts";
import { drawings } from "../../../src/drawings.ts";
import type { MailTray, TrayMail } from "../../../src/ports/mailer.ts";
import type { OutgoingCard } from "../../../src/ports/messenger.ts";
import type { PageMessage, PageMessages, PagePerson } from "../../../src/ports/page-messages.ts";
import { frozenClock } from "../../support/clock.ts";
import { serve } from "../../support/http.ts";

/** Ana and Maya chat with the desk; Cleo has no chat identity yet. */
const harbourPeople: readonly PagePerson[] = [
  { user: "maya", name: "Dr Maya Lee", role: "practitioner", bound: true },
  { user: "ana", name: "Ana Alves", role: "client", bound: true },
  { user: "ben", name: "Ben Okoro", role: "client", bound: true },
  { user: "page-cleo", name: "Cleo Marsh", role: "client", bound: false },
];

/** The page on a free port with its store in memory and a desk with set answers; records every inbound. */
export async function openTestPage(options: Partial<PageParts> & { people?: PageParts["people"] } = {}) {
  const messages = memoryMessages();
  const tray = memoryTray();
  const inbounds: Inbound[] = [];
  const clock = frozenClock("2026-03-02T08:00:00Z");
  let answer: (inbound: Inbound) => Promise<Delivered> = async () => ({});
  const page = openPage({
    deliver: async (inbound) => {
      inbounds.push(inbound);
      return answer(inbound);
    },
    messages,
    people: { list: async () => harbourPeople },
    tray,
    clock,
    drawings,
    nextDueAtMs: async () => undefined,
    isLoopbackHost: true,
    isLoopbackUrl: true,
    production: false,
    expectsPrivateReply: async () => false,
    ...options,
  });
  const { address, server, lines } = await serve(page.routes);
  return {
    address,
    server,
    lines,
    page,
    messages,
    tray,
    clock,
    inbounds,
    /** Sets the desk's answer from now on. */
    answers(next: typeof answer) {
      answer = next;
    },
    /** A card from the desk's outbox. */
    async send(card: Card, outgoing: Partial<OutgoingCard> & { user?: string } = {}) {
      const { user = "ana", ...rest } = outgoing;
      const to = { platform: "page", workspace: "local", user } as const;
      return page.messenger.send({ outboxId: "ob_1", attempt: 1, to, talkId: "tk_1", revision: 1, card, ...rest });
    },
    /** A POST as the page's own script sends it. */
    post(path: string, body: unknown, headers: Record<string, string> = {}) {
      return fetch(`${address}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", origin: address, ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
      });
    },
  };
}

function memoryMessages(): PageMessages & { readonly rows: PageMessage[] } {
  const rows: PageMessage[] = [];
  return {
    rows,
    list: async (user) => rows.filter((row) => row.user === user),
    add: async (message) => {
      if (!rows.some(({ id }) => id === message.id)) rows.push(message);
    },
    repaint: async (messageId, update) => {
      const at = rows.findIndex(({ id }) => id === messageId);
      const row = rows[at];
      if (row) rows[at] = { ...row, ...update };
      return row !== undefined;
    },
  };
}

function memoryTray(): MailTray {
  const mails: TrayMail[] = [];
  return {
    add: async (mail) => {
      if (!mails.some(({ id }) => id === mail.id)) mails.push(mail);
    },
    list: async () => [...mails],
  };
}

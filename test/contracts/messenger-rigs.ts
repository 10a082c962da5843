import { randomUUID } from "node:crypto";
import { type Card, eventButtons, type Input } from "../../src/cards/card.ts";
import type { Inbound } from "../../src/conversation/inbound.ts";
import type { Address, Messenger, OutgoingCard, SendOutcome } from "../../src/ports/messenger.ts";
import { openTestPage } from "../adapters/page/test-page.ts";
import { openRig, team } from "../adapters/slack/slack-rig.ts";
import { anasTeams, openTestTeams } from "../adapters/teams/test-teams.ts";

/** A messenger with Ana as its user, and no desk behind it. */
export interface MessengerRig {
  readonly messenger: Messenger;
  /** Ana's address. */
  readonly to: Address;
  /** The inbounds from Ana's actions, oldest first. */
  readonly inbounds: readonly Inbound[];
  send(outgoing: Partial<OutgoingCard> & { readonly card: Card }): Promise<SendOutcome>;
  /** The desk's messages as Ana reads them, oldest first. */
  seen(): readonly string[];
  /** Presses the button with this label, ignoring the mark of a present choice. */
  press(label: string): Promise<void>;
  /** Answers the one question of the newest card and submits it. */
  answer(input: Input, value: string | readonly string[], submit: string): Promise<void>;
  /** Ana deletes the newest message of the desk. */
  deleteNewest(): void;
  /** Advances real time for the messenger and its platform. */
  pass(ms: number): void;
  /**
   * Whether `*stars*` in a person's text are shown bold: the platform has no escape for them, and they are harmless.
   */
  readonly emphasises?: true;
  /** Faults on the connection to the platform; absent without a connection. */
  readonly network?: Network;
}

/** Faults of the next call that writes a message. */
export interface Network {
  outage(): void;
  /** The message is accepted, but the answer is lost. */
  loseReply(): void;
  limit(seconds: number): void;
  /** Makes Ana unreachable from now on. */
  shutOut(): void;
  /** Whether the platform can be searched for a message whose answer was lost, so that it is never posted twice. */
  readonly canLook: boolean;
}

const outgoing = (to: Address, given: Partial<OutgoingCard> & { readonly card: Card }): OutgoingCard => ({
  outboxId: "ob_1",
  attempt: 1,
  to,
  talkId: "tk_1",
  revision: 1,
  ...given,
});

/** The local page: its messages are in the desk's own database. */
async function openPageRig(): Promise<MessengerRig> {
  const { page, messages, inbounds, post } = await openTestPage();
  const to: Address = { platform: "page", workspace: "local", user: "ana" };
  const press = async (label: string, values?: Readonly<Record<string, string | readonly string[]>>) => {
    const row = messages.rows.findLast(({ card }) => card && eventButtons(card).some((each) => each.label === label));
    const event = row?.card && eventButtons(row.card).find((each) => each.label === label)?.action.event;
    const { talkId, revision } = row ?? {};
    const sent = await post("/page/press", { user: "ana", id: randomUUID(), talkId, revision, event, values });
    if (sent.status !== 200) throw new Error(`“${label}” was answered ${sent.status}`);
  };
  return {
    messenger: page.messenger,
    to,
    inbounds,
    send: (given) => page.messenger.send(outgoing(to, given)),
    seen: () => messages.rows.map(({ card }) => (card === undefined ? "" : textsOf(card).join("\n"))),
    press: (label) => press(label),
    answer: ({ id }, value, submit) => press(submit, { [id]: value }),
    deleteNewest: () => void messages.rows.pop(),
    pass: () => undefined,
  };
}

/** All text of a card, unformatted. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

function titled(titles: readonly string[], label: string): string {
  return titles.find((title) => title.includes(label)) ?? label;
}

async function openSlackRig(): Promise<MessengerRig> {
  const rig = await openRig({ echo: false });
  const { fake, slack, heard, world } = rig;
  const to: Address = { platform: "slack", workspace: team, user: "U0ANA" };
  const ana = world.user(team, "U0ANA");
  const words: Readonly<Record<string, string>> = { yes: "Yes", no: "No" };
  return {
    messenger: slack.messenger,
    to,
    inbounds: heard,
    send: (given) => slack.messenger.send(outgoing(to, given)),
    seen: () => ana.messages().map(({ words: text, buttons }) => [text, ...buttons].join("\n")),
    press: async (label) => void (await ana.click(titled(ana.newest().buttons, label))),
    async answer({ kind, label }, value, submit) {
      const isTick = kind === "consent";
      const given = kind === "yes_no" ? (words[String(value)] ?? "") : value;
      await ana.fill({ [label]: isTick ? (value === "yes" ? ["I agree"] : []) : given });
      await ana.click(submit);
    },
    deleteNewest() {
      const { channelId, ts } = ana.newest();
      const channel = [...(fake.state.workspaces.get(team)?.channels.values() ?? [])].find(
        ({ id }) => id === channelId,
      );
      if (channel !== undefined) channel.messages = channel.messages.filter((message) => message.ts !== ts);
    },
    pass: rig.pass,
    emphasises: true,
    network: {
      canLook: true,
      outage: () => fake.faults.plan("chat.postMessage", { kind: "server-error" }),
      loseReply: () => fake.faults.plan("chat.postMessage", { kind: "lost" }),
      limit: (retryAfterS) => fake.faults.plan("chat.postMessage", { kind: "ratelimited", retryAfterS }),
      shutOut: () => fake.faults.plan("chat.postMessage", { kind: "refusal", error: "account_inactive" }),
    },
  };
}

async function openTeamsRig(): Promise<MessengerRig> {
  let aheadMs = 0;
  const { world, ana, inbounds, send, shown, teams, clock } = await openTestTeams({
    world: { realNow: () => Date.now() + aheadMs },
  });
  await ana.install();
  inbounds.length = 0;
  const words: Readonly<Record<string, string>> = { yes: "Yes", no: "No" };
  return {
    messenger: teams.messenger,
    to: anasTeams,
    inbounds,
    send({ card, ...given }) {
      shown.set(given.talkId ?? "tk_1", card);
      return send(card, given);
    },
    seen: ana.messages,
    press: async (label) => void (await ana.click(titled(ana.buttons(), label))),
    async answer({ kind, label }, value, submit) {
      const given = kind === "consent" ? value === "yes" : kind === "yes_no" ? (words[String(value)] ?? "") : value;
      ana.fill({ [label]: given });
      await ana.click(submit);
    },
    deleteNewest() {
      const message = ana.chat.messages.at(-1);
      if (message !== undefined) message.deleted = true;
    },
    pass(ms) {
      aheadMs += ms;
      clock.advance(ms);
    },
    network: {
      canLook: false,
      outage: () => world.connector.fail({ status: 503 }),
      loseReply: () => world.connector.fail("lost reply"),
      limit: (retryAfterSeconds) => world.connector.fail({ status: 429, retryAfterSeconds }),
      shutOut: () => ana.block(),
    },
  };
}

/** Every messenger of the desk. */
export const messengers: readonly { readonly name: string; open(): Promise<MessengerRig> }[] = [
  { name: "the page", open: openPageRig },
  { name: "Slack", open: openSlackRig },
  { name: "Teams", open: openTeamsRig },
];

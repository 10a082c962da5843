import type { Card } from "../../src/cards/card.ts";
import type { Mailer, MailOutcome, TrayMail } from "../../src/ports/mailer.ts";
import type { Messenger, OutgoingCard, Platform, SendOutcome } from "../../src/ports/messenger.ts";
import type { Dice } from "./dice.ts";
import type { Life } from "./virtual-time.ts";

/** A message in a person's chat. */
export interface Shown {
  readonly id: string;
  readonly talkId: string;
  readonly revision: number;
  readonly card: Card;
}

export interface SentMail extends Pick<TrayMail, "to" | "subject" | "text"> {
  readonly bookingId: string;
}

/** The services outside the desk. They outlive its process. */
export interface Services {
  /** The messages of a chat, oldest first. */
  chat(platform: Platform, user: string): readonly Shown[];
  /** Removes a message, as its reader may. */
  remove(platform: Platform, user: string, messageId: string): void;
  /** Talks whose message a reader removed. */
  readonly removed: ReadonlySet<string>;
  readonly mails: ReadonlyMap<string, SentMail>;
  /** The rules that the desk broke towards the services. */
  readonly breaches: readonly string[];
  /** One call to a service: `take` has its effect there; afterwards the answer may be lost, and `failed` is what comes. */
  ask<Outcome>(life: Life, take: () => Outcome, failed: () => Outcome): Promise<Outcome>;
  /** How the services behave from now on, for some minutes at most. */
  setWeather(weather: Weather): void;
  messenger(platform: Platform, life: Life): Messenger;
  mailer(life: Life): Mailer;
}

/** `stormy`: calls fail, answers are lost or late. `hanging`: a call takes most of its time limit and fails. */
export type Weather = "calm" | "stormy" | "hanging";

/** The time after which an adapter gives a call up, ms. */
const callLimitMs = 20_000;

/** An outage is shorter than the desk's retries go on, and so is the time until the next one. */
const outageMs = 20 * 60_000;
const restMs = 60 * 60_000;

/** Opens chats and mail without any message. A repeated row finds its earlier message, as the adapters find it. */
export function openServices(dice: Dice, nowMs: () => number): Services {
  const chats = new Map<string, Shown[]>();
  const posted = new Map<string, string>();
  const mails = new Map<string, SentMail>();
  const removed = new Set<string>();
  const breaches: string[] = [];
  const inHand = new Map<string, Life>();
  let set: { readonly weather: Weather; readonly untilMs: number } = {
    weather: "calm",
    untilMs: Number.NEGATIVE_INFINITY,
  };
  const weatherNow = (): Weather => (nowMs() < set.untilMs ? set.weather : "calm");
  let count = 0;

  const chatOf = (platform: Platform, user: string): Shown[] => {
    const key = `${platform}:${user}`;
    const chat = chats.get(key) ?? [];
    chats.set(key, chat);
    return chat;
  };

  /** One call about a row of the outbox, which no two calls may be about at the same time. */
  async function call<Outcome>(
    life: Life,
    rowId: string,
    take: () => Outcome,
    failed: () => Outcome,
  ): Promise<Outcome> {
    const other = inHand.get(rowId);
    if (other !== undefined && !other.dead) breaches.push(`row ${rowId} is sent twice at the same time`);
    inHand.set(rowId, life);
    try {
      return await ask(life, take, failed);
    } finally {
      if (inHand.get(rowId) === life) inHand.delete(rowId);
    }
  }

  async function ask<Outcome>(life: Life, take: () => Outcome, failed: () => Outcome): Promise<Outcome> {
    const weather = weatherNow();
    if (weather === "hanging") {
      await wait(life, callLimitMs);
      return failed();
    }
    const isStormy = weather === "stormy";
    await wait(life, isStormy && dice(4) === 0 ? dice(callLimitMs) : 1 + dice(400));
    if (isStormy && dice(5) === 0) return failed();
    if (isStormy && dice(12) === 0) throw new Error("a fault in the adapter");
    const outcome = take();
    await wait(life, 1 + dice(400));
    return isStormy && dice(6) === 0 ? failed() : outcome;
  }

  async function wait(life: Life, ms: number): Promise<void> {
    await life.clock.pause(ms);
    if (life.dead) throw new Error("the process was killed");
  }

  function show(platform: Platform, out: OutgoingCard): SendOutcome {
    const chat = chatOf(platform, out.to.user);
    const { talkId, revision, card } = out;
    const id = out.messageId ?? posted.get(out.outboxId);
    const at = chat.findIndex((message) => message.id === id);
    if (id !== undefined && at >= 0) {
      chat[at] = { id, talkId, revision, card };
      return { ok: true, messageId: id };
    }
    if (out.messageId !== undefined) return { ok: false, again: false, error: "no such message", messageGone: true };
    count += 1;
    const fresh = `m${count}`;
    posted.set(out.outboxId, fresh);
    chat.push({ id: fresh, talkId, revision, card });
    return { ok: true, messageId: fresh };
  }

  const noAnswer = (): SendOutcome => ({ ok: false, again: true, error: "no answer" });
  return {
    chat: chatOf,
    ask,
    remove(platform, user, messageId) {
      const chat = chatOf(platform, user);
      const at = chat.findIndex(({ id }) => id === messageId);
      for (const { talkId } of at < 0 ? [] : chat.splice(at, 1)) removed.add(talkId);
    },
    removed,
    mails,
    breaches,
    setWeather(weather) {
      if (nowMs() > set.untilMs + restMs) set = { weather, untilMs: nowMs() + outageMs };
    },
    messenger: (platform, life) => ({
      platform,
      asksSensitiveInline: true,
      send: (out) => call(life, out.outboxId, () => show(platform, out), noAnswer),
    }),
    mailer: (life) => ({
      send: (mail, mailId) =>
        call<MailOutcome>(
          life,
          mailId,
          () => {
            mails.set(mailId, {
              to: mail.to.address,
              subject: mail.subject,
              text: mail.text,
              bookingId: mail.bookingId,
            });
            return { ok: true } as const;
          },
          () => ({ ok: false, permanent: false, error: "no answer" }),
        ),
    }),
  };
}

import type { z } from "zod";
import type { Deliver } from "../../src/conversation/inbound.ts";
import { answerJson, answerSentence } from "../../src/http/answer.ts";
import { answerRefusedBody, readJson } from "../../src/http/body.ts";
import { type Change, type Changes, nobodyElse } from "../../src/ports/changes.ts";
import type { Door, DoorRequest } from "../../src/ports/door.ts";
import type { MailTray } from "../../src/ports/mailer.ts";
import type { Address, Messenger } from "../../src/ports/messenger.ts";
import type { PageMessages, PagePeople } from "../../src/ports/page-messages.ts";
import { answerEmpty } from "./answer.ts";
import { assetDoors } from "./assets.ts";
import { advanceBody, advanceBy, type DeskClock, shownTime } from "./clock.ts";
import { drawingDoors } from "./drawing-doors.ts";
import { type Drawings, look, shownMessage } from "./drawings.ts";
import { guarded, type PageSurroundings } from "./guard.ts";
import { openLive } from "./live.ts";
import { mailDoors } from "./mail.ts";
import {
  drawnPressBody,
  inboundId,
  openBody,
  openedInbound,
  pageAddress,
  pageUser,
  pressBody,
  pressedInbound,
  saidInbound,
  sayBody,
  shownUsers,
} from "./receive.ts";
import { pageMessenger } from "./send.ts";

/** What the page needs of the desk. */
export interface PageParts extends PageSurroundings {
  readonly deliver: Deliver;
  readonly messages: PageMessages;
  readonly people: PagePeople;
  readonly tray: MailTray;
  readonly clock: DeskClock;
  /** How the other messengers draw cards. */
  readonly drawings: Drawings;
  /** The line to other processes that serve the page over the same books; absent: there are none. */
  readonly changes?: Changes;
  /** When something falls due next by the desk's own clock, epoch ms: a reminder, a nudge, a deadline. */
  nextDueAtMs(): Promise<number | undefined>;
  /** Whether what this person types next may be a sensitive answer, which is never kept in the clear (D5.2). */
  expectsPrivateReply(address: Address): Promise<boolean>;
}

/** The local page: two people chatting with the desk in a browser, and the mails they were sent. */
export interface Page {
  readonly doors: readonly Door[];
  readonly messenger: Messenger;
  /** To be called after the tray has got a mail: the open windows show it, whichever process serves them. */
  mailArrived(): void;
}

/** The most a request may carry: a form full of long answers fits several times. */
const maxBodyBytes = 64 * 1024;
const privateLine = "•••• (private answer)";
const notUnderstood = "The desk could not read that request.";

/** Opens the page. Its doors answer nobody whom the guard turns away. */
export function openPage(parts: PageParts): Page {
  const { deliver, messages, people, tray, clock, drawings, changes = nobodyElse } = parts;
  const live = openLive((message, as) => shownMessage(message, as, drawings));

  /** Windows get what is stored, not what was sent: a resent line must not come back in the clear. */
  async function show(user: string, messageId: string): Promise<void> {
    if (!live.watches(user)) return;
    const message = (await messages.list(user)).find(({ id }) => id === messageId);
    if (message) live.chatChanged(message);
  }

  async function announce(user: string, messageId: string): Promise<void> {
    changes.tell({ what: "chat", user, messageId });
    await show(user, messageId);
  }

  function mailArrived(): void {
    changes.tell({ what: "mail" });
    live.mailChanged();
  }

  changes.listen((change: Change) => {
    // A window that cannot be told asks for everything, as it does when it finds its line broken.
    if (change.what === "chat") show(change.user, change.messageId).catch(live.startOver);
    if (change.what === "mail") live.mailChanged();
    if (change.what === "missed") live.startOver();
  });

  async function say({ response }: DoorRequest, said: z.infer<typeof sayBody>): Promise<void> {
    const { user } = said;
    const text = (await parts.expectsPrivateReply(pageAddress(user))) ? privateLine : said.text;
    const line = { id: inboundId(said.id), user, author: "me", sentAtMs: clock.now(), text } as const;
    const kept = messages.add(line).then(() => announce(user, line.id));
    // Asked for together, so that both may be written in one commit; the line was asked for first and stands first.
    const [delivered] = await Promise.all([deliver(saidInbound(said, clock.now())), kept]);
    answerJson(response, 200, delivered);
  }

  async function tellTime({ response }: DoorRequest): Promise<void> {
    answerJson(response, 200, shownTime(clock.now(), await parts.nextDueAtMs()));
  }

  async function pressDrawn({ response }: DoorRequest, pressed: z.infer<typeof drawnPressBody>): Promise<void> {
    const { user, id, messageId, data } = pressed;
    const message = (await messages.list(user)).find((each) => each.id === messageId);
    const press = pressBody.safeParse({ user, id, ...drawings.teams.read(data, message?.card) });
    if (!press.success) return answerSentence(response, 400, sentenceFor(press.error));
    answerJson(response, 200, await deliver(pressedInbound(press.data, clock.now())));
  }

  const doors: readonly Door[] = [
    ...assetDoors(),
    ...drawingDoors(drawings),
    ...mailDoors(tray),
    {
      method: "GET",
      path: "/page/people",
      handle: async ({ response }) => answerJson(response, 200, await people.list()),
    },
    {
      method: "GET",
      path: "/page/chat",
      async handle({ response, url }) {
        const user = pageUser.safeParse(url.searchParams.get("user"));
        if (!user.success) return answerSentence(response, 400, notUnderstood);
        const as = look.parse(url.searchParams.get("as"));
        answerJson(
          response,
          200,
          (await messages.list(user.data)).map((message) => shownMessage(message, as, drawings)),
        );
      },
    },
    {
      method: "GET",
      path: "/page/events",
      handle({ response, url }) {
        const shown = shownUsers.safeParse(Object.fromEntries(url.searchParams));
        // 204 is the answer after which a browser's EventSource does not try again.
        if (!shown.success) return answerEmpty(response, 204);
        const as = look.parse(url.searchParams.get("as"));
        live.listen(response, [shown.data.client, shown.data.practitioner], as);
      },
    },
    { method: "GET", path: "/page/clock", handle: tellTime },
    post("/page/clock", advanceBody, async (call, step) => {
      advanceBy(clock, step);
      live.clockMoved(clock.now());
      await tellTime(call);
    }),
    post("/page/say", sayBody, say),
    post("/page/press", pressBody, async ({ response }, pressed) => {
      answerJson(response, 200, await deliver(pressedInbound(pressed, clock.now())));
    }),
    post("/page/press-drawn", drawnPressBody, pressDrawn),
    post("/page/open", openBody, async ({ response }, { user }) => {
      answerJson(response, 200, await deliver(openedInbound(user, clock.now())));
    }),
  ];

  return {
    doors: doors.map((door) => guarded(door, parts)),
    messenger: pageMessenger({ messages, now: clock.now, announce }),
    mailArrived,
  };
}

/** A door for a JSON body of one shape; any other body gets a sentence and changes nothing. */
function post<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  take: (call: DoorRequest, body: z.infer<Schema>) => Promise<void>,
): Door {
  return {
    method: "POST",
    path,
    async handle(call) {
      const body = await readJson(call.request, maxBodyBytes);
      if (!body.ok) return answerRefusedBody(call.response, body.refusal);
      const parsed = schema.safeParse(body.value);
      if (!parsed.success) return answerSentence(call.response, 400, sentenceFor(parsed.error));
      await take(call, parsed.data);
    },
  };
}

function sentenceFor(error: z.ZodError): string {
  const tooLong = error.issues.some((issue) => issue.code === "too_big" && issue.origin === "string");
  return tooLong ? "That text is too long. Please send a shorter one." : notUnderstood;
}

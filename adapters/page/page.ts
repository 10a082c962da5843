import type { z } from "zod";
import type { Deliver } from "../../src/conversation/inbound.ts";
import { answerJson, answerSentence } from "../../src/http/answer.ts";
import { answerRefusedBody, readJson } from "../../src/http/body.ts";
import { type Change, type Changes, noPeers } from "../../src/ports/changes.ts";
import type { MailTray } from "../../src/ports/mailer.ts";
import type { Address, Messenger } from "../../src/ports/messenger.ts";
import type { PageMessages, PagePeople } from "../../src/ports/page-messages.ts";
import type { Route, RouteRequest } from "../../src/ports/route.ts";
import { answerEmpty } from "./answer.ts";
import { assetRoutes } from "./assets.ts";
import { advanceBody, advanceBy, type DeskClock, shownTime } from "./clock.ts";
import { drawingRoutes } from "./drawing-routes.ts";
import { type Drawings, look, shownMessage } from "./drawings.ts";
import { guarded, type PageSurroundings } from "./guard.ts";
import { openLive } from "./live.ts";
import { mailRoutes } from "./mail.ts";
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

/** Dependencies of the page. */
export interface PageParts extends PageSurroundings {
  readonly deliver: Deliver;
  readonly messages: PageMessages;
  readonly people: PagePeople;
  readonly tray: MailTray;
  readonly clock: DeskClock;
  /** Card previews of the other platforms. */
  readonly drawings: Drawings;
  /** Notifications between processes that serve the page over one database. Absent: a single process. */
  readonly changes?: Changes;
  /** When the next timer is due by the desk's clock, epoch ms. */
  nextDueAtMs(): Promise<number | undefined>;
  /** Whether this person's next message may answer a sensitive question; such text is never stored in plain (D5.2). */
  expectsPrivateReply(address: Address): Promise<boolean>;
}

/** The local page: two people chat with the desk in a browser and see the mails sent to them. */
export interface Page {
  readonly routes: readonly Route[];
  readonly messenger: Messenger;
  /** Call after a mail was added to the tray. Notifies the open windows of all processes. */
  mailArrived(): void;
}

/** Body limit: several times a form full of long answers. */
const maxBodyBytes = 64 * 1024;
const privateLine = "•••• (private answer)";
const notUnderstood = "This request could not be read.";

/** Opens the page. Every route is behind the guard. */
export function openPage(parts: PageParts): Page {
  const { deliver, messages, people, tray, clock, drawings, changes = noPeers } = parts;
  const live = openLive((message, as) => shownMessage(message, as, drawings));

  /** Windows get the stored message, not the sent one: after a resend, the plain text of a redacted line must not show. */
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
    // If a message cannot be loaded, the windows reconnect and reload everything.
    if (change.what === "chat") show(change.user, change.messageId).catch(live.startOver);
    if (change.what === "mail") live.mailChanged();
    if (change.what === "missed") live.startOver();
  });

  async function say({ response }: RouteRequest, said: z.infer<typeof sayBody>): Promise<void> {
    const { user } = said;
    const text = (await parts.expectsPrivateReply(pageAddress(user))) ? privateLine : said.text;
    const line = { id: inboundId(said.id), user, author: "me", sentAtMs: clock.now(), text } as const;
    const kept = messages.add(line).then(() => announce(user, line.id));
    // Started together so that both writes can share one commit. The line was queued first, so it is stored first.
    const [delivered] = await Promise.all([deliver(saidInbound(said, clock.now())), kept]);
    answerJson(response, 200, delivered);
  }

  async function tellTime({ response }: RouteRequest): Promise<void> {
    answerJson(response, 200, shownTime(clock.now(), await parts.nextDueAtMs()));
  }

  async function pressDrawn({ response }: RouteRequest, pressed: z.infer<typeof drawnPressBody>): Promise<void> {
    const { user, id, messageId, data } = pressed;
    const message = (await messages.list(user)).find((each) => each.id === messageId);
    const press = pressBody.safeParse({ user, id, ...drawings.teams.read(data, message?.card) });
    if (!press.success) return answerSentence(response, 400, sentenceFor(press.error));
    answerJson(response, 200, await deliver(pressedInbound(press.data, clock.now())));
  }

  const routes: readonly Route[] = [
    ...assetRoutes(),
    ...drawingRoutes(drawings),
    ...mailRoutes(tray),
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
        // EventSource does not reconnect after a 204.
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
    routes: routes.map((route) => guarded(route, parts)),
    messenger: pageMessenger({ messages, now: clock.now, announce }),
    mailArrived,
  };
}

/** A route with a JSON body of one shape. Any other body gets a 400 with a sentence. */
function post<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  take: (call: RouteRequest, body: z.infer<Schema>) => Promise<void>,
): Route {
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

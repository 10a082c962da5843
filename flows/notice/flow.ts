import { setup } from "xstate";
import { z } from "zod";
import type { Card } from "../../src/cards/card.ts";
import { defineFlow, scene, type Turn } from "../../src/conversation/flow.ts";
import { findMissing } from "../../src/desk/offers.ts";
import { homeWords } from "../../src/words/home.ts";
import { moment } from "../../src/words/instants.ts";
import { noticeWords } from "../../src/words/notice.ts";

/** What there is to tell. */
const noticeContext = z.object({
  kind: z.enum(["practice.not-ready", "mail.failed"]),
  bookingId: z.string().optional(),
  /** The mail that failed was to the practitioner, not to the client. */
  own: z.boolean().optional(),
});
type NoticeContext = z.infer<typeof noticeContext>;

/** A notice is told and that is all: its one state is its last. */
const noticeMachine = setup({
  types: { context: {} as NoticeContext, input: {} as NoticeContext }, // xstate reads types from values that are never used
}).createMachine({
  id: "notice",
  context: ({ input }) => input,
  initial: "told",
  states: { told: { type: "final" } },
});

type NoticeFacts =
  | { readonly kind: "practice.not-ready"; readonly lacks: readonly string[] }
  | {
      readonly kind: "mail.failed";
      readonly text: string;
      readonly session: string;
      readonly when: string;
    };

async function toldFacts({ kind, bookingId, own }: NoticeContext, turn: Turn): Promise<NoticeFacts> {
  const { books, practice, reader } = turn;
  if (kind === "practice.not-ready") {
    const missing = await findMissing(books, practice.id);
    const lacks = missing.map((lack) =>
      lack.what === "services"
        ? homeWords.missingServices
        : homeWords.missingHours(lack.practitioners.map((one) => one.name).join(", ")),
    );
    return { kind, lacks };
  }
  const booking = await books.bookings.find(practice.id, bookingId ?? "");
  const client = booking === undefined ? undefined : await books.people.findClient(practice.id, booking.clientId);
  return {
    kind,
    text:
      own === true
        ? noticeWords.mailToYouFailedText
        : noticeWords.mailFailedText(client?.name ?? "", client?.email ?? ""),
    session: booking?.frozen.publicName ?? "",
    when: booking === undefined ? "" : moment(booking.startsAtMs, reader),
  };
}

function toldView(facts: NoticeFacts): Card {
  if (facts.kind === "practice.not-ready") {
    const lacks = facts.lacks.length === 0 ? [noticeWords.readyNow] : facts.lacks;
    return {
      summary: noticeWords.notReadyTitle,
      title: noticeWords.notReadyTitle,
      tone: "bad",
      parts: [noticeWords.notReadyText, ...lacks].map((text) => ({ type: "text", text }) as const),
    };
  }
  return {
    summary: noticeWords.mailFailedTitle,
    title: noticeWords.mailFailedTitle,
    tone: "bad",
    parts: [
      { type: "text", text: facts.text },
      {
        type: "facts",
        facts: [
          { label: noticeWords.session, value: facts.session },
          { label: noticeWords.when, value: facts.when },
        ],
      },
    ],
  };
}

/** The desk tells a practitioner that something needs them: the practice is not ready, a mail cannot be delivered. */
export const noticeFlow = defineFlow<NoticeContext>({
  name: "notice",
  version: 1,
  roles: ["practitioner"],
  machine: noticeMachine,
  context: noticeContext,
  begin: ({ type, bookingId, own }) => ({
    kind: type === "mail.failed" ? "mail.failed" : "practice.not-ready",
    ...(typeof bookingId === "string" ? { bookingId } : {}),
    ...(own === true ? { own } : {}),
  }),
  about: () => undefined,
  commands: {},
  scenes: { told: scene(toldFacts, toldView) },
  listen: {},
  isLoud: () => false,
});

import type { ChangeRequest } from "../../db/store.ts";
import { buttonOf, type Card, type CardPart, type Fact, type Tone } from "../../src/cards/card.ts";
import type { Talks } from "../../src/cards/talks.ts";
import { newPriceFacts } from "../../src/choosing/new-price.ts";
import { type SessionSeen, seeSession, sessionFacts, whenOf } from "../../src/choosing/session.ts";
import { changeMeant } from "../../src/choosing/which-request.ts";
import { type Commands, defineFlow, scene, type Turn } from "../../src/conversation/flow.ts";
import { approveChange, type ChangeDecision, isBeingCancelled, refuseChange } from "../../src/desk/changes/change.ts";
import { methodKey } from "../../src/domain/practice.ts";
import type { Act } from "../../src/language/intent/act.ts";
import type { Reading } from "../../src/language/reading.ts";
import { changeWords } from "../../src/words/changes.ts";
import { moment } from "../../src/words/instants.ts";
import { methodFor } from "../../src/words/methods.ts";
import { changeInput } from "./input.ts";
import { type ChangeContext, type ChangeEvent, type ChangeOrder, changeContext, changeMachine } from "./machine.ts";

const button = buttonOf<ChangeEvent>();

const commands: Commands<ChangeOrder, ChangeEvent> = {
  look: async ({ requestId }, turn) => {
    const request = await turn.books.changes.findRequest(turn.practice.id, requestId);
    const seen = request === undefined ? undefined : await seeSession(request.bookingId, turn);
    return request === undefined || seen === undefined
      ? { type: "change.gone" }
      : { type: "change.seen", state: request.state, bookingId: request.bookingId };
  },
  approveChange: async ({ requestId }, turn) => told(await approveChange(turn, turn.actor, requestId)),
  refuseChange: async ({ requestId }, turn) => told(await refuseChange(turn, turn.actor, requestId)),
};

/** Done or too late: the event carries the change request's status. */
function told(decision: ChangeDecision): ChangeEvent {
  if (!decision.ok) return { type: "change.gone" };
  return { type: "change.seen", state: decision.request.state, bookingId: decision.booking.id };
}

interface ChangeFacts extends SessionSeen {
  readonly request: ChangeRequest;
}

async function changeFacts({ requestId }: ChangeContext, turn: Turn): Promise<ChangeFacts | undefined> {
  const request = await turn.books.changes.findRequest(turn.practice.id, requestId);
  const seen = request === undefined ? undefined : await seeSession(request.bookingId, turn);
  return request === undefined || seen === undefined ? undefined : { ...seen, request };
}

type Facts = ChangeFacts | undefined;

/** The old and new time in both zones, and the reason in the client's own words. */
function decidingView(facts: Facts): Card<ChangeEvent> {
  if (facts === undefined) return goneView();
  const { request, client, booking } = facts;
  const isMove = request.kind === "move";
  const title = isMove ? changeWords.moveAsked(client) : changeWords.exceptionAsked(client);
  return {
    summary: `${title}: ${moment(request.startsAtMs ?? booking.startsAtMs, facts.reader)}`,
    title,
    tone: "waiting",
    parts: [
      { type: "facts", facts: factsOf(facts) },
      ...(request.reason === undefined
        ? []
        : [{ type: "text", text: changeWords.writes(client, request.reason) } as const]),
      ...(isBeingCancelled(booking) ? pausedParts(facts) : openParts(facts)),
    ],
  };
}

/** The session was cancelled a moment ago: nothing can be decided while that can be undone (D4.9). */
function pausedParts({ booking, client }: ChangeFacts): readonly CardPart<ChangeEvent>[] {
  return [{ type: "text", text: changeWords.justCancelled(booking.cancelledBy === "practitioner", client) }];
}

function openParts({ request, ownReader }: ChangeFacts): readonly CardPart<ChangeEvent>[] {
  const isMove = request.kind === "move";
  return [
    {
      type: "text",
      text: `${changeWords.answerBy(moment(request.respondByMs, ownReader))} ${isMove ? changeWords.bothHeld : changeWords.exceptionMeans}`,
    },
    {
      type: "buttons",
      role: "actions",
      buttons: isMove
        ? [
            button(changeWords.approve, { type: "approve.chosen" }, "primary"),
            button(changeWords.keepOld, { type: "keep.chosen" }),
          ]
        : [
            button(changeWords.allow, { type: "approve.chosen" }, "primary"),
            button(changeWords.keepSession, { type: "keep.chosen" }),
          ],
    },
  ];
}

function factsOf(facts: ChangeFacts): Fact[] {
  const { request, booking, role } = facts;
  const { startsAtMs, endsAtMs, frozen } = request;
  // After approval the session's own time is the new one.
  if (startsAtMs === undefined || endsAtMs === undefined || request.state === "approved") return sessionFacts(facts);
  const other = frozen !== undefined && methodKey(frozen.method) !== methodKey(booking.frozen.method);
  return [
    ...sessionFacts(facts),
    { label: changeWords.newTime, value: whenOf({ startsAtMs, endsAtMs }, facts) },
    ...(other ? [{ label: changeWords.newWay, value: methodFor(role, frozen.method, frozen.location) }] : []),
    ...(other ? newPriceFacts(facts, frozen) : []),
  ];
}

/** The result, regardless of who decided. */
function endedView(state: ChangeRequest["state"], tone: Tone) {
  return (facts: Facts): Card<ChangeEvent> => {
    if (facts === undefined) return goneView();
    const { title, text } = changeWords.ended(facts.request.kind, state, facts.client);
    return {
      summary: title,
      title,
      tone,
      parts: [
        { type: "facts", facts: sessionFacts(facts) },
        { type: "text", text },
      ],
    };
  };
}

function goneView(): Card<ChangeEvent> {
  return {
    summary: changeWords.wishGone,
    title: changeWords.wishGone,
    parts: [{ type: "text", text: changeWords.wishGoneText }],
  };
}

/** "Confirm Ana" while Ana asks for another time: her change request. */
async function openOnDecision({ object }: Act, _reading: Reading, turn: Turn): Promise<Talks["change"] | undefined> {
  const change = object.refs.includes("all") ? undefined : await changeMeant(object, turn);
  return change && { type: "change.asked", requestId: change.id, bookingId: change.bookingId };
}

/** A practitioner answers a client's change request: another time, or an exception. */
export const changeFlow = defineFlow({
  name: "change",
  version: 1,
  roles: ["practitioner"],
  machine: changeMachine,
  context: changeContext,
  input: changeInput,
  begin: ({ requestId, bookingId }) => ({ requestId, bookingId }),
  about: ({ bookingId }) => bookingId,
  commands,
  scenes: {
    opening: scene(changeFacts, decidingView),
    deciding: scene(changeFacts, decidingView),
    approved: scene(changeFacts, endedView("approved", "good")),
    refused: scene(changeFacts, endedView("refused", "plain")),
    expired: scene(changeFacts, endedView("expired", "bad")),
    withdrawn: scene(changeFacts, endedView("withdrawn", "plain")),
    gone: scene(() => undefined, goneView),
  },
  opensOn: { confirm: openOnDecision, accept: openOnDecision, decline: openOnDecision },
  answers: { deciding: { yes: { event: { type: "approve.chosen" }, to: "confirm" } } },
  repeats: { deciding: "confirm" },
  // An "approve" typed as this card arrives must not decide on it if other requests wait too.
  mayBeTyped: async (_context, turn, unasked) => {
    if (!unasked || turn.actor.kind !== "practitioner") return true;
    const { practiceId, practitionerId } = turn.actor;
    const requested = await turn.books.bookings.listForPractitioner(practiceId, practitionerId, {
      statuses: ["requested"],
      order: "asc",
      limit: 1,
    });
    const requests = await turn.books.changes.listOpenFor(practiceId, practitionerId);
    return requested.length === 0 && requests.length < 2;
  },
  isDue: async ({ requestId }, turn) => {
    const request = await turn.books.changes.findRequest(turn.practice.id, requestId);
    return request?.state === "open";
  },
  mayBeAsked: true,
  isLoud: () => false,
});

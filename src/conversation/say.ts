import { type Card, type CardEvent, eventButtons, isLive } from "../cards/card.ts";
import { sameEvent } from "../cards/card-event.ts";
import { given } from "../given.ts";
import type { Reading } from "../language/reading.ts";
import { originalOf } from "../language/span.ts";
import { conversationWords } from "../words/conversation.ts";
import { advance } from "./advance.ts";
import { answerTo } from "./answering.ts";
import type { Flow, Heard, Route, Turn } from "./flow.ts";
import { consentIn, decide, isRefusal, isUndoneEasily, labelledText, type Step, sureQuestion } from "./hear.ts";
import type { Delivered } from "./inbound.ts";
import { asks, beginMeant, type MeantTalk, meant, personOf } from "./meant.ts";
import { nextButton, talkOf } from "./next-step.ts";
import { notUnderstood } from "./not-understood.ts";
import { talkForOrders, talkForOtherPerson, withClientOnCard } from "./on-card.ts";
import { type OpenTalk, openTalk } from "./open-talk.ts";
import { talkForActs, talkForCode, talkForDistress, talkForQuestion, talkForWish } from "./opening.ts";
import type { Person } from "./person.ts";
import { remarkOnRest } from "./remarks.ts";
import type { Saying } from "./saying.ts";
import { restoreSnapshot } from "./snapshot.ts";
import { restart, settle, stepOf } from "./talking.ts";
import { type Receiving, turnOfNoTalk } from "./turns.ts";
import { typedPress } from "./typed-press.ts";

/** Longer messages are answered but not read. */
const longestText = 4000;

/** Answers a typed message: the steps of `decide` in order, until one finds a meaning. */
export async function say(receiving: Receiving, text: string): Promise<Delivered> {
  const newest = await receiving.books.talks.newest(receiving.inbound.from);
  const person = newest === undefined ? undefined : personOf(receiving, newest);
  const flow = newest === undefined ? undefined : receiving.parts.flows[newest.flow];
  const isOpen = newest !== undefined && person !== undefined && flow !== undefined && !newest.ended;
  const snapshot = isOpen ? restoreSnapshot(flow, newest) : undefined;
  if (isOpen && snapshot === undefined) {
    return restart(
      receiving,
      person,
      newest,
      "post",
      await inputSaid(flow, turnOfNoTalk(receiving, person), receiving),
    );
  }
  const open =
    isOpen && snapshot !== undefined ? await openTalk(receiving, { text, newest, person, flow, snapshot }) : undefined;
  const [first] = receiving.people;
  if (first === undefined) return {};
  const asWhom = open?.person ?? person ?? first;
  const { reading } = turnOfNoTalk(receiving, asWhom);
  if (reading === undefined) return {};
  const saying: Saying = { receiving, text, reading, newest, open };
  if (text.trim() === "") return withoutWords(saying, asWhom);
  if (text.length > longestText) return tooLong(saying, asWhom);
  const card =
    open === undefined
      ? undefined
      : {
          takesAnswers: open.takesAnswers,
          hasField: open.flow.field?.[open.state] !== undefined,
          isForOther: open.flow.field?.[open.state]?.isForOther === true,
        };
  const own = decide(reading, card, asWhom.role);
  for (const step of [...own.filter((one) => one !== "not understood"), ...asOthers(receiving, asWhom)]) {
    const delivered = await take(step, saying);
    if (delivered !== undefined) return delivered;
  }
  return isRefusal(reading) ? nothingChanged(saying, asWhom) : notUnderstood(saying, asWhom);
}

/** The steps for the message as the chat user's other people. They are tried after it meant nothing as this one. */
function asOthers(receiving: Receiving, person: Person): readonly Step[] {
  const others = receiving.people.filter((one) => one !== person);
  const steps = others.flatMap((one) => {
    const { reading } = turnOfNoTalk(receiving, one);
    return reading === undefined ? [] : decide(reading, undefined, one.role);
  });
  return (["act", "question", "wish"] as const).filter((step) => steps.includes(step));
}

/** The input for a talk whose snapshot was lost. Undefined: the words are not for its flow. */
async function inputSaid(flow: Flow, turn: Turn, { parts }: Receiving): Promise<Route["input"] | undefined> {
  const route = (await talkForActs(parts.flows, turn, flow)) ?? (await talkForWish(parts.flows, turn));
  return route?.flow === flow.name ? route.input : undefined;
}

/** Tries one step. Undefined: the message means nothing to it. */
async function take(step: Step, saying: Saying): Promise<Delivered | undefined> {
  const { receiving, text, reading, open } = saying;
  switch (step) {
    case "distress":
      return begun(saying, (turn) => talkForDistress(receiving.parts.flows, turn));
    case "entry code":
      return begun(saying, (turn) => talkForCode(receiving.parts.flows, turn));
    case "button": {
      const event = open?.isPressed === true ? pressedBy(open, text) : undefined;
      return event && heard(saying, { event });
    }
    case "exact field value":
      return heard(saying, await open?.flow.field?.[open.state]?.exactly?.(text, open.snapshot.context, open.turn));
    case "labelled text":
      return fieldText(saying, originalOf(text, reading.said, labelledText(reading) ?? { from: 0, to: 0 }));
    case "other person":
      return begun(saying, (turn) => talkForOtherPerson(receiving.parts.flows, open, turn));
    case "answer": {
      const corrected = open && (await correction(open, reading));
      if (corrected !== undefined) return beginMeant(receiving, corrected, saying.newest);
      const meaning = open && (await answered(open, reading));
      return heard(meaning !== undefined && "event" in meaning ? withRemarkOnRest(saying) : saying, meaning);
    }
    case "act":
      return begun(withRemarkOnRest(saying), (turn) => talkForOrders(receiving.parts.flows, open, turn));
    case "question":
      return question(saying);
    case "field text":
      return fieldText(saying, text);
    case "wish":
      return begun(withRemarkOnRest(saying), (turn) => talkForWish(receiving.parts.flows, turn));
    case "small talk":
      return smallTalk(saying);
    case "not understood":
      return undefined;
    default:
      return step satisfies never;
  }
}

/** The event of the button that the words name, or the one that the flow begins with instead. */
function pressedBy({ flow, state, card, snapshot }: OpenTalk, text: string): CardEvent | undefined {
  const press = typedPress(card, text, flow.answers?.[state]?.yes?.event);
  const typed = flow.typed?.[state];
  return press && typed ? typed(press, snapshot.context) : press?.event;
}

/** The message with a sentence about what of it is not followed (W8, W12). */
function withRemarkOnRest(saying: Saying): Saying {
  const remark = remarkOnRest(saying.reading);
  return remark === undefined ? saying : { ...saying, receiving: { ...saying.receiving, remark } };
}

/** The talk for a message that names another session than the open card's (W4). */
async function correction(
  { flow, state, snapshot, turn, person }: OpenTalk,
  reading: Reading,
): Promise<MeantTalk | undefined> {
  const input = await flow.corrects?.[state]?.(reading, snapshot.context, turn);
  return input && { person, route: { flow: flow.name, input } as Route }; // a flow gives its own input
}

async function fieldText(saying: Saying, text: string): Promise<Delivered | undefined> {
  const { open } = saying;
  return heard(saying, await open?.flow.field?.[open.state]?.takes(text, open.snapshot.context, open.turn));
}

/** What the message answers to the open card: a yes, a no, or what its state hears. */
async function answered(
  { flow, state, talk, card, snapshot, turn, isPressed }: OpenTalk,
  reading: Reading,
): Promise<Heard> {
  const { yes, no } = flow.answers?.[state] ?? {};
  const said = consentIn(reading, yes?.to);
  // A yes right after words that were not understood may mean those words.
  const isLate = said === "yes" && talk.card.understood === false && yes !== undefined && !isUndoneEasily(yes.to);
  const consent = isLate ? "insufficient" : said;
  const pressed = !isPressed ? undefined : consent === "yes" ? yes?.event : consent === "no" ? no : undefined;
  if (pressed !== undefined && isOnCard(card, pressed)) return { event: pressed };
  const meant = await flow.hears?.[state]?.(reading, snapshot.context, turn);
  if (meant !== undefined) return meant;
  if (consent !== "insufficient" || yes === undefined || !isOnCard(card, yes.event)) return undefined;
  return { hint: yes.to === "book" ? conversationWords.sayWhenToBook : conversationWords.sayYes };
}

function isOnCard(card: Card, event: CardEvent): boolean {
  return eventButtons(card).some(({ action }) => sameEvent(action.event, event));
}

/** Sends the event that was heard to the open talk, or posts its card again below a sentence. */
async function heard({ receiving, open }: Saying, meaning: Heard): Promise<Delivered | undefined> {
  if (open === undefined || meaning === undefined) return undefined;
  const { person, flow, talk, snapshot } = open;
  if ("hint" in meaning) {
    const step = stepOf(receiving, person, flow, talk, {});
    return isLive(talk.card) ? settle(receiving, step, snapshot, { how: "post", hint: meaning.hint }) : undefined;
  }
  if (!snapshot.can(meaning.event)) return undefined;
  const step = stepOf(receiving, person, flow, talk, meaning.values ?? {});
  return settle(receiving, step, await advance(flow, snapshot, meaning.event, step.turn), { how: "post" });
}

/** Begins the talk that the message means, in the reading of each of the people. */
async function begun(
  { receiving, newest }: Saying,
  routeFor: (turn: Turn) => Promise<Route | undefined>,
): Promise<Delivered | undefined> {
  const candidates: MeantTalk[] = [];
  for (const person of receiving.people) {
    const route = await routeFor(turnOfNoTalk(receiving, person));
    if (route !== undefined) candidates.push({ person, route });
  }
  const wanted = await meant(receiving, candidates, newest);
  return wanted && beginMeant(receiving, wanted, newest);
}

/** Answers a question: above the open card, or on a card of its own. */
async function question(saying: Saying): Promise<Delivered | undefined> {
  const { receiving, open } = saying;
  const reading = await withClientOnCard(saying.reading, open);
  const stays = open !== undefined && open.flow.passing !== true && asks(open.card) ? open : undefined;
  if (stays === undefined) {
    const isFilled = reading !== saying.reading;
    return begun(saying, (turn) => questionRoute(receiving.parts.flows, isFilled ? { ...turn, reading } : turn));
  }
  const { flow, snapshot, person, talk } = stays;
  const asked = sureQuestion(reading);
  const about = flow.about(snapshot.context);
  const subject = (await flow.subject?.(snapshot.context, stays.turn)) ?? given({ bookingId: about });
  const answer = asked && (await answerTo(asked, reading, subject, stays.turn));
  if (answer === undefined) return undefined;
  const step = stepOf(receiving, person, flow, talk, {});
  // The open talk already shows what the answer would lead to.
  const leadsAway = answer.next !== undefined && talkOf(answer.next).flow !== flow.name;
  const ways = answer.next !== undefined && leadsAway ? [nextButton(answer.next)] : [];
  const taken = eventButtons(stays.card).map(({ label }) => label);
  return settle(receiving, step, snapshot, {
    how: "post",
    hint: answer.sentences.join(" "),
    ways: ways.filter(({ label }) => !taken.includes(label)),
  });
}

async function questionRoute(flows: Readonly<Record<string, Flow>>, turn: Turn): Promise<Route | undefined> {
  if (turn.actor.kind === "stranger") return undefined;
  const route = await talkForQuestion(flows, turn);
  if (route !== undefined) return route;
  const asked = turn.reading && sureQuestion(turn.reading);
  const answer = asked && turn.reading && (await answerTo(asked, turn.reading, {}, turn));
  if (answer === undefined || asked === undefined) return undefined;
  return { flow: "question", input: { type: "question.asked", about: asked.about, ...answer } };
}

async function smallTalk(saying: Saying): Promise<Delivered | undefined> {
  const { receiving, open, reading } = saying;
  const isThanks = reading.smallTalk !== "greeting";
  if (open !== undefined && isLive(open.card) && open.flow.passing !== true && asks(open.card)) {
    // The reply to a thank-you must not suggest that the open card is done.
    return heard(saying, { hint: isThanks ? conversationWords.welcomeStillOpen : conversationWords.helloStillOpen });
  }
  const input = { type: isThanks ? "thanks" : "menu" } as const;
  return begun({ receiving, text: "", reading, newest: saying.newest, open }, async () => ({ flow: "home", input }));
}

/** "Don't cancel anything", while no card asks about a cancellation. */
async function nothingChanged(saying: Saying, person: Person): Promise<Delivered> {
  const receiving = { ...saying.receiving, remark: conversationWords.nothingChanged };
  return withoutWords({ ...saying, receiving }, person);
}

/** A message without words of the person's own: posts the open card again, or the menu, below a remark. */
async function withoutWords({ receiving: said, newest, open }: Saying, person: Person): Promise<Delivered> {
  const receiving = { ...said, remark: said.remark ?? conversationWords.empty };
  if (open !== undefined && isLive(open.card)) {
    const step = stepOf(receiving, open.person, open.flow, open.talk, {});
    return settle(receiving, step, open.snapshot, { how: "post" });
  }
  return beginMeant(receiving, { person, route: { flow: "home", input: { type: "menu" } } }, newest);
}

async function tooLong(saying: Saying, person: Person): Promise<Delivered> {
  const { receiving, newest } = saying;
  const delivered = await heard(saying, { hint: conversationWords.tooLong });
  return delivered ?? beginMeant(receiving, { person, route: { flow: "home", input: { type: "too-long" } } }, newest);
}

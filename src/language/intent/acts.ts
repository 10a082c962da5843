import { overlaps, type Span } from "../span.ts";
import type { When } from "../when/when.ts";
import type { Act, ActObject, MethodSaid, NameSaid, Thing, Verb } from "./act.ts";
import { foreignWords, isOtherBusiness } from "./foreign.ts";
import { type Clause, clausesOf, type Gist, spanOf } from "./gist.ts";
import type { Move } from "./move.ts";
import { fillObjects, joinMoves, type ReadClause, withReasons } from "./neighbours.ts";
import { type NounPhrase, nounPhraseAfter, refsIn } from "./noun-phrase.ts";
import { type Order, ordersIn } from "./orders.ts";
import { type Question, questionRules, questionStart } from "./question.ts";
import { statementRules } from "./statements.ts";

/** The inputs for reading the acts of a message. */
export interface ActSource {
  readonly gist: Gist;
  readonly role: "client" | "practitioner";
  readonly names: readonly NameSaid[];
  readonly methods: readonly MethodSaid[];
  /**
   * The times in a part of the normalised text. `asNamed` reads them without the words around them, so a "can't" does
   * not exclude them.
   */
  readonly timesOf: (span: Span, how?: "asNamed") => When | undefined;
  readonly moveOf: (span: Span) => Move | undefined;
}

/** The acts and questions of a message, in reading order. */
export function actsIn(source: ActSource): { readonly acts: readonly Act[]; readonly questions: readonly Question[] } {
  const read: ReadClause[] = [];
  for (const clause of clausesOf(source.gist)) {
    const one = readClause(clause, source);
    read.push(one);
    // What follows "tell Maya" is text for her. It orders nothing here.
    if (one.acts.some(({ content }) => content !== undefined)) break;
  }
  const acts = withReasons(read);
  return { acts: joinMoves(fillObjects(acts)), questions: read.flatMap(({ questions }) => questions) };
}

function readClause(clause: Clause, source: ActSource): ReadClause {
  const span = spanOf(source.gist, clause.from, clause.to);
  const statement = statementIn(clause, source);
  const orders = statement?.isWhole ? [] : ordersIn(clause.text, source.role);
  const questions = questionsIn(clause, span, source);
  const isAsking = questions.some(
    ({ about, certainty }) => about !== "unknown" && about !== "practitioners" && certainty >= 0.8,
  );
  const ordered = orders
    .filter(({ certainty }) => !isAsking || certainty >= 0.85)
    .map((order) => actOf(order, clause, source));
  const stated = statement === undefined || (isAsking && !statement.isWhole) ? [] : [statement.act];
  const wished = ordered.length + stated.length > 0 || isAsking ? [] : wishIn(clause, span, source);
  const acts = [...stated, ...ordered, ...wished].sort((a, b) => a.from - b.from);
  return {
    clause,
    span,
    acts,
    questions: acts.some(({ certainty }) => certainty >= 0.7)
      ? questions.filter(({ about }) => about !== "unknown")
      : questions,
  };
}

/** Verbs whose statement covers the whole clause, so no order is looked for in it. */
const wholeClause: ReadonlySet<Verb> = new Set<Verb>([
  "message",
  "call me",
  "decline",
  "delete data",
  "show data",
  "connect",
  "switch",
  "list people",
  "resend invitation",
  "show packages",
  "menu",
  "help",
  "be late",
  "list",
  "list requests",
  "stop",
  "keep",
  "skip",
  "undo",
  "join",
  "find times",
  "other options",
  "choose",
  "change",
]);

function statementIn(clause: Clause, source: ActSource): { readonly act: Act; readonly isWhole: boolean } | undefined {
  const { gist, role } = source;
  const text = clause.isQuestion ? `${clause.text} ?` : clause.text;
  const foreign = foreignWords(clause.text).length;
  for (const { verb, says, certainty, role: only, foreign: most = 9, isLabel } of statementRules) {
    if ((only !== undefined && only !== role) || foreign > most) continue;
    if (isLabel === true && !gist.text.startsWith(" : ", clause.to)) continue;
    const match = says.exec(text);
    if (match === null) continue;
    const span = spanOf(gist, clause.from, clause.to);
    const end = clause.from + match.index + match[0].length;
    const content = verb === "message" ? contentAfter(gist, end) : undefined;
    const phrase = nounPhraseAfter(clause.text.slice(match.index + match[0].length));
    const object = objectOf(
      span,
      phrase,
      source,
      verb === "message" ? "none" : verb === "cannot" ? "asNamed" : "times",
    );
    return {
      isWhole: wholeClause.has(verb),
      act: {
        ...span,
        verb,
        polarity: "do",
        object: objectFor(verb, object, clause),
        certainty,
        ...(content && { content }),
      },
    };
  }
  return undefined;
}

/** The text to pass on: everything after the addressee, to the end of the message. */
function contentAfter(gist: Gist, end: number): Span | undefined {
  const rest = gist.text.slice(end);
  const lead = /^(?: (?:know|that|to say|to|about|saying|:|,|\.|-))*/.exec(rest)?.[0].length ?? 0;
  return rest.slice(lead).trim() === "" ? undefined : spanOf(gist, end + lead, gist.text.length);
}

function actOf(order: Order, clause: Clause, source: ActSource): Act {
  // A participle stands behind its object, so the span covers the whole clause.
  const span = spanOf(source.gist, order.isParticiple ? clause.from : clause.from + order.from, clause.to);
  const object = objectOf(span, order.object, source, "times");
  const verb = verbFor(order, object, clause.text, source.role);
  const whole = spanOf(source.gist, clause.from, clause.to);
  const times = object.when ?? source.timesOf(whole);
  const moved = verb === "move" ? source.moveOf(whole) : undefined;
  return {
    ...span,
    verb,
    polarity: order.mood,
    object: { ...object, ...(times && { when: times }), ...(moved && { move: moved }) },
    certainty: isElsewhere(order, object, whatItSays(order, clause, source))
      ? Math.min(order.certainty, 0.4)
      : verb === "move" && order.verb === "book"
        ? 0.8
        : order.certainty,
  };
}

const aboutSessions: ReadonlySet<Verb> = new Set<Verb>([
  "book",
  "cancel",
  "move",
  "withdraw",
  "accept",
  "decline",
  "confirm",
  "propose",
]);

/** "Cancel my appointment reminder", "move 100 dollars": orders to another assistant. */
function isElsewhere({ verb }: Order, { names }: ActObject, text: string): boolean {
  return aboutSessions.has(verb) && names.length === 0 && isOtherBusiness(text, verb === "book");
}

/** What an order is about: its clause, or for "it" the whole message, as in "I lost my card, cancel it". */
function whatItSays({ object }: Order, { text }: Clause, { gist }: ActSource): string {
  return object.head === "pronoun" ? gist.text : text;
}

/** "Cancel my request" withdraws it. "Confirm my session" orders no change. */
function verbFor(
  { verb, object, from, to }: Order,
  { thing }: ActObject,
  clause: string,
  role: ActSource["role"],
): Verb {
  const [said, after] = [clause.slice(from, to), clause.slice(to)];
  if (verb === "cancel" && thing === "account") return "delete data";
  if (verb === "cancel" && thing === "time off") return "open time";
  if (verb === "cancel" && thing === "request")
    return object.isOwn && !object.refs.includes("it") ? "withdraw" : "stop";
  // A client who wants a session confirmed is asking for its status.
  if (verb === "confirm" && role === "client" && (thing === "session" || /^ (?:that|if|whether) /.test(after)))
    return "list";
  // "Make my session at 3", "have it on Friday": the session exists, so its time changes.
  if (
    verb === "book" &&
    object.isOwn &&
    !object.isNew &&
    /<time>|\b(?:earlier|later)\b/.test(after) &&
    /^(?:make|have|set|put)$/.test(said)
  )
    return "move";
  return verb;
}

const things: Readonly<Partial<Record<NounPhrase["head"], Thing>>> = {
  session: "session",
  entry: "session",
  detail: "session",
  request: "request",
  package: "package",
  "time off": "time off",
  account: "account",
  plan: "plan",
  other: "other",
};

function objectOf(span: Span, phrase: NounPhrase, source: ActSource, reads: "times" | "asNamed" | "none"): ActObject {
  const thing = things[phrase.head];
  const when = reads === "none" ? undefined : source.timesOf(span, reads === "asNamed" ? reads : undefined);
  return {
    names: source.names.filter((name) => overlaps(name, span)),
    methods: source.methods.filter((method) => overlaps(method, span)),
    refs: phrase.refs,
    ...(thing && { thing }),
    ...(when && { when }),
  };
}

/** A message goes to the first person named. For "my past sessions", the word before the noun says which are listed. */
function objectFor(verb: Verb, object: ActObject, { text }: Clause): ActObject {
  if (verb === "message") return { ...object, names: object.names.slice(0, 1) };
  return verb === "list" ? { ...object, refs: refsIn(text.split(" ")) } : object;
}

/** A wanted session without a verb: "a follow-up on thursday, please", "next session". */
function wishIn(clause: Clause, span: Span, source: ActSource): readonly Act[] {
  const wants =
    /^(?:(?:please|hi|hello|hey|ok|and|also|yes|sure|so|then|now|,) )*(?:i (?:just |really |also |do )?(?:need|want|like|prefer)|i'd (?:like|love|prefer)|i would (?:like|love|prefer)|i'm looking for|i am looking for|looking for|can i have|could i have|may i have|how about|what about|maybe|give me|do you have) (?=.)/.exec(
      clause.text,
    );
  const rest = clause.text.slice(wants?.[0].length ?? 0);
  const phrase = nounPhraseAfter(wants === null ? clause.text : rest);
  const isSession = phrase.head === "session" || (phrase.head === "name" && /<service>/.test(clause.text));
  if (
    !isSession ||
    (wants === null && phrase.isOwn) ||
    (clause.isQuestion && wants === null) ||
    questionStart.test(clause.text)
  )
    return [];
  if (wants === null && clause.text.split(" ").length > 8) return [];
  const object = objectOf(span, phrase, source, "times");
  return [{ ...span, verb: "book", polarity: "do", object, certainty: wants === null ? 0.7 : 0.8 }];
}

function questionsIn(clause: Clause, span: Span, source: ActSource): readonly Question[] {
  const text = clause.isQuestion ? `${clause.text} ?` : clause.text;
  const foreign = foreignWords(clause.text).length;
  const rule = questionRules.find(
    ({ says, role, foreign: most = 0 }) =>
      (role === undefined || role === source.role) && foreign <= most && (says.test(text) || says.test(clause.text)),
  );
  const isMarked = clause.isQuestion || questionStart.test(clause.text);
  if (rule === undefined && !isMarked) return [];
  const names = source.names.filter((name) => overlaps(name, span));
  const when = source.timesOf(span);
  return [
    {
      ...span,
      about: rule?.about ?? "unknown",
      names,
      certainty: rule === undefined ? 0.5 : (rule.certainty ?? 0.85),
      ...(when && { when }),
    },
  ];
}

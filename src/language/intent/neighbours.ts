import type { Span } from "../span.ts";
import type { When } from "../when/when.ts";
import type { Act, ActObject, Ref, Verb } from "./act.ts";
import type { Clause } from "./gist.ts";
import type { Question } from "./question.ts";

/** A clause and what was found in it, before the clauses next to it are considered. */
export interface ReadClause {
  readonly clause: Clause;
  readonly span: Span;
  readonly acts: readonly Act[];
  readonly questions: readonly Question[];
}

/** Verbs whose reason is sent to the other side. */
const reasoned: ReadonlySet<Verb> = new Set<Verb>(["decline", "cancel", "move", "withdraw", "be late"]);
const givesReason =
  /^(?:(?:because|since|as|cause|due to|sorry|unfortunately|but|,) )*(?:i|i'm|i've|i'll|i'd|can't|couldn't|won't|<time>|we|we're|my|he|she|they|the|there|something|it|it's|<person>)(?= |$)/;

/** A statement next to an order is its reason: "decline ben, i am away that day". */
export function withReasons(read: readonly ReadClause[]): readonly Act[] {
  const acts: Act[] = [];
  for (const [at, { acts: own, clause, span, questions }] of read.entries()) {
    const isStatement = own.every(
      ({ verb, polarity }) => (verb === "cannot" && polarity === "do") || verb === "be away" || verb === "be sick",
    );
    const before = read[at - 1]?.acts.findLast(({ verb }) => reasoned.has(verb));
    const after = read[at + 1]?.acts.find(({ verb, certainty }) => reasoned.has(verb) && certainty >= 0.65);
    const isReason = isStatement && questions.length === 0 && givesReason.test(clause.text);
    const when = own.find(({ verb }) => verb === "cannot")?.object.when;
    if (isReason && before !== undefined && acts.at(-1)?.from === before.from) {
      acts[acts.length - 1] = withReason(before, span, when);
    } else if (isReason && own.length > 0 && after !== undefined) {
    } else acts.push(...own.map((act) => takesBack(act, read[at - 1])));
  }
  return acts;
}

function withReason(act: Act, reason: Span, when: When | undefined): Act {
  return {
    ...act,
    reason,
    object: act.object.when === undefined && when !== undefined ? { ...act.object, when } : act.object,
  };
}

/** Gives an order without an object the session that the clause before it named as impossible. */
function takesBack(act: Act, previous: ReadClause | undefined): Act {
  const cannot = previous?.acts.find(({ verb }) => verb === "cannot");
  if (cannot === undefined || !reasoned.has(act.verb)) return act;
  const { object } = act;
  const when = object.when ?? cannot.object.when;
  const names = object.names.length > 0 ? object.names : cannot.object.names;
  if (act.verb === "move" && object.when !== undefined && cannot.object.when !== undefined) {
    return {
      ...act,
      reason: { from: cannot.from, to: cannot.to },
      object: { ...object, move: { ...object.move, from: cannot.object.when } },
    };
  }
  return {
    ...act,
    certainty: Math.max(act.certainty, when === undefined ? 0.7 : 0.9),
    reason: { from: cannot.from, to: cannot.to },
    object: { ...object, names, ...(when && { when }) },
  };
}

/** "Cancel it" and "move it" after a session has been named are about that session. */
export function fillObjects(acts: readonly Act[]): readonly Act[] {
  return acts.map((act, at) => {
    const before = acts[at - 1];
    const isBare = act.object.refs.includes("it") && act.object.names.length === 0 && act.object.when === undefined;
    return isBare && before !== undefined
      ? { ...act, object: { ...before.object, ...act.object, names: before.object.names } }
      : act;
  });
}

/** "Cancel friday's and book me tuesday at 4 instead" moves a session. */
export function joinMoves(acts: readonly Act[]): readonly Act[] {
  const [first, second, ...others] = acts;
  if (first === undefined || second === undefined || others.length > 0) return acts;
  const isSwap =
    first.verb === "cancel" &&
    first.polarity === "do" &&
    (second.verb === "book" || second.verb === "move") &&
    second.polarity === "do";
  const from = first.object.when;
  const to = second.object.move?.to ?? second.object.when;
  if (!isSwap || to === undefined || (second.object.refs satisfies readonly Ref[]).includes("another")) return acts;
  const names = [...first.object.names, ...second.object.names];
  const object: ActObject = {
    ...first.object,
    names,
    methods: second.object.methods,
    move: { ...(from && { from }), to },
  };
  return [
    {
      from: first.from,
      to: second.to,
      verb: "move",
      polarity: "do",
      object,
      certainty: Math.min(first.certainty, second.certainty),
    },
  ];
}

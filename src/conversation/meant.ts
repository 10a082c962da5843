import type { Talk } from "../../db/store.ts";
import { type Person, strangerAt } from "./person.ts";
import { type Route, route } from "./router.ts";
import { type Receiving, turnOfNoTalk } from "./talking.ts";

/** A talk to begin, and as whom of the people this chat user is. */
export interface Wish {
  readonly person: Person;
  readonly route: Route;
}

/** The person a talk belongs to, if the chat user still is that person. A stranger's talk is theirs whoever they became. */
export function personOf(receiving: Receiving, talk: Talk): Person | undefined {
  const meant = receiving.people.find((person) => isOf(person, talk));
  return meant ?? (talk.role === "stranger" ? strangerAt(receiving.inbound.from) : undefined);
}

export function isOf(person: Person, talk: Talk | undefined): boolean {
  return talk?.practiceId === person.practice.id && talk.role === person.role && talk.personId === person.personId;
}

/** Which talk the words ask for, as whom. Rules first, then the flows' own names. */
export async function wish(receiving: Receiving, text: string, newest: Talk | undefined): Promise<Wish | undefined> {
  const { people, nowMs, parts } = receiving;
  const asked = people.flatMap((person): Wish[] => {
    const { zone, practice, role } = person;
    const wanted = route(text, { role, zone, locale: practice.locale, nowMs });
    return wanted === undefined ? [] : [{ person, route: wanted }];
  });
  if (asked.length > 0) return meant(receiving, asked, newest);
  const opened: Wish[] = [];
  for (const person of people) {
    for (const flow of Object.values(parts.flows)) {
      if (!flow.roles.includes(person.role)) continue;
      const opens = (await flow.isOpenedBy?.(text, turnOfNoTalk(receiving, person))) === true;
      if (opens) opened.push({ person, route: { flow: flow.name, input: { type: flow.name } } });
      if (opens) break;
    }
  }
  return meant(receiving, opened, newest);
}

/**
 * Of several people that one chat user is (D7.2, case 26), the one meant: who the newest talk is of, or the only one it
 * can be; else they are asked. What is nobody's matter in particular is never asked about.
 */
export function meant(receiving: Receiving, wishes: readonly Wish[], newest: Talk | undefined): Wish | undefined {
  const [first, ...others] = wishes;
  if (first === undefined || others.length === 0 || first.route.as !== undefined) return first;
  const remembered = wishes.find(({ person }) => isOf(person, newest));
  return remembered ?? { person: strangerAt(receiving.inbound.from), route: whoRoute(wishes) };
}

/** Asks which of the people is meant. What was typed is not kept, so what begins then asks for it again. */
function whoRoute(wishes: readonly Wish[]): Route {
  const choices = wishes.map(({ person, route: { flow, input } }) => ({
    practiceId: person.practice.id,
    role: person.role,
    flow,
    input,
  }));
  return { flow: "who", input: { type: "who", choices: JSON.stringify(choices) } };
}

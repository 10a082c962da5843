import { z } from "zod";
import type { Card, CardEvent, Input, InputValues } from "../../src/cards/card.ts";
import { isCardEvent } from "../../src/cards/card-event.ts";

/**
 * The id an input has in Teams. Its letter says how to read the answer, so that nothing depends on the card being
 * at hand; the dot keeps it apart from what the button itself brings back.
 */
export function inputKey({ id, kind }: Pick<Input, "id" | "kind">): string {
  return `${kind === "choices" ? "m" : kind === "choice" ? "c" : kind === "consent" ? "y" : "v"}.${id}`;
}

/** An option as a value: several come back in one text, between commas. */
export function optionValue(option: string): string {
  return option.replace(/[%,]/g, (mark) => (mark === "%" ? "%25" : "%2C"));
}

function optionOf(value: string): string {
  return value.replace(/%2C|%25/g, (mark) => (mark === "%25" ? "%" : ","));
}

/**
 * What a card's inputs were filled with, of a press's data (T15): missing keys are empty answers, numbers and ticks come
 * as strings or not, several choices in one text. Without the card only what was filled is known. Nothing is trusted:
 * the flow judges each answer again.
 */
export function valuesOf(data: Readonly<Record<string, unknown>>, card: Card | undefined): InputValues {
  const given = new Map(Object.entries(data).flatMap(([key, value]) => answer(key, value)));
  if (card === undefined) return Object.fromEntries(given);
  return Object.fromEntries(
    inputsOf(card).map(({ id, kind }) => [id, given.get(id) ?? (kind === "choices" ? [] : "")] as const),
  );
}

function answer(key: string, value: unknown): readonly (readonly [string, string | readonly string[]])[] {
  const [, letter, id] = /^([mcyv])\.(.*)$/s.exec(key) ?? [];
  const text = typeof value === "number" || typeof value === "boolean" ? String(value) : value;
  if (letter === undefined || id === undefined || typeof text !== "string") return [];
  switch (letter) {
    case "m":
      return [[id, text === "" ? [] : text.split(",").map(optionOf)]];
    case "c":
      return [[id, optionOf(text)]];
    case "y":
      return [[id, /^(yes|true)$/i.test(text) ? "yes" : ""]];
    default:
      return [[id, text]];
  }
}

/** A press as its button wrote it. */
export interface ReadPress {
  readonly talkId: string;
  readonly revision: number;
  readonly event: CardEvent;
}

const pressData = z.object({
  t: z.string().min(1).max(200),
  // Some clients send numbers as strings.
  r: z.union([
    z.int().min(0),
    z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number),
  ]),
  e: z.custom<CardEvent>(isCardEvent),
});

/**
 * The press in the data of an Action.Execute or Action.Submit; undefined when it is none of ours. Its user may have made it up
 * or sent it before: who may do what is checked behind the door.
 */
export function readPress(data: unknown): ReadPress | undefined {
  const read = pressData.safeParse(data);
  if (!read.success) return undefined;
  const { t, r, e } = read.data;
  return { talkId: t, revision: r, event: e };
}

/** The card with what was answered and why some of it was not taken: the answer to whoever pressed, kept nowhere. */
export function withAnswers(card: Card, values: InputValues, errors: Readonly<Record<string, string>>): Card {
  const filled = (input: Input): Input => {
    const { error: _, ...rest } = input;
    const value = Object.hasOwn(values, input.id) ? values[input.id] : undefined;
    const error = Object.hasOwn(errors, input.id) ? errors[input.id] : undefined;
    return { ...rest, ...(value === undefined ? {} : { value }), ...(error === undefined ? {} : { error }) };
  };
  return {
    ...card,
    parts: card.parts.map((part) => (part.type === "inputs" ? { ...part, inputs: part.inputs.map(filled) } : part)),
  };
}

function inputsOf(card: Card): readonly Input[] {
  return card.parts.flatMap((part) => (part.type === "inputs" ? part.inputs : []));
}

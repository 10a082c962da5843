import { z } from "zod";
import type { Card, CardEvent, Input, InputValues } from "../../src/cards/card.ts";
import { isCardEvent } from "../../src/cards/card-event.ts";
import { given } from "../../src/given.ts";

/**
 * An input's id in Teams. Its prefix encodes how to read the answer, so that answers can be read without the card. The dot
 * separates input ids from the button's own data keys.
 */
export function inputKey({ id, kind }: Pick<Input, "id" | "kind">): string {
  return `${kind === "choices" ? "m" : kind === "choice" ? "c" : kind === "consent" ? "y" : "v"}.${id}`;
}

/** An option's value, with commas escaped: Teams joins several choices with commas. */
export function optionValue(option: string): string {
  return option.replace(/[%,]/g, (mark) => (mark === "%" ? "%25" : "%2C"));
}

function optionOf(value: string): string {
  return value.replace(/%2C|%25/g, (mark) => (mark === "%25" ? "%" : ","));
}

/**
 * The input values in a press's data (T15). Missing keys are empty answers; numbers and toggles may arrive as strings;
 * several choices arrive in one text. Without the card only the filled inputs are known. The data is untrusted: the flow
 * validates each answer.
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

/** A press, as encoded in its button. */
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
 * Reads the press in the data of an Action.Execute or Action.Submit; undefined when it is not one of ours. The data may be
 * forged or replayed, so the engine checks all rights.
 */
export function readPress(data: unknown): ReadPress | undefined {
  const read = pressData.safeParse(data);
  if (!read.success) return undefined;
  const { t, r, e } = read.data;
  return { talkId: t, revision: r, event: e };
}

/** Adds the given answers and errors to a card, for the response to the press. Nothing is stored. */
export function withAnswers(card: Card, values: InputValues, errors: Readonly<Record<string, string>>): Card {
  const filled = (input: Input): Input => {
    const { error: _, ...rest } = input;
    const value = Object.hasOwn(values, input.id) ? values[input.id] : undefined;
    const error = Object.hasOwn(errors, input.id) ? errors[input.id] : undefined;
    return { ...rest, ...given({ value, error }) };
  };
  return {
    ...card,
    parts: card.parts.map((part) => (part.type === "inputs" ? { ...part, inputs: part.inputs.map(filled) } : part)),
  };
}

function inputsOf(card: Card): readonly Input[] {
  return card.parts.flatMap((part) => (part.type === "inputs" ? part.inputs : []));
}

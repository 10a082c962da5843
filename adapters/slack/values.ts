import { z } from "zod";
import type { InputValues } from "../../src/cards/card.ts";
import { inputAction, inputIdOf } from "./input-blocks.ts";

const chosen = z.object({ value: z.string() }).nullish();
const filled = z.object({
  value: z.string().nullish(),
  selected_date: z.string().nullish(),
  selected_option: chosen,
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
});
const state = z.object({ values: z.record(z.string(), z.record(z.string(), z.unknown())) });

/**
 * The values of our input blocks by input id, from the `state` of an action or the `view.state` of a form: "" for an empty
 * input, "yes" or "" for a checkbox, a list for multiple choice. Other blocks are ignored.
 */
export function valuesOf(given: unknown): InputValues {
  const read = state.safeParse(given);
  if (!read.success) return {};
  return Object.fromEntries(
    Object.entries(read.data.values).flatMap(([blockId, actions]) => {
      const inputId = inputIdOf(blockId);
      if (inputId === undefined) return [];
      return Object.entries(actions).flatMap(([actionId, element]) => {
        const value = answerOf(actionId, element);
        return value === undefined ? [] : [[inputId, value] as const];
      });
    }),
  );
}

function answerOf(actionId: string, given: unknown): string | readonly string[] | undefined {
  const read = filled.safeParse(given);
  if (!read.success || (actionId !== inputAction.any && actionId !== inputAction.tick)) return undefined;
  const { value, selected_date, selected_option, selected_options } = read.data;
  const several = selected_options?.map((option) => option.value);
  if (actionId === inputAction.tick) return several?.[0] ?? "";
  return several ?? selected_option?.value ?? selected_date ?? value ?? "";
}

/** The part of an outbox row that holds its content. */
export interface Payload {
  readonly payload: string;
}

/** The payload cannot be read: the row is dead at once, because no attempt can succeed (R3). */
export class UnreadablePayload extends Error {
  override readonly name = "UnreadablePayload";
  constructor(reason: string) {
    super(`unreadable: ${reason}`);
  }
}

/**
 * Reads a payload that the desk wrote. Checks the type of the fields that sending starts with, so that a damaged row is
 * found before anything is sent. Throws UnreadablePayload; its message quotes nothing of the content.
 */
export function readPayload<Content extends object>(
  { payload }: Payload,
  fields: { readonly [Name in keyof Content]?: "string" | "object" },
): Content {
  const read = parse(payload);
  if (typeof read !== "object" || read === null) throw new UnreadablePayload("no object");
  const values = read as Readonly<Record<string, unknown>>; // checked above
  for (const [name, type] of Object.entries(fields)) {
    const value = values[name];
    if (typeof value !== type || value === null) throw new UnreadablePayload(`no ${name}`);
  }
  return read as Content; // written by the desk itself, from a value of this type
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    throw new UnreadablePayload("no JSON");
  }
}

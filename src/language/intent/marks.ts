import { overlaps, type Span } from "../span.ts";
import type { MethodSaid, NameSaid } from "./act.ts";
import type { Mark } from "./gist.ts";

const person: ReadonlySet<NameSaid["kind"]> = new Set(["client", "practitioner"]);

/** The spans of a message that are read before its grammar. */
export function marksOf(
  said: string,
  names: readonly NameSaid[],
  methods: readonly MethodSaid[],
  times: readonly Span[],
): readonly Mark[] {
  return [
    ...namesBySpan(names).map(
      ({ kind, from, to }): Mark => ({
        kind: person.has(kind) ? "person" : (kind as "service" | "package" | "place"),
        from,
        to,
      }),
    ),
    ...methods.map(({ from, to }): Mark => ({ kind: "method", from, to })),
    ...times.map(({ from, to }): Mark => ({ kind: "time", from, to })),
    // Mail addresses and mentions: "dora@example.com", "@U0DORA".
    ...[...said.matchAll(/[^\s@<>,;:()"]+@[^\s@<>,;:()"]+\.[a-z0-9-]{2,}|(?<![^\s,<])@[a-z0-9]+/g)].map(
      (match): Mark => ({ kind: "address", from: match.index, to: match.index + match[0].length }),
    ),
  ];
}

/** At most one name per span, because a client and a colleague may share a name. */
function namesBySpan(names: readonly NameSaid[]): readonly NameSaid[] {
  return names.filter((name, at) => !names.slice(0, at).some((before) => overlaps(before, name)));
}

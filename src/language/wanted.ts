import type { MethodKind } from "./names/methods.ts";
import type { Reading } from "./reading.ts";
import { mergeTimes } from "./times.ts";
import type { Want } from "./when/want.ts";

/** A slot of a wish: what is wanted of several, and what is ruled out. */
export interface Choice<Id extends string = string> {
  /** Any of these; none: nothing was said. Several that one name fits are asked about. */
  readonly wanted: readonly Id[];
  readonly unwanted: readonly Id[];
}

/** Everything a person has said of the session they want. Plain JSON: ids and times, no words. */
export interface Wanted {
  readonly services: Choice;
  readonly methods: Choice<MethodKind>;
  readonly practitioners: Choice;
  readonly clients: Choice;
  readonly packages: Choice;
  readonly places: Choice;
  /** From any package, the next session of one, or without one. */
  readonly package?: "any" | "next" | "none";
  /** Any practitioner will do. */
  readonly anyone?: true;
  /** The readings of the time, the likeliest first; none: nothing was said. */
  readonly times: readonly Want[];
}

const nothing: Choice<never> = { wanted: [], unwanted: [] };

/** A wish that says nothing yet. */
export const nothingWanted: Wanted = {
  services: nothing,
  methods: nothing,
  practitioners: nothing,
  clients: nothing,
  packages: nothing,
  places: nothing,
  times: [],
};

/** Whether a reading says anything about a wanted session. */
export function wantsSomething({ names, methods, when, anyone, package: spoken }: Reading): boolean {
  return names.length + methods.length > 0 || when !== undefined || anyone === true || spoken !== undefined;
}

/**
 * Adds what was said to what was wanted before (W7). A new name replaces the old one of its kind; a refusal is added and
 * takes back the same name; what was not mentioned stays. Times are merged by their parts: "actually Thursday" keeps
 * "after 3", "not in the morning" keeps the week.
 *
 * ```ts
 * const wanted = merge(nothingWanted, read("wednesday after 3 with maya", vocabulary, moment));
 * merge(wanted, read("actually thursday instead", vocabulary, moment)); // Thursday after 3, with Maya
 * ```
 */
export function merge(wanted: Wanted, reading: Reading): Wanted {
  const { names, methods, when, anyone, package: spoken } = reading;
  const named = (kind: "service" | "practitioner" | "client" | "package" | "place") =>
    names.filter((name) => name.kind === kind).flatMap(({ ids, polarity }) => ids.map((id) => ({ id, polarity })));
  const practitioners = choose(wanted.practitioners, named("practitioner"));
  const packages = choose(wanted.packages, named("package"));
  const { package: before, anyone: wasAnyone, ...others } = wanted;
  const fromPackage = spoken ?? (named("package").length > 0 ? undefined : before);
  // "Anyone" opens the choice again; a name closes it.
  const isAnyone =
    anyone ?? (named("practitioner").some(({ polarity }) => polarity === "wanted") ? undefined : wasAnyone);
  return {
    ...others,
    services: choose(wanted.services, named("service")),
    methods: choose(
      wanted.methods,
      methods.map(({ kind, polarity }) => ({ id: kind, polarity })),
    ),
    practitioners: anyone ? { ...practitioners, wanted: [] } : practitioners,
    clients: choose(wanted.clients, named("client")),
    packages: spoken === "none" ? nothing : packages,
    places: choose(wanted.places, named("place")),
    ...(fromPackage && { package: fromPackage }),
    ...(isAnyone && { anyone: isAnyone }),
    times: mergeTimes(wanted.times, when),
  };
}

function choose<Id extends string>(
  before: Choice<Id>,
  said: readonly { readonly id: Id; readonly polarity: "wanted" | "unwanted" }[],
): Choice<Id> {
  if (said.length === 0) return before;
  const of = (polarity: "wanted" | "unwanted") => said.filter((one) => one.polarity === polarity).map(({ id }) => id);
  const [yes, no] = [of("wanted"), of("unwanted")];
  const unwanted = [...new Set([...before.unwanted.filter((id) => !yes.includes(id)), ...no])];
  const wanted = yes.length > 0 ? [...new Set(yes)] : before.wanted.filter((id) => !no.includes(id));
  return { wanted, unwanted };
}

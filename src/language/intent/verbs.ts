import type { Verb } from "./act.ts";
import { oneOf } from "./words.ts";

/** A verb of orders, with its certainty for each kind of object. */
export interface VerbRule {
  readonly verb: Verb;
  /** Base forms; `-ing` and past forms are derived. */
  readonly base: string;
  /** A strong verb is understood without an object. A weak one needs a noun of this desk. */
  readonly strength: "strong" | "weak";
  readonly role?: "client" | "practitioner";
  /** Its object is a person or a place. */
  readonly seesSomeone?: true;
}

/** In the order of preference where two match at the same place. */
export const verbRules: readonly VerbRule[] = [
  { verb: "cancel", base: "cancel call_off unbook unschedule get_rid_of annul", strength: "strong" },
  {
    verb: "cancel",
    base: "delete remove erase drop clear scrap wipe take_off take_out kill axe ditch",
    strength: "weak",
  },
  {
    verb: "move",
    base: "reschedule rearrange postpone move bring_forward put_off put_back push_back",
    strength: "strong",
  },
  {
    verb: "move",
    base: "push shift delay change switch swap update modify adjust edit extend shorten",
    strength: "weak",
  },
  { verb: "withdraw", base: "withdraw take_back retract", strength: "strong" },
  {
    verb: "book",
    base: "book rebook schedule reserve sign_me_up fit_me_in squeeze_me_in pencil_me_in put_me_down",
    strength: "strong",
  },
  { verb: "decline", base: "decline reject turn_down refuse say_no_to deny", strength: "strong" },
  { verb: "confirm", base: "confirm approve say_yes_to", strength: "strong" },
  { verb: "accept", base: "accept", strength: "strong" },
  { verb: "propose", base: "propose suggest counter_with", strength: "strong" },
  { verb: "propose", base: "offer", strength: "strong", role: "practitioner" },
  { verb: "invite", base: "invite reinvite", strength: "strong", role: "practitioner" },
  { verb: "deactivate", base: "deactivate revoke uninvite archive", strength: "strong", role: "practitioner" },
  { verb: "reactivate", base: "reactivate let_in", strength: "strong", role: "practitioner" },
  { verb: "give package", base: "give assign grant sell hand", strength: "weak", role: "practitioner" },
  {
    verb: "book",
    base: "make get arrange set_up set request create add put plan organise organize enter place fix include have do take",
    strength: "weak",
  },
  { verb: "book", base: "see visit view meet consult go_to talk_to", strength: "weak", seesSomeone: true },
  { verb: "join", base: "join", strength: "weak" },
];

function ing(base: string): string {
  const [verb = "", ...particle] = base.split("_");
  const stem =
    /e$/.test(verb) && !/ee$/.test(verb)
      ? verb.slice(0, -1)
      : /^(?:put|set|get|let)$/.test(verb)
        ? `${verb}${verb.at(-1)}`
        : verb;
  return [`${stem}ing`, ...particle].join("_");
}

function past(base: string): string {
  const [verb = "", ...particle] = base.split("_");
  const irregular: Readonly<Record<string, string>> = {
    make: "made",
    get: "gotten",
    set: "set",
    put: "put",
    take: "taken",
    bring: "brought",
    let: "let",
    do: "done",
    have: "had",
    see: "seen",
    give: "given",
    sell: "sold",
  };
  const form =
    irregular[verb] ??
    (/e$/.test(verb) ? `${verb}d` : /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ied` : `${verb}ed`);
  return [form, ...particle].join("_");
}

/** "Cancelled", "cancelling": a doubled last letter matches a single one. */
function doubled(form: string): string {
  return form.replace(/([lpt])(ing|ed)\b/, "$1$1?$2");
}

/** Particles that may stand behind the object: "turn it down", "call Ben off". */
const separable = /^(.*) (down|off|back|out)$/;

/** A form with an object between the verb and its particle. */
function withObjectInside(forms: string): string {
  const inside = forms
    .split(" ")
    .flatMap(
      (form) => separable.exec(form.replaceAll("_", " "))?.slice(1, 3).join("_<object>_").replaceAll(" ", "_") ?? [],
    );
  return inside.length === 0
    ? oneOf(forms)
    : `(?:${oneOf(forms)}|${oneOf(inside.join(" ")).replaceAll("<object>", "(?:it|this|that|them|him|her|<person>)")})`;
}

/** The patterns of a rule: its base forms, its `-ing` forms and its participles. */
export function formsOf({ base }: VerbRule): { readonly base: string; readonly ing: string; readonly past: string } {
  const all = base.split(" ");
  return {
    base: withObjectInside(base),
    ing: oneOf(all.map((one) => doubled(ing(one))).join(" ")),
    past: oneOf(all.map((one) => doubled(past(one))).join(" ")),
  };
}

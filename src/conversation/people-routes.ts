import type { Role, Route } from "./flow.ts";

/** Short words about who is who, who may come in, and writing to each other: as `route` reads them. */
export const peopleRoutes: readonly {
  readonly words: RegExp;
  readonly roles: readonly Role[];
  readonly route: Route;
}[] = [
  {
    words:
      /^(connect|add|link|use) (an)?(other|a second|my other|my second) (chat|account|app|slack|teams|workspace)\b/,
    roles: ["client", "practitioner"],
    route: { flow: "link", input: { type: "connect" } },
  },
  {
    words:
      /^switch( to)?( (the |my )?(other )?(practice|role|person|account|side))?$|^change (practice|role)s?$|^who am i$/,
    roles: ["client", "practitioner"],
    route: { flow: "who", input: { type: "switch" }, as: { practiceId: "", role: "stranger" } },
  },
  {
    words: /\b(re-?send|send|get|new|lost)\b.*\b(invitation|invite|code|mail|email)\b/,
    roles: ["stranger"],
    route: { flow: "activate", input: { type: "resend" } },
  },
];

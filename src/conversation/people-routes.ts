import type { Role, Route } from "./flow.ts";

/** Short words about who is who, who may come in, and writing to each other: as `route` reads them. */
export const peopleRoutes: readonly {
  readonly words: RegExp;
  readonly roles: readonly Role[];
  readonly route: Route;
}[] = [
  {
    words: /^(please )?invite\b|^(send|make)( out)? (an |a new )?invitations?\b/,
    roles: ["practitioner"],
    route: { flow: "invite", input: { type: "invite" } },
  },
  {
    words: /^((show |list |see )?(me )?(my |the |all )?(people|clients|client list|invitations))$/,
    roles: ["practitioner"],
    route: { flow: "people", input: { type: "clients" } },
  },
  {
    words: /^(deactivate|reactivate|let in|revoke|resend|uninvite)\b/,
    roles: ["practitioner"],
    route: { flow: "people", input: { type: "named" } },
  },
  {
    words:
      /^((please |can you |could you )*(call|ring|phone) me( back)?|is (anyone|anybody|somebody|someone) there)( please)?$|^((can|could|may) i |i('d| would) like to |i (want|need) to |please |how do i |how can i )*(contact|message|reach|write( to)?|talk to|speak (to|with)|send a message to|get in touch with) (my |the |an? )?(practitioner|practice|therapist|coach|doctor|dietitian|nutritionist|human|person|somebody|someone)\b/,
    roles: ["client"],
    route: { flow: "contact", input: { type: "contact" } },
  },
  {
    words: /^(contact|message|write to|send a message to)( [\p{L}'.-]+){0,4}$/u,
    roles: ["client", "practitioner"],
    route: { flow: "contact", input: { type: "contact" } },
  },
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

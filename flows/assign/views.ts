import { buttonOf, type Card, type CardPart, type Fact, type Input } from "../../src/cards/card.ts";
import { assignWords } from "../../src/words/assign.ts";
import { money, plainAmount } from "../../src/words/money.ts";
import { dateName, limitsName, sessionCount } from "../../src/words/packages.ts";
import { extensionDays } from "./commands.ts";
import type { ClientsFacts, ExtensionFacts, givenFacts, OfferFacts, templatesFacts } from "./facts.ts";
import type { AssignEvent } from "./machine.ts";
import { sessionsInput } from "./terms.ts";

const button = buttonOf<AssignEvent>();

const cancel = button(assignWords.cancel, { type: "given.up" });
const back = button(assignWords.back, { type: "went.back" });

export function choosingClientView({ clients, page, hasMore }: ClientsFacts): Card<AssignEvent> {
  return {
    summary: assignWords.whom,
    title: assignWords.whom,
    parts: [
      {
        type: "buttons",
        role: "choices",
        buttons: clients.map(({ id, name }, at) => {
          const before = clients.slice(0, at).filter((one) => one.name === name).length;
          return button(before === 0 ? name : `${name} (${before + 1})`, { type: "client.chosen", clientId: id });
        }),
      },
      { type: "hint", text: assignWords.whomHint },
      {
        type: "buttons",
        role: "navigation",
        buttons: [
          ...(hasMore ? [button(assignWords.moreClients, { type: "clients.paged", page: page + 1 })] : []),
          cancel,
        ],
      },
    ],
  };
}

export function choosingTemplateView({
  client,
  templates,
}: Awaited<ReturnType<typeof templatesFacts>>): Card<AssignEvent> {
  const title = assignWords.which(client);
  return {
    summary: title,
    title,
    parts: [
      {
        type: "buttons",
        role: "choices",
        buttons: templates.map(({ id, name }, at) => {
          const before = templates.slice(0, at).filter((one) => one.name === name).length;
          return button(before === 0 ? name : `${name} (${before + 1})`, { type: "template.chosen", templateId: id });
        }),
      },
      { type: "buttons", role: "navigation", buttons: [back, cancel] },
    ],
  };
}

export function offeringView(facts: OfferFacts | undefined): Card<AssignEvent> {
  if (facts === undefined) return refusedView(undefined);
  const title = assignWords.offerTitle(facts.name, facts.client);
  return {
    summary: title,
    title,
    parts: [
      { type: "facts", facts: offerParts(facts) },
      {
        type: "buttons",
        role: "actions",
        buttons: [
          button(assignWords.giveIt, { type: "giving.agreed" }, "primary"),
          button(assignWords.change, { type: "change.wanted" }),
          cancel,
        ],
      },
      { type: "buttons", role: "navigation", buttons: [back] },
    ],
  };
}

function offerParts({ client, name, terms, expiresOn, services, locale, nowMs }: OfferFacts): Fact[] {
  const [only, ...more] = terms.items;
  const each = terms.items.map(({ serviceId, sessions }) => ({
    label: services.get(serviceId) ?? serviceId,
    value: sessionCount(sessions),
  }));
  return [
    { label: assignWords.client, value: client },
    { label: assignWords.package, value: name },
    ...(only === undefined || more.length > 0
      ? each
      : [
          {
            label: assignWords.sessions,
            value: `${only.sessions} × ${services.get(only.serviceId) ?? only.serviceId}`,
          },
        ]),
    { label: assignWords.price, value: terms.price === undefined ? assignWords.noPrice : money(terms.price, locale) },
    {
      label: assignWords.expires,
      value:
        expiresOn === undefined || terms.expiresAfterDays === undefined
          ? assignWords.never
          : assignWords.after(terms.expiresAfterDays, dateName(expiresOn, { locale, nowMs })),
    },
    { label: assignWords.limits, value: limitsName(terms.limits) ?? assignWords.noLimits },
  ];
}

export function changingView(facts: OfferFacts | undefined): Card<AssignEvent> {
  if (facts === undefined) return refusedView(undefined);
  const title = assignWords.changeTitle(facts.name, facts.client);
  return {
    summary: title,
    title,
    parts: [
      { type: "text", text: assignWords.changeHint },
      {
        type: "inputs",
        inputs: changeInputs(facts),
        submit: button(assignWords.keep, { type: "changes.given" }, "primary"),
      },
      { type: "buttons", role: "navigation", buttons: [back, cancel] },
    ],
  };
}

function changeInputs({ terms, services }: OfferFacts): Input[] {
  const { price, items, limits } = terms;
  return [
    ...(price === undefined
      ? []
      : [
          {
            id: "price",
            label: assignWords.priceLabel(price.currency),
            kind: "short_text",
            required: true,
            value: plainAmount(price),
          } as const,
        ]),
    ...items.map(
      ({ serviceId, sessions }): Input => ({
        id: sessionsInput(serviceId),
        label: assignWords.sessionsLabel(services.get(serviceId) ?? serviceId),
        kind: "number",
        required: true,
        value: String(sessions),
      }),
    ),
    optional("expires", assignWords.expiresLabel, assignWords.expiresHelp, terms.expiresAfterDays),
    optional("perWeek", assignWords.perWeek, assignWords.limitHelp, limits.perWeek),
    optional("perMonth", assignWords.perMonth, assignWords.limitHelp, limits.perMonth),
  ];
}

function optional(id: string, label: string, help: string, value: number | undefined): Input {
  return { id, label, kind: "number", required: false, help, ...(value === undefined ? {} : { value: String(value) }) };
}

export function givenView({ offer, isTold }: Awaited<ReturnType<typeof givenFacts>>): Card<AssignEvent> {
  if (offer === undefined) return refusedView(undefined);
  const { client, name } = offer;
  return told(assignWords.givenTitle(name, client), [
    { type: "facts", facts: offerParts(offer) },
    { type: "text", text: isTold ? assignWords.givenText(client) : assignWords.unreached(client) },
  ]);
}

export function refusedView(facts: OfferFacts | undefined): Card<AssignEvent> {
  const text = facts === undefined ? assignWords.notYours : assignWords.alreadyText(facts.client, facts.name);
  return told(assignWords.alreadyTitle, [{ type: "text", text }]);
}

export function droppedView(): Card<AssignEvent> {
  return told(assignWords.droppedTitle, []);
}

export function nothingToGiveView(): Card<AssignEvent> {
  return told(assignWords.nothingTitle, [{ type: "text", text: assignWords.nothingText }]);
}

/** A credit was returned after its package had ended. One button extends the package (D6.4). */
export function offeringExtensionView(facts: ExtensionFacts | undefined): Card<AssignEvent> {
  if (facts === undefined) return refusedView(undefined);
  const { client, held } = facts;
  const title = assignWords.expiredTitle(client);
  const on = dateName(held.expiresOn ?? held.startsOn, facts);
  return {
    summary: title,
    title,
    tone: "waiting",
    parts: [
      { type: "text", text: assignWords.expiredText(client, held.frozen.name, on) },
      {
        type: "buttons",
        role: "actions",
        buttons: [
          button(assignWords.extend(extensionDays), { type: "extension.agreed" }, "primary"),
          button(assignWords.leaveIt, { type: "extension.left" }),
        ],
      },
    ],
  };
}

export function extendedView(facts: ExtensionFacts | undefined): Card<AssignEvent> {
  if (facts === undefined) return refusedView(undefined);
  const { client, held } = facts;
  const on = dateName(held.expiresOn ?? held.startsOn, facts);
  const text = assignWords.extendedText(client, held.frozen.name, on);
  return told(assignWords.extendedTitle, [{ type: "text", text }]);
}

export function leftView(): Card<AssignEvent> {
  return told(assignWords.leftTitle, []);
}

function told(title: string, parts: readonly CardPart<AssignEvent>[]): Card<AssignEvent> {
  return { summary: title, title, parts };
}

import { buttonOf, type Card, type CardPart, type Fact } from "../../src/cards/card.ts";
import { homeWords } from "../../src/words/home.ts";
import { shortDay, slotLabel } from "../../src/words/instants.ts";
import { packageNewsWords } from "../../src/words/package-mails.ts";
import {
  dateName,
  entryName,
  limitsName,
  packageLine,
  packageNames,
  packageWords,
  problemName,
  waitsName,
} from "../../src/words/packages.ts";
import { planWords } from "../../src/words/plan.ts";
import type { DetailFacts, HistoryFacts, HistoryLine, ListFacts } from "./facts.ts";
import type { PackagesEvent } from "./machine.ts";

const button = buttonOf<PackagesEvent>();

/** The client's packages, one line each. */
export function listingView(facts: ListFacts): Card<PackagesEvent> {
  const { packages } = facts;
  if (packages.length === 0) return emptyView(facts);
  const names = packageNames(
    packages.map(({ held }) => held),
    facts,
  );
  return {
    summary: packageWords.listTitle,
    title: packageWords.listTitle,
    parts: [
      {
        type: "facts",
        facts: packages.map(({ total, held, problem }, at) => ({
          label: names[at] ?? "",
          value: problem === undefined ? packageLine(total, held, facts) : problemName(problem, facts),
        })),
      },
      {
        type: "buttons",
        role: "choices",
        buttons: packages.map(({ held }, at) =>
          button(names[at] ?? "", { type: "package.opened", packageId: held.id }),
        ),
      },
      { type: "buttons", role: "navigation", buttons: [button(packageWords.home, { type: "home.wanted" })] },
    ],
  };
}

function emptyView({ practice }: ListFacts): Card<PackagesEvent> {
  return {
    summary: packageWords.none,
    title: packageWords.listTitle,
    parts: [
      { type: "text", text: `${packageWords.none} ${packageWords.noneHint(practice)}` },
      {
        type: "buttons",
        role: "navigation",
        buttons: [
          button(homeWords.requestASession, { type: "book.wanted" }, "primary"),
          button(packageWords.home, { type: "home.wanted" }),
        ],
      },
    ],
  };
}

export function showingView(facts: DetailFacts | undefined): Card<PackagesEvent> {
  return facts === undefined ? goneView() : detailCard(facts, facts.seen.held.frozen.name);
}

/** News about a package: it was given, its last session is left, or it ends soon. */
export function toldView(facts: DetailFacts | undefined): Card<PackagesEvent> {
  if (facts === undefined) return goneView();
  const { title, text } = told(facts);
  return detailCard(facts, title, { type: "text", text });
}

function told({ news = "given", seen: { held, total }, ...at }: DetailFacts): { title: string; text: string } {
  const { name } = held.frozen;
  const on = held.expiresOn === undefined ? undefined : dateName(held.expiresOn, at);
  switch (news) {
    case "given":
      return { title: packageWords.givenTitle, text: packageWords.givenText(name) };
    case "last":
      return { title: packageNewsWords.lastTitle, text: packageNewsWords.lastText(name, on) };
    case "expiring": {
      const text = packageNewsWords.expiringText(name, total.available, on ?? "");
      return { title: packageNewsWords.expiringTitle, text };
    }
    case "extended":
      return {
        title: packageNewsWords.extendedTitle,
        text: packageNewsWords.extendedText(name, total.available, on ?? ""),
      };
    default:
      return news satisfies never;
  }
}

function detailCard(facts: DetailFacts, title: string, first?: CardPart<PackagesEvent>): Card<PackagesEvent> {
  const { seen } = facts;
  const { description } = seen.held.frozen;
  return {
    summary: `${seen.held.frozen.name}: ${stateLine(facts)}`,
    title,
    parts: [
      ...(first === undefined ? [] : [first]),
      ...(description === undefined ? [] : [{ type: "text", text: description } as const]),
      { type: "facts", facts: detailFacts(facts) },
      {
        type: "buttons",
        role: "actions",
        buttons: [
          ...(seen.problem === undefined
            ? [button(packageWords.bookSession, { type: "book.wanted" }, "primary" as const)]
            : []),
          ...(mayBePlanned(facts) ? [button(planWords.planTheRest, { type: "plan.wanted" })] : []),
          button(packageWords.history, { type: "history.wanted" }),
        ],
      },
      {
        type: "buttons",
        role: "navigation",
        buttons: [
          button(packageWords.allPackages, { type: "went.back" }),
          button(packageWords.home, { type: "home.wanted" }),
        ],
      },
    ],
  };
}

/** A single remaining session is booked as usual. */
function mayBePlanned({ seen }: DetailFacts): boolean {
  const left = seen.services.map((id) => seen.ledger.byService.get(id)?.available ?? 0);
  return seen.problem === undefined && left.some((count) => count >= 2);
}

function stateLine({ seen, locale, nowMs }: DetailFacts): string {
  return packageLine(seen.total, seen.held, { locale, nowMs });
}

function detailFacts(facts: DetailFacts): Fact[] {
  const { seen, services, locale } = facts;
  const { held, problem, waits } = seen;
  const limits = limitsName(held.frozen.limits);
  const items = held.frozen.items.map(({ serviceId }) => {
    const { available = 0, granted = 0 } = seen.ledger.byService.get(serviceId) ?? {};
    const left = problem?.reason === "expired" ? 0 : available;
    return { label: services.get(serviceId) ?? serviceId, value: `${left} of ${granted} left` };
  });
  const [only, ...more] = items;
  return [
    { label: packageWords.sessions, value: stateLine(facts) },
    ...(problem === undefined ? [] : [{ label: packageWords.state, value: problemName(problem, facts) }]),
    ...(waits === undefined ? [] : [{ label: packageWords.state, value: waitsName(waits, locale) }]),
    ...(more.length > 0 ? items : only === undefined ? [] : [{ label: packageWords.forWhat, value: only.label }]),
    { label: packageWords.starts, value: dateName(held.startsOn, facts) },
    ...(limits === undefined ? [] : [{ label: packageWords.limits, value: limits }]),
  ];
}

/** The credit history in words, newest line first. */
export function historyView(facts: HistoryFacts | undefined): Card<PackagesEvent> {
  if (facts === undefined) return goneView();
  const title = packageWords.historyTitle(facts.name);
  return {
    summary: title,
    title,
    parts: [
      ...facts.lines.map((line) => ({ type: "text", text: lineText(line, facts) }) as const),
      {
        type: "buttons",
        role: "navigation",
        buttons: [
          ...(facts.page > 0 ? [button(packageWords.newest, { type: "history.paged", page: 0 })] : []),
          ...(facts.hasMore ? [button(packageWords.older, { type: "history.paged", page: facts.page + 1 })] : []),
          button(packageWords.back, { type: "went.back" }),
          button(packageWords.home, { type: "home.wanted" }),
        ],
      },
    ],
  };
}

function lineText({ entry, service, sessionAtMs }: HistoryLine, { reader }: HistoryFacts): string {
  const session =
    sessionAtMs === undefined ? undefined : `${shortDay(sessionAtMs, reader)}, ${slotLabel(sessionAtMs, reader)}`;
  return `${shortDay(entry.atMs, reader)} · ${entryName(entry, service, session)}`;
}

function goneView(): Card<PackagesEvent> {
  return {
    summary: packageWords.gone,
    title: packageWords.package,
    parts: [
      { type: "text", text: packageWords.gone },
      { type: "buttons", role: "navigation", buttons: [button(packageWords.home, { type: "home.wanted" })] },
    ],
  };
}

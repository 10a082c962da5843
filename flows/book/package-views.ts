import { buttonOf, type Card, type Fact } from "../../src/cards/card.ts";
import type { PackageSeen } from "../../src/desk/packages/packages.ts";
import { bookWords } from "../../src/words/book.ts";
import { money } from "../../src/words/money.ts";
import { packageLine, packageNames, packageWords, problemName, waitsName } from "../../src/words/packages.ts";
import { askedForPart } from "./choosing-views.ts";
import type { BookEvent } from "./events.ts";
import type { ChoosingPackageFacts, PackageLostFacts } from "./package-facts.ts";
import { wayOut } from "./ways.ts";

const button = buttonOf<BookEvent>();

/** "Book from a package?": each usable one with what is left of it, the others with the reason why not (D6.3). */
export function choosingPackageView({
  packages,
  progress,
  askedFor,
  locale,
  nowMs,
}: ChoosingPackageFacts): Card<BookEvent> {
  const names = packageNames(
    packages.map(({ held }) => held),
    { locale, nowMs },
  );
  const usable = packages.flatMap((one, at) => (one.problem === undefined ? [{ one, name: names[at] ?? "" }] : []));
  const title = usable.length === 0 ? packageWords.noneUsable : packageWords.choose;
  return {
    summary: title,
    title,
    ...(usable.length === 0 ? {} : { step: progress }),
    parts: [
      ...askedForPart(askedFor),
      { type: "facts", facts: packages.map((one, at) => packageFact(one, names[at] ?? "", { locale, nowMs })) },
      {
        type: "buttons",
        role: "choices",
        buttons: [
          ...usable.map(({ one, name }) =>
            button(name, { type: "package.chosen", choice: { packageId: one.held.id } }),
          ),
          button(packageWords.without, { type: "package.chosen", choice: { without: true } }),
        ],
      },
      { type: "buttons", role: "navigation", buttons: [button(bookWords.back, { type: "went.back" })] },
    ],
  };
}

function packageFact(one: PackageSeen, label: string, at: { locale: string; nowMs: number }): Fact {
  if (one.problem !== undefined) return { label, value: problemName(one.problem, at) };
  const line = packageLine(one.total, one.held, at);
  return { label, value: one.waits === undefined ? line : `${line} · ${waitsName(one.waits, at.locale)}` };
}

/** The package was used up, or its limit was reached, between choosing and booking (case 14). */
export function packageLostView(facts: PackageLostFacts): Card<BookEvent> {
  const { problem, name, startsAtMs, price, locale } = facts;
  const why =
    problem === undefined || name === undefined ? undefined : packageWords.lostText(name, problemName(problem, facts));
  return {
    summary: bookWords.summaryOf(facts.service, packageWords.lostTitle),
    title: packageWords.lostTitle,
    tone: "bad",
    parts: [
      { type: "text", text: why ?? packageWords.lostGone },
      {
        type: "buttons",
        role: "actions",
        buttons: [
          ...(startsAtMs === undefined
            ? []
            : [
                button(packageWords.bookWithout(price === undefined ? undefined : money(price, locale)), {
                  type: "package.dropped",
                  startsAtMs,
                }),
              ]),
          ...(facts.hasOthers ? [button(packageWords.otherPackages, { type: "packages.wanted" })] : []),
          ...(problem?.reason === "none-left" ? [] : [button(packageWords.otherTimes, { type: "times.wanted" })]),
        ],
      },
      wayOut,
    ],
  };
}

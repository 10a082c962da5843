import { type Button, buttonOf, type Card, type CardPart, type Fact } from "../../src/cards/card.ts";
import type { WallStretch } from "../../src/domain/out-of-office.ts";
import type { TimeOffOrder } from "../../src/language/when/time-off.ts";
import { absenceWords, type SpanWords, spanWords } from "../../src/words/absence.ts";
import { homeWords } from "../../src/words/home.ts";
import { clockTime, type Reader, shortDay, zoneName } from "../../src/words/instants.ts";
import type { AbsenceFacts, AskingFacts, Choosable, ListFacts, Owner, ReadingsFacts } from "./facts.ts";
import type { AbsenceEvent } from "./machine.ts";

const button = buttonOf<AbsenceEvent>();

/** More sessions than this are counted, not named. */
const mostNamed = 10;

/** Before anything is blocked: the time, and every session in it. */
export function confirmingView(facts: AbsenceFacts): Card<AbsenceEvent> {
  const isBlock = facts.order === "block";
  const title = isBlock ? absenceWords.blockTitle : absenceWords.awayTitle;
  const agree = button(isBlock ? absenceWords.block : absenceWords.away, { type: "absence.agreed" }, "primary");
  const drop = button(absenceWords.drop, { type: "absence.dropped" });
  const parts: CardPart<AbsenceEvent>[] = [
    whenPart(facts),
    ...sessionTexts(facts),
    { type: "text", text: absenceWords.consequence },
  ];
  const ask: CardPart<AbsenceEvent>[] = isBlock
    ? [{ type: "buttons", role: "actions", buttons: [agree, drop] }]
    : [
        {
          type: "inputs",
          inputs: [
            {
              id: "message",
              label: absenceWords.message,
              kind: "short_text",
              required: false,
              help: absenceWords.messageHint,
            },
          ],
          submit: agree,
        },
        { type: "buttons", role: "navigation", buttons: [drop] },
      ];
  return { summary: `${title} ${said(facts.spans, facts.reader)}`, title, parts: [...parts, ...ask] };
}

/** The time is blocked: each session has a button, and the block can be undone. */
export function doneView(facts: AbsenceFacts): Card<AbsenceEvent> {
  const title = facts.order === "block" ? absenceWords.doneBlocked : absenceWords.doneAway(facts.colleague?.name);
  return {
    summary: `${title}: ${said(facts.spans, facts.reader)}`,
    title,
    tone: "good",
    parts: [
      whenPart(facts),
      ...(facts.sessions.length === 0
        ? []
        : ([
            { type: "text", text: absenceWords.concerned(facts.sessions.length) },
            { type: "text", text: absenceWords.oneByOne(facts.sessions.length) },
            { type: "buttons", role: "choices", buttons: sessionButtons(facts) },
          ] as const)),
      ...(facts.mayUndo
        ? ([
            { type: "buttons", role: "actions", buttons: [button(absenceWords.undo, { type: "undo.chosen" })] },
          ] as const)
        : []),
      ways(facts.colleague),
    ],
  };
}

/** Several readings of the words, with a button for each. */
export function choosingReadingView({ order, readings, reader, colleague }: ReadingsFacts): Card<AbsenceEvent> {
  return {
    summary: absenceWords.whichTitle,
    title: absenceWords.whichTitle,
    parts: [
      ...ofColleague(colleague),
      {
        type: "buttons",
        role: "choices",
        buttons: readings.map((one) => readingButton(one, order, reader)),
      },
      ways(colleague),
    ],
  };
}

export function askingTimeView({ order, today, tomorrow, nextWeek, colleague }: AskingFacts): Card<AbsenceEvent> {
  const choice = (label: string, stretches: readonly WallStretch[]) =>
    button(label, { type: "reading.chosen", order, stretches });
  return {
    summary: absenceWords.askWhenTitle,
    title: absenceWords.askWhenTitle,
    parts: [
      ...ofColleague(colleague),
      { type: "text", text: absenceWords.askWhenText },
      {
        type: "buttons",
        role: "choices",
        buttons: [
          choice(absenceWords.today, today),
          choice(absenceWords.tomorrow, tomorrow),
          choice(absenceWords.nextWeek, nextWeek),
        ],
      },
      ways(colleague),
    ],
  };
}

export function listingView({ own, inFile, reader, colleague }: ListFacts): Card<AbsenceEvent> {
  const title = absenceWords.listTitle(colleague?.name);
  return {
    summary: title,
    title,
    parts: [
      { type: "text", text: own.length === 0 ? absenceWords.listNone : absenceWords.listText },
      ...(own.length === 0
        ? []
        : ([
            {
              type: "buttons",
              role: "choices",
              buttons: distinct(own).map((one) => readingButton(one, "unblock", reader)),
            },
          ] as const)),
      ...(inFile.length === 0
        ? []
        : ([
            {
              type: "facts",
              facts: inFile.map((span) => ({ label: absenceWords.fromFile, value: spanWords(span, reader) })),
            },
          ] as const)),
      ...(colleague === undefined || (own.length === 0 && inFile.length === 0)
        ? []
        : ([{ type: "hint", text: homeWords.timesIn(zoneName(colleague.zone)) }] as const)),
      { type: "buttons", role: "navigation", buttons: [home] },
    ],
  };
}

export function confirmingOpeningView(facts: AbsenceFacts): Card<AbsenceEvent> {
  return {
    summary: `${absenceWords.openTitle} ${said(facts.spans, facts.reader)}`,
    title: absenceWords.openTitle,
    parts: [
      whenPart(facts),
      { type: "text", text: absenceWords.openText },
      ...fileHint(facts),
      {
        type: "buttons",
        role: "actions",
        buttons: [
          button(absenceWords.open, { type: "opening.agreed" }, "primary"),
          button(absenceWords.drop, { type: "absence.dropped" }),
        ],
      },
    ],
  };
}

export function openedView(facts: AbsenceFacts): Card<AbsenceEvent> {
  return ended(facts, { title: absenceWords.openedTitle, text: absenceWords.openedText });
}

export function takenBackView(facts: AbsenceFacts): Card<AbsenceEvent> {
  return ended(facts, { title: absenceWords.takenBackTitle, text: absenceWords.takenBackText });
}

export function keptView(facts: AbsenceFacts): Card<AbsenceEvent> {
  return ended(facts, { title: absenceWords.keptTitle, text: absenceWords.keptText });
}

export function findingNothingView(facts: AbsenceFacts): Card<AbsenceEvent> {
  return ended(facts, { title: absenceWords.nothingThereTitle, text: absenceWords.nothingThereText });
}

export function refusingWeeklyView(): Card<AbsenceEvent> {
  return {
    summary: absenceWords.everyWeekTitle,
    title: absenceWords.everyWeekTitle,
    parts: [{ type: "text", text: absenceWords.everyWeekText }, ways()],
  };
}

/** Another person's time was meant, and the reader may not change it, or it is unclear whose time was meant. */
export function notTheirsView({ isAdmin }: { readonly isAdmin: boolean }): Card<AbsenceEvent> {
  return {
    summary: absenceWords.notTheirsTitle,
    title: absenceWords.notTheirsTitle,
    parts: [{ type: "text", text: isAdmin ? absenceWords.severalText : absenceWords.notTheirsText }, ways()],
  };
}

function ended(facts: AbsenceFacts, words: { readonly title: string; readonly text: string }): Card<AbsenceEvent> {
  return {
    summary: words.title,
    title: words.title,
    parts: [
      ...(facts.spans.length === 0 ? [] : [whenPart(facts)]),
      { type: "text", text: words.text },
      ...fileHint(facts),
      ways(facts.colleague),
    ],
  };
}

const home = button(absenceWords.home, { type: "home.wanted" });
function ways(colleague?: Owner["colleague"]): CardPart<AbsenceEvent> {
  const list = button(absenceWords.myTimeOff(colleague?.name), { type: "list.wanted" });
  return { type: "buttons", role: "navigation", buttons: [list, home] };
}

function ofColleague(colleague: Owner["colleague"]): readonly CardPart<AbsenceEvent>[] {
  return colleague === undefined ? [] : [{ type: "facts", facts: whose(colleague) }];
}

function fileHint({ inFile }: AbsenceFacts): CardPart<AbsenceEvent>[] {
  return inFile.length === 0 ? [] : [{ type: "hint", text: absenceWords.inFileText }];
}

/** The time. For a colleague's time also the owner and the zone. */
function whenPart({ spans, reader, colleague }: AbsenceFacts): CardPart<AbsenceEvent> {
  const when = said(spans, reader);
  const value = colleague === undefined ? when : absenceWords.whenIn(when, zoneName(colleague.zone));
  return { type: "facts", facts: [...whose(colleague), { label: absenceWords.when, value }] };
}

function whose(colleague: Owner["colleague"]): readonly Fact[] {
  return colleague === undefined ? [] : [{ label: absenceWords.whose, value: colleague.name }];
}

function said(spans: readonly SpanWords[], reader: Reader): string {
  return spans.map((span) => spanWords(span, reader)).join(" · ");
}

function readingButton({ span, stretches }: Choosable, order: TimeOffOrder, reader: Reader): Button<AbsenceEvent> {
  return button(said(span, reader), { type: "reading.chosen", order, stretches });
}

/** A range that is blocked twice is one line. */
function distinct(own: readonly Choosable[]): readonly Choosable[] {
  return [...new Map(own.map((one) => [JSON.stringify(one.stretches), one])).values()];
}

function sessionTexts({ sessions, reader }: AbsenceFacts): CardPart<AbsenceEvent>[] {
  if (sessions.length === 0) return [{ type: "text", text: absenceWords.nothingConcerned }];
  const named = sessions.slice(0, mostNamed).map(({ booking, client }) => sessionLine({ booking, client }, reader));
  const more = sessions.length - named.length;
  const lines = [absenceWords.concerned(sessions.length), ...named, ...(more > 0 ? [absenceWords.more(more)] : [])];
  return lines.map((text) => ({ type: "text", text }));
}

function sessionLine({ booking, client }: AbsenceFacts["sessions"][number], reader: Reader): string {
  const when = `${shortDay(booking.startsAtMs, reader)}, ${clockTime(booking.startsAtMs, reader)}`;
  return booking.status === "requested"
    ? absenceWords.asksFor(client, when)
    : absenceWords.session(client, booking.frozen.publicName, when);
}

function sessionButtons({ sessions, reader }: AbsenceFacts): Button<AbsenceEvent>[] {
  const labels = sessions.slice(0, mostNamed).map((one) => sessionLine(one, reader).slice(0, 70));
  return labels.flatMap((label, at) => {
    const booking = sessions[at]?.booking;
    if (booking === undefined) return [];
    const before = labels.slice(0, at).filter((earlier) => earlier === label).length;
    const { id: bookingId, status } = booking;
    return [button(before === 0 ? label : `${label} (${before + 1})`, { type: "session.opened", bookingId, status })];
  });
}

import type { FakeSlack } from "./fake-slack.ts";
import { type Shown, type ShownView, shownMessage, shownView } from "./seen.ts";
import { directMessage, type Message, type View, type Workspace } from "./workspace.ts";

/** A member's view of the app. */
export interface Sight {
  /** The messages of the direct chat, oldest first. */
  messages(): readonly Shown[];
  /** The app's newest message in it. Throws if there is none. */
  newest(): Shown;
  /** Ephemeral messages in any channel, oldest first. */
  ephemerals(): readonly Shown[];
  /** The messages of a channel. */
  channel(id: string): readonly Shown[];
  /** The Home tab, once it was published. */
  home(): ShownView | undefined;
  /** The topmost open modal. */
  modal(): ShownView | undefined;
  /** The push notifications so far: for new messages only, not for edits. */
  notifications(): readonly string[];
  /** Resolves with the app's newest message that contains this text, or a button, input or title with it. */
  sees(words: string | RegExp, withinMs?: number): Promise<Shown>;
  /** Like `sees`, for ephemeral messages. */
  seesEphemeral(words: string | RegExp, withinMs?: number): Promise<Shown>;
  seesHome(words: string | RegExp, withinMs?: number): Promise<ShownView>;
  seesModal(words?: string | RegExp, withinMs?: number): Promise<ShownView>;
  /** The whole screen as text, for error messages. */
  screen(): string;
}

/** The underlying messages, unrendered. */
export interface RawSight {
  /** The app's messages in the direct chat, newest first. */
  appMessages(): readonly Message[];
  /** Newest first. */
  appEphemerals(): readonly Message[];
  topModal(): View | undefined;
  homeView(): View | undefined;
}

/** Opens a member's view. */
export function openSight(
  fake: FakeSlack,
  workspace: Workspace,
  userId: string,
  told: () => readonly string[],
  patienceMs: number,
): Sight & RawSight {
  const shown = (message: Message) => shownMessage(message, workspace);
  const dm = () => directMessage(workspace, userId).messages;
  const ephemerals = () => workspace.ephemerals.filter(({ onlyFor }) => onlyFor === userId);
  const topModal = () => workspace.modals.get(userId)?.at(-1);
  const homeView = () => workspace.homes.get(userId);

  const sight: Sight & RawSight = {
    messages: () => dm().map(shown),
    newest() {
      const message = sight.appMessages()[0];
      if (message === undefined) throw new Error(`${userId} has no message of the desk`);
      return shown(message);
    },
    ephemerals: () => ephemerals().map(shown),
    channel: (id) => (workspace.channels.get(id)?.messages ?? []).map(shown),
    home: () => viewOf(homeView()),
    modal: () => viewOf(topModal()),
    notifications: told,
    sees: (words, withinMs) =>
      wait(`a message with ${words}`, () => sight.appMessages().map(shown).find(has(words)), withinMs),
    seesEphemeral: (words, withinMs) =>
      wait(`a private message with ${words}`, () => sight.appEphemerals().map(shown).find(has(words)), withinMs),
    seesHome: (words, withinMs) => wait(`a Home tab with ${words}`, () => having(sight.home(), words), withinMs),
    seesModal: (words = "", withinMs) => wait(`a modal with ${words}`, () => having(sight.modal(), words), withinMs),
    screen: () =>
      [
        ...sight.messages().map(({ from, words }) => `${from}: ${words}`),
        ...sight.ephemerals().map(({ words }) => `only you: ${words}`),
        ...[sight.home()].map((view) => (view === undefined ? "" : `home: ${view.words}`)),
        ...[sight.modal()].map((view) => (view === undefined ? "" : `modal ${view.title}: ${view.words}`)),
      ]
        .filter((line) => line !== "")
        .join("\n"),
    appMessages: () =>
      dm()
        .filter(({ botId }) => botId === workspace.botId)
        .toReversed(),
    appEphemerals: () => ephemerals().toReversed(),
    topModal,
    homeView,
  };

  async function wait<Found>(what: string, find: () => Found | undefined, withinMs = patienceMs): Promise<Found> {
    try {
      return await fake.until(`${userId} sees ${what}`, find, withinMs);
    } catch (error) {
      throw new Error(`${error instanceof Error ? error.message : String(error)}\n${sight.screen()}`, { cause: error });
    }
  }
  return sight;
}

function viewOf(view: View | undefined): ShownView | undefined {
  return view === undefined ? undefined : shownView(view);
}

function has(
  words: string | RegExp,
): (seen: { readonly words: string; readonly buttons: readonly string[] }) => boolean {
  return (seen) =>
    typeof words === "string"
      ? seen.words.includes(words)
      : new RegExp(words.source, words.flags.replace("g", "")).test(seen.words);
}

function having(view: ShownView | undefined, words: string | RegExp): ShownView | undefined {
  return view !== undefined && (has(words)(view) || view.title === words) ? view : undefined;
}

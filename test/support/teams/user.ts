import {
  type Activity,
  installationActivity,
  invokeActivity,
  membersActivity,
  messageActivity,
  submitActivity,
} from "./activities.ts";
import { type Action, type AdaptiveCard, actionsOf } from "./adaptive-card.ts";
import { type CardView, openCardView } from "./card-view.ts";
import type { Chat, Message, Person } from "./chats.ts";
import { clientRefusals, type Filled, presentValues } from "./client-inputs.ts";
import { type Clicked, readInvokeAnswer } from "./invoke-answer.ts";
import type { Answered, TeamsWorld } from "./world.ts";

/** A press captured from the screen. It can be sent later, repeatedly, or by another person. */
export interface Press {
  readonly messageId: string;
  readonly action: Action;
  /** The action's data with the input values. */
  readonly data: unknown;
}

/** A Teams user. Actions go through `POST /api/messages`; what the user sees comes from the Connector. */
export interface TeamsUser extends CardView {
  readonly person: Person;
  readonly chat: Chat;
  /** Installs the app, which sends two activities in either order. */
  install(order?: "installation first" | "members first"): Promise<void>;
  /** Uninstalls the app; with `told: false` without an activity. */
  uninstall(how?: { readonly told?: boolean }): Promise<void>;
  /** Blocks the bot, without an activity. */
  block(): void;
  unblock(): void;
  /** Gives their chat a new id. The previous id becomes unknown. */
  moveChat(): void;
  /** Types a message in their own chat or a group chat. Throws unless the desk accepts it. */
  say(text: string, where?: { readonly in: Chat }): Promise<Activity>;
  /** Waits for a message with this button and clicks the newest one. Throws when the client or the desk refuses. */
  click(title: string): Promise<Clicked>;
  /** Clicks in an old client, which sends an `Action.Submit`: a message with a value. */
  submitOld(title: string): Promise<Activity>;
  /** Clicks twice before the first response: two activities, or one delivered twice. */
  doubleClick(title: string, how?: { readonly sameId?: boolean }): Promise<readonly Clicked[]>;
  /** Taps a suggested action, which sends its text. */
  suggestion(title: string): Promise<Activity>;
  /** Captures what a click on this button would send. */
  take(title: string): Press;
  /** Sends a captured press, possibly another person's. `id` reuses an activity id. */
  press(press: Press, how?: { readonly id?: string }): Promise<Clicked>;
  /** Fills inputs by label, on the newest message that has them. */
  fill(values: Readonly<Record<string, Filled>>): void;
  /** Selects choices by their titles. */
  choose(label: string, ...titles: readonly string[]): void;
  /** Client-side validation errors by label for a click on this button; empty if it would be sent. */
  refusals(title: string): Readonly<Record<string, string>>;
  /** Redelivers this person's last activity, or the given one. */
  redeliver(activity?: Activity): Promise<Answered>;
  /** All activities of this person, oldest first. */
  sent(): readonly Activity[];
}

interface UserParts {
  readonly world: TeamsWorld;
  readonly person: Person;
  readonly settle: () => Promise<void>;
  readonly answerWithinMs: number;
}

/** Opens a user of the double. */
export function openUser({ world, person, settle, answerWithinMs }: UserParts): TeamsUser {
  const { chats, deliver } = world;
  const chat = () => chats.personal(person);
  const view = openCardView(chats, person, world.botId);
  const sent: Activity[] = [];
  const scene = (where: Chat = chat()) => world.scene(person, where);

  const post = async (activity: Activity): Promise<Answered> => {
    sent.push(activity);
    return deliver(activity);
  };
  const tell = async (activity: Activity): Promise<Activity> => {
    const { status, body } = await post(activity);
    if (status !== 200 && status !== 201 && status !== 202)
      throw new Error(`${activity.type}: the desk answered ${status} ${JSON.stringify(body)}`);
    await settle();
    return activity;
  };

  /** Finds the button, or throws the reason why it cannot be clicked. */
  const found = (
    title: string,
  ): { readonly message: Message; readonly card: AdaptiveCard; readonly action: Action } => {
    for (const { message, card } of view.shown().toReversed()) {
      const matches = actionsOf(card).filter((action) => action.title === title);
      const [action] = matches;
      if (matches.length > 1) throw new Error(`“${title}” is ${matches.length} times on one card`);
      if (action !== undefined) return { message, card, action };
    }
    throw new Error(`${person.name} sees no “${title}” in:\n${view.messages().join("\n---\n")}`);
  };
  const refusals = (title: string) => {
    const { message, card, action } = found(title);
    return action.associatedInputs === "none" ? {} : clientRefusals(card, view.draft(message));
  };
  const take = (title: string): Press => {
    const { message, card, action } = found(title);
    if (action.type === "Action.OpenUrl") throw new Error(`“${title}” opens ${action.url}: read it with link()`);
    const refused = Object.entries(refusals(title)).map(([label, why]) => `${label}: ${why}`);
    if (refused.length > 0) throw new Error(`the client does not send “${title}”: ${refused.join("; ")}`);
    const inputs = action.associatedInputs === "none" ? {} : presentValues(card, view.draft(message));
    // A card's data is an object when there are inputs to add to it.
    return { messageId: message.id, action, data: { ...(action.data as object | undefined), ...inputs } };
  };

  const send = async ({ messageId, action, data }: Press, id?: string): Promise<Clicked> => {
    const where = { ...scene(), ...(id === undefined ? {} : { id }) };
    if (action.type === "Action.Submit") {
      await tell(submitActivity(where, messageId, data));
      return { kind: "sent", id: where.id };
    }
    const answered = await post(invokeActivity(where, messageId, action, data));
    const clicked = readInvokeAnswer(answered, { title: action.title ?? "", answerWithinMs, id: where.id });
    const message = chat().messages.find((each) => each.id === messageId);
    if (clicked.kind === "card" && message !== undefined) {
      message.views.set(person.userId, clicked.card);
      chats.changed();
    }
    return clicked;
  };
  const press: TeamsUser["press"] = async (one, { id } = {}) => {
    const clicked = await send(one, id);
    await settle();
    return clicked;
  };
  const whenShown = (title: string) =>
    chats.until(
      () => `“${title}” on a message of ${person.name}, who sees:\n${view.messages().join("\n---\n")}`,
      () => view.shown().some(({ card }) => actionsOf(card).some((action) => action.title === title)),
    );

  return {
    ...view,
    person,
    get chat() {
      return chat();
    },
    async install(order = "installation first") {
      chat().installed = true;
      const first = () => tell(installationActivity(scene(), "add"));
      const second = () => tell(membersActivity(scene(), "membersAdded"));
      for (const step of order === "installation first" ? [first, second] : [second, first]) await step();
    },
    async uninstall({ told = true } = {}) {
      chat().installed = false;
      if (told) await tell(installationActivity(scene(), "remove"));
    },
    block() {
      chat().blocked = true;
    },
    unblock() {
      chat().blocked = false;
    },
    moveChat: () => void chats.renew(person),
    async say(text, where) {
      const at = where?.in ?? chat();
      const activity = messageActivity(scene(at), text);
      chats.post(at, person.userId, { id: activity.id, text });
      return tell(activity);
    },
    async click(title) {
      await whenShown(title);
      return press(take(title));
    },
    async submitOld(title) {
      await whenShown(title);
      const { messageId, data } = take(title);
      return tell(submitActivity(scene(), messageId, data));
    },
    async doubleClick(title, { sameId = false } = {}) {
      await whenShown(title);
      const taken = take(title);
      const id = sameId ? chats.nextId() : undefined;
      const clicked = await Promise.all([send(taken, id), send(taken, id)]);
      await settle();
      return clicked;
    },
    async suggestion(title) {
      const suggested = view
        .shownMessages()
        .at(-1)
        ?.suggestions.find((each) => each.title === title);
      if (suggested === undefined) throw new Error(`no suggested action “${title}” under the newest message`);
      return tell(messageActivity(scene(), suggested.value));
    },
    take,
    press,
    refusals,
    fill: view.fill,
    choose: (label, ...titles) => view.fill({ [label]: titles }),
    async redeliver(activity = sent.at(-1)) {
      if (activity === undefined) throw new Error(`${person.name} has sent nothing`);
      const answered = await deliver(activity);
      await settle();
      return answered;
    },
    sent: () => sent,
  };
}

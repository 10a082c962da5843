import { type Filled, type FillValue, filledWith, keyOf, notSendable, valuesOf } from "./filling.ts";
import { actionPayload, type Doer, type Place, submitPayload } from "./payloads.ts";
import { type Control, controlsOf, optionsOf, type Shown } from "./seen.ts";
import { type Json, record, records, text, unpacked } from "./shape.ts";
import type { Delivery } from "./signed-post.ts";
import type { RawSight, Sight } from "./user-sight.ts";
import { change, show, viewBody } from "./view-methods.ts";
import type { Wire } from "./wire.ts";
import type { Message, View } from "./workspace.ts";

/** The result of submitting a modal; errors by input label. */
export type Submitted =
  | { readonly ok: true }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

/** Presses and inputs of a member. Controls are found by visible text and waited for; a missing one throws. */
export interface Press {
  /** Presses a button on the newest message that has it, or on the given one. */
  click(label: string, on?: Shown): Promise<Delivery>;
  clickEphemeral(label: string): Promise<Delivery>;
  /** The URL of a link button on the newest message that has it. Also notifies the app, as Slack does. */
  follow(label: string): Promise<string>;
  clickHome(label: string): Promise<Delivery>;
  clickModal(label: string): Promise<Delivery>;
  /** Fills inputs by label: of the open modal, otherwise of the newest message that has them. */
  fill(values: Readonly<Record<string, FillValue>>): Promise<void>;
  /** Selects an option. Notifies the app at once where Slack does. */
  choose(option: string, of?: string): Promise<Delivery | undefined>;
  /** Submits the open modal and applies the desk's response. */
  submit(): Promise<Submitted>;
  /** Closes the topmost modal. */
  closeModal(): Promise<void>;
}

interface Spot {
  readonly controls: readonly Control[];
  readonly filled: Filled;
  readonly place: (values: Json) => Place;
}

/** Opens a member's controls. */
export function openPress(doer: Doer & { readonly wire: Wire }, sight: Sight & RawSight, patienceMs: number): Press {
  const { fake, wire, workspace, userId } = doer;
  const kept = new Map<string, Filled>();
  const filledAt = (id: string): Filled => {
    const filled = kept.get(id) ?? new Map();
    kept.set(id, filled);
    return filled;
  };
  const spotOf = (message: Message): Spot => ({
    controls: controlsOf(message.blocks),
    filled: filledAt(message.ts),
    place: (values) => ({ on: "message", message, values }),
  });
  const viewSpot = (view: View | undefined): readonly Spot[] =>
    view === undefined
      ? []
      : [
          {
            controls: controlsOf(records(view.body.blocks)),
            filled: filledAt(view.id),
            place: (values) => ({ on: "view", view, values }),
          },
        ];
  const inMessages = () => sight.appMessages().map(spotOf);
  const inModal = () => viewSpot(sight.topModal());

  type Found = { readonly spot: Spot; readonly control: Control };
  const find = async (
    what: string,
    spots: () => readonly Spot[],
    fits: (control: Control) => boolean,
  ): Promise<Found> => {
    const look = (): Found | undefined => {
      for (const spot of spots()) {
        const control = spot.controls.find(fits);
        if (control !== undefined) return { spot, control };
      }
      return undefined;
    };
    try {
      return await fake.until(`${userId} sees ${what}`, look, patienceMs);
    } catch (error) {
      throw new Error(`${error instanceof Error ? error.message : String(error)}\n${sight.screen()}`, { cause: error });
    }
  };
  const tell = ({ spot, control }: Found, chosen?: Json): Promise<Delivery> => {
    const place = spot.place(valuesOf(spot.controls, spot.filled));
    const payload = actionPayload(doer, place, control, chosen);
    return wire.send(wire.interaction(payload, `${userId} presses "${control.label}"`));
  };
  const clickIn = async (label: string, spots: () => readonly Spot[]) =>
    tell(await find(`the button ${label}`, spots, (control) => control.kind === "button" && control.label === label));
  const messageOf = (on: Shown) => {
    const all = [...sight.appMessages(), ...sight.appEphemerals(), ...channelMessages()];
    return all.filter(({ ts, channelId }) => ts === on.ts && channelId === on.channelId).map(spotOf);
  };
  const channelMessages = () => [...workspace.channels.values()].flatMap(({ messages }) => messages);

  return {
    click: (label, on) => clickIn(label, on === undefined ? inMessages : () => messageOf(on)),
    async follow(label) {
      const fits = (control: Control) => control.label === label && control.element.url !== undefined;
      const found = await find(`the link ${label}`, inMessages, fits);
      await tell(found);
      return text(found.control.element.url);
    },
    clickEphemeral: (label) => clickIn(label, () => sight.appEphemerals().map(spotOf)),
    clickHome: (label) => clickIn(label, () => viewSpot(sight.homeView())),
    clickModal: (label) => clickIn(label, inModal),
    async fill(values) {
      for (const [label, value] of Object.entries(values)) {
        const spots = () => (sight.topModal() === undefined ? inMessages() : inModal());
        const fits = (control: Control) => control.kind !== "button" && control.label === label;
        const { spot, control } = await find(`the input ${label}`, spots, fits);
        spot.filled.set(keyOf(control), filledWith(control, value));
      }
    },
    async choose(option, of) {
      const spots = () => (sight.topModal() === undefined ? inMessages() : inModal());
      const fits = (control: Control) =>
        (of === undefined || control.label === of) && optionsOf(control).some(({ words }) => words === option);
      const found = await find(`the option ${option}`, spots, fits);
      const many = found.control.kind === "checkboxes" || found.control.kind === "multi_static_select";
      const chosen = filledWith(found.control, many ? [option] : option);
      found.spot.filled.set(keyOf(found.control), chosen);
      return found.control.tells ? tell(found, chosen) : undefined;
    },
    async submit() {
      const view = await fake.until(`${userId} sees a modal`, () => sight.topModal(), patienceMs);
      const [spot] = viewSpot(view);
      const controls = spot?.controls ?? [];
      const filled = spot?.filled ?? new Map();
      const refused = controls.flatMap((control) => {
        const why = control.kind === "button" ? undefined : notSendable(control, filled);
        return why === undefined ? [] : [[control.label, why]];
      });
      if (refused.length > 0) return { ok: false, errors: Object.fromEntries(refused) };
      const payload = submitPayload(doer, view, valuesOf(controls, filled));
      const delivery = await wire.send(wire.interaction(payload, `${userId} submits the modal`));
      return delivery.status === 200 ? obeyed(doer, view, controls, delivery.body) : { ok: false, errors: {} };
    },
    async closeModal() {
      const view = await fake.until(`${userId} sees a modal`, () => sight.topModal(), patienceMs);
      pop(doer, view);
      if (view.body.notify_on_close !== true) return;
      const { trigger_id: _, response_urls: __, ...payload } = submitPayload(doer, view, {});
      const closed = { ...payload, type: "view_closed", is_cleared: false };
      await wire.send(wire.interaction(closed, `${userId} closes the modal`));
    },
  };
}

/** Applies the desk's response to a submit. Throws for a response that Slack could not apply. */
function obeyed({ fake, workspace, userId }: Doer, view: View, controls: readonly Control[], body: string): Submitted {
  const answer = record(unpacked(body));
  switch (answer.response_action) {
    case undefined:
      if (body.trim() !== "" && body.trim() !== "{}") throw new Error(`Slack cannot apply this answer: ${body}`);
      pop({ workspace, userId }, view);
      return { ok: true };
    case "clear":
      workspace.modals.set(userId, []);
      return { ok: true };
    case "errors": {
      const errors = Object.entries(record(answer.errors)).map(([blockId, why]) => {
        const control = controls.find((each) => each.blockId === blockId);
        if (control === undefined) throw new Error(`an error at ${blockId}, which is not an input of the modal (S22)`);
        return [control.label, text(why)];
      });
      if (errors.length === 0) throw new Error("response_action errors without an error");
      return { ok: false, errors: Object.fromEntries(errors) };
    }
    case "update":
      change(fake.state, workspace, view, viewBody(fake.state, answer.view, "modal"));
      return { ok: true };
    case "push":
      show(fake.state, workspace, {
        userId,
        body: viewBody(fake.state, answer.view, "modal"),
        below: workspace.modals.get(userId) ?? [],
      });
      return { ok: true };
    default:
      throw new Error(`Slack knows no response_action ${String(answer.response_action)}`);
  }
}

function pop({ workspace, userId }: Pick<Doer, "workspace" | "userId">, view: View): void {
  const rest = (workspace.modals.get(userId) ?? []).filter((each) => each !== view);
  workspace.modals.set(userId, view.body.clear_on_close === true ? [] : rest);
}

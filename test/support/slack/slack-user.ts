import type { Echoes } from "./echoes.ts";
import type { Doer } from "./payloads.ts";
import type { Shown } from "./seen.ts";
import { openPress, type Press } from "./user-press.ts";
import { openSight, type Sight } from "./user-sight.ts";
import { openTalk, type Talk } from "./user-talk.ts";
import type { Wire } from "./wire.ts";

/** A workspace member, who acts through signed HTTP requests only. */
export interface SlackUser extends Sight, Talk, Press {
  readonly id: string;
  readonly teamId: string;
  /** Types a message and waits for the desk's next message, which is returned. */
  ask(words: string): Promise<Shown>;
  /** Presses a button and waits for the desk's reaction. Returns the newest message. */
  press(label: string, on?: Shown): Promise<Shown>;
  /** Runs `during` and waits until the desk has shown this member something. */
  answered<Result>(during: () => Promise<Result>): Promise<Result>;
}

/** Opens a member. */
export function openUser(
  parts: Doer & {
    readonly wire: Wire;
    readonly names: { readonly command: string; readonly shortcut: string };
    readonly patienceMs: number;
    readonly echoes: Echoes;
  },
): SlackUser {
  const { fake, workspace, userId, echoes, patienceMs } = parts;
  const told = () => echoes.notifications(workspace.id, userId);
  const sight = openSight(fake, workspace, userId, told, patienceMs);
  const talk = openTalk(parts, parts.names);
  const press = openPress(parts, sight, patienceMs);
  const waitFor = (isSo: () => boolean) =>
    fake.until(`${userId} is answered`, isSo, patienceMs).catch((error: unknown) => {
      throw new Error(`${error instanceof Error ? error.message : String(error)}\n${sight.screen()}`, { cause: error });
    });
  const answered = async <Result>(during: () => Promise<Result>): Promise<Result> => {
    const before = echoes.changes(workspace.id, userId);
    const result = await during();
    await waitFor(() => echoes.changes(workspace.id, userId) > before);
    return result;
  };
  return {
    id: userId,
    teamId: workspace.id,
    ...sight,
    ...talk,
    ...press,
    answered,
    async ask(words) {
      const before = sight.appMessages()[0]?.ts;
      await talk.say(words);
      await waitFor(() => sight.appMessages()[0]?.ts !== before);
      return sight.newest();
    },
    async press(label, on) {
      await answered(() => press.click(label, on));
      return sight.newest();
    },
  };
}

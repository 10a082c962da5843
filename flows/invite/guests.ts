import type { Turn } from "../../src/conversation/flow.ts";
import { listClientsSeen, looksAfter } from "../../src/desk/people/care.ts";
import type { InviteRefusal } from "../../src/desk/people/invite.ts";
import type { Client } from "../../src/domain/practice.ts";
import { given } from "../../src/given.ts";
import { findNamed } from "../../src/language/intent/reference.ts";
import { inviteesIn, nameFrom } from "../../src/language/names/invitees.ts";
import type { Guest } from "./input.ts";

/** The most guests at once: as many names as a form can ask for. */
export const mostGuests = 10;

/** The people that words invite: addresses and mentions, otherwise clients by name who are not activated. */
export async function guestsIn(text: string, turn: Turn): Promise<readonly Guest[]> {
  const named = inviteesIn(text);
  if (named.length > 0) return named.map((one) => (one.by === "email" ? { email: one.email } : { user: one.user }));
  const seen = await listClientsSeen(turn.books, turn.actor, turn.realNowMs);
  const waiting = seen.filter(({ standing }) => standing.is !== "activated" && standing.is !== "deactivated");
  const found = findNamed(
    text.replace(/^\s*(please\s+)?(re)?invite\b/i, ""),
    waiting.map(({ client: { id, name } }) => ({ id, names: [name, ...name.split(/\s+/)] })),
  );
  return found.ids.map((clientId) => ({ clientId }));
}

/** A guest as the card shows them, and what is still missing. */
export interface GuestSeen {
  readonly guest: Guest;
  /** Their label on the card: a name, an address, or a mention. */
  readonly who: string;
  readonly client?: Client;
  /** Why they will not be invited. */
  readonly refusal?: InviteRefusal;
  readonly asksName: boolean;
  readonly asksEmail: boolean;
  /** A name suggested by their address or chat profile. */
  readonly suggested: string;
}

/** The guests and their present status. */
export async function guestsSeen(guests: readonly Guest[], turn: Turn): Promise<readonly GuestSeen[]> {
  return Promise.all(guests.map((one) => guestSeen(one, turn)));
}

async function guestSeen(one: Guest, turn: Turn): Promise<GuestSeen> {
  const { books, practice, actor } = turn;
  if ("user" in one) {
    const known = await books.identities.find(mentioned(turn, one.user));
    const memberships = await books.identities.memberships(mentioned(turn, one.user));
    const isIn = memberships.some(({ practiceId, role }) => practiceId === practice.id && role === "client");
    const bound = await books.workspaces.listForWorkspace(turn.address);
    const isBound = bound.some(({ practiceId }) => practiceId === practice.id);
    return {
      guest: one,
      who: known?.name ?? `@${one.user}`,
      asksName: !isIn && isBound,
      asksEmail: !isIn && isBound,
      suggested: known?.name ?? "",
      ...(isIn ? { refusal: "already-activated" } : isBound ? {} : { refusal: "not-bound" }),
    };
  }
  const client =
    "clientId" in one
      ? await books.people.findClient(practice.id, one.clientId)
      : (await books.people.listClientsByEmail(one.email)).find(
          ({ practiceId, state }) => practiceId === practice.id && state !== "archived",
        );
  if (client === undefined) {
    const email = "email" in one ? one.email : "";
    return { guest: one, who: email, asksName: true, asksEmail: false, suggested: nameFrom(email) };
  }
  const chats = await books.identities.listAddresses(practice.id, "client", client.id);
  const refusal: InviteRefusal | undefined = !(await looksAfter(books, actor, client.id))
    ? "not-yours"
    : client.state === "deactivated"
      ? "deactivated"
      : chats.length > 0
        ? "already-activated"
        : undefined;
  return {
    guest: one,
    // A colleague's client is private, so the card only repeats what was typed.
    who: refusal === "not-yours" && "email" in one ? one.email : client.name,
    client,
    asksName: false,
    asksEmail: false,
    suggested: client.name,
    ...given({ refusal }),
  };
}

/** The chat user that a mention means, in the workspace it was typed in. */
export function mentioned({ address }: Pick<Turn, "address">, user: string): Turn["address"] {
  return { platform: address.platform, workspace: address.workspace, user };
}

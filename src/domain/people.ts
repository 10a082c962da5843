/** How far a client has come in (D7.1); instants are epoch ms. */
export type Standing =
  | { readonly is: "not-invited" }
  | { readonly is: "invited"; readonly untilMs: number }
  /** The invitation was not taken up in time. */
  | { readonly is: "invitation-over"; readonly sinceMs: number }
  | { readonly is: "activated"; readonly lastActiveMs?: number }
  | { readonly is: "deactivated" };

/** What is known of a client's way in. */
export interface EntryFacts {
  readonly deactivated: boolean;
  readonly chats: readonly { readonly lastSeenAtMs?: number }[];
  /** The latest invitation, if it is open. */
  readonly invitedUntilMs?: number;
}

/** Where a client stands. Whoever has a chat is activated, whatever became of an invitation. */
export function decideStanding({ deactivated, chats, invitedUntilMs }: EntryFacts, nowMs: number): Standing {
  if (deactivated) return { is: "deactivated" };
  if (chats.length > 0) {
    const lastActiveMs = Math.max(...chats.map(({ lastSeenAtMs }) => lastSeenAtMs ?? 0));
    return lastActiveMs === 0 ? { is: "activated" } : { is: "activated", lastActiveMs };
  }
  if (invitedUntilMs === undefined) return { is: "not-invited" };
  return invitedUntilMs > nowMs
    ? { is: "invited", untilMs: invitedUntilMs }
    : { is: "invitation-over", sinceMs: invitedUntilMs };
}

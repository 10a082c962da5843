/** A client's standing (D7.1); instants are epoch ms. */
export type Standing =
  | { readonly is: "not-invited" }
  | { readonly is: "invited"; readonly untilMs: number }
  /** The invitation expired unused. */
  | { readonly is: "invitation-over"; readonly sinceMs: number }
  | { readonly is: "activated"; readonly lastActiveMs?: number }
  | { readonly is: "deactivated" };

/** The facts that decide a client's standing. */
export interface EntryFacts {
  readonly deactivated: boolean;
  readonly chats: readonly { readonly lastSeenAtMs?: number }[];
  /** The expiry of the latest open invitation, epoch ms. */
  readonly invitedUntilMs?: number;
}

/** A client's standing. A client with a chat is activated, whatever became of their invitation. */
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

/** What the processes over the same books tell each other. A hint only: what is true stands in the books. */
export type Change =
  /** Something may be due now: a message to send, a timer. */
  | { readonly what: "work" }
  /** A message of the local page is new, or was painted anew. */
  | { readonly what: "chat"; readonly user: string; readonly messageId: string }
  /** The mail tray has got a mail. */
  | { readonly what: "mail" }
  /** The line to the others was down: whatever was told meanwhile was missed. */
  | { readonly what: "missed" };

/** The line between the processes. */
export interface Changes {
  /** Tells all the others; this process knows. Never throws; what cannot be told is lost. */
  tell(change: Exclude<Change, { what: "missed" }>): void;
  /** Calls with what the others tell from now on; gives back how to stop that. */
  listen(listener: (change: Change) => void): () => void;
}

/** There are no others. */
export const nobodyElse: Changes = { tell: () => {}, listen: () => () => {} };

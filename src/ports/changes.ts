/** Notifications between processes on one database. They are hints and may be lost: the database is the source of truth. */
export type Change =
  /** Something may be due now: a message to send, a timer. */
  | { readonly what: "work" }
  /** A message of the local page was added or repainted. */
  | { readonly what: "chat"; readonly user: string; readonly messageId: string }
  /** A mail was added to the tray. */
  | { readonly what: "mail" }
  /** The connection was interrupted; notifications sent meanwhile were lost. */
  | { readonly what: "missed" };

/** The notification channel between processes. */
export interface Changes {
  /** Notifies the other processes, not this one. Never throws; a notification that cannot be sent is lost. */
  tell(change: Exclude<Change, { what: "missed" }>): void;
  /** Subscribes to notifications of other processes. Returns the function that unsubscribes. */
  listen(listener: (change: Change) => void): () => void;
}

/** The channel of a single process: it has no peers. */
export const noPeers: Changes = { tell: () => {}, listen: () => () => {} };

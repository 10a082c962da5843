/**
 * Something broke: a bug, an outage, a wrong setting. What the domain merely refuses is a returned value instead.
 * `code` is for logs and tests, `retryable` says whether the same call may succeed a moment later.
 */
export class DeskError extends Error {
  override readonly name = "DeskError";
  readonly code: string;
  readonly retryable: boolean;

  constructor(code: string, message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}

/** The database stayed locked for as long as the desk was willing to wait; nothing was done. */
export class BusyError extends DeskError {
  constructor(cause?: unknown) {
    super("database-busy", "The books are locked by someone else; nothing was changed.", { retryable: true, cause });
  }
}

/**
 * A bug, an outage or a wrong setting. An expected refusal is a returned value instead.
 * `code` is for logs and tests; `retryable` says whether the same call may succeed a moment later.
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

/** The lock timeout expired before the transaction could start. Nothing was changed. */
export class BusyError extends DeskError {
  constructor(cause?: unknown) {
    super("database-busy", "The database is locked by another process. Nothing was changed.", {
      retryable: true,
      cause,
    });
  }
}

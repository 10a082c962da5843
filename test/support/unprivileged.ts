/**
 * A command line whose process is subject to file modes. Root ignores them, so for root `setpriv` (util-linux) drops the
 * capabilities; other users are subject to them anyway.
 */
export function unprivileged(command: readonly string[]): readonly string[] {
  if (process.getuid?.() !== 0) return command;
  return ["setpriv", "--inh-caps=-all", "--bounding-set=-all", ...command];
}

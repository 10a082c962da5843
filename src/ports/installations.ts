/** An installation of the app by a workspace or a whole organisation. */
export interface Installation {
  /** The organisation the workspace belongs to, if any. */
  readonly enterpriseId?: string;
  /** The workspace; absent when the whole organisation installed the app. */
  readonly teamId?: string;
  readonly teamName?: string;
  readonly appId?: string;
  readonly botId?: string;
  readonly botUserId: string;
  readonly botToken: string;
  /** The token's OAuth scopes. */
  readonly scopes: readonly string[];
  /** Wall time, epoch ms. */
  readonly installedAtMs: number;
}

/** Identifies the installation an event belongs to. */
export interface InstallationKey {
  readonly enterpriseId?: string;
  readonly teamId?: string;
}

/** Installations of the app with their tokens. Tokens are encrypted at rest and decrypted only here. */
export interface Installations {
  /** The workspace's own installation, else its organisation's. */
  find(key: InstallationKey): Promise<Installation | undefined>;
  /** Replaces an earlier installation of the same workspace. */
  save(installation: Installation): Promise<void>;
  /** Deletes exactly this installation and its token. False when it is already gone or was replaced. */
  remove(installation: Installation): Promise<boolean>;
  /** Claims a name once across all processes; false for every later call. Makes install links single-use. */
  claim(name: string, atMs: number): Promise<boolean>;
}

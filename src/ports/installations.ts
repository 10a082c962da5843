/** A workspace, or a whole organisation, that has taken the app in. */
export interface Installation {
  /** The organisation above the workspace, where there is one. */
  readonly enterpriseId?: string;
  /** The workspace; absent when the whole organisation installed the app. */
  readonly teamId?: string;
  readonly teamName?: string;
  readonly appId?: string;
  readonly botId?: string;
  readonly botUserId: string;
  readonly botToken: string;
  /** What the token may do. */
  readonly scopes: readonly string[];
  /** Real time, epoch ms. */
  readonly installedAtMs: number;
}

/** Which installation an event belongs to. */
export interface InstallationKey {
  readonly enterpriseId?: string;
  readonly teamId?: string;
}

/** The installations of the app, with their tokens: sealed at rest, in the clear only here. */
export interface Installations {
  /** The workspace's own installation, or else that of its organisation. */
  find(key: InstallationKey): Promise<Installation | undefined>;
  /** In place of an earlier one of the same workspace. */
  save(installation: Installation): Promise<void>;
  /** Forgets exactly this installation and its token; false when it is gone already, or was made anew since. */
  remove(installation: Installation): Promise<boolean>;
  /** True once for a name: an install link that was used, in whichever process, is worth nothing more. */
  claim(name: string, atMs: number): Promise<boolean>;
}

import type { Platform } from "../../src/ports/messenger.ts";
import type { ColumnTypes } from "../columns.ts";

/** Where the desk is at home in other people's messengers. */
export function chatTables(c: ColumnTypes) {
  /** Who has taken the app in; `''` stands for no organisation, or no single workspace. */
  const installations = c.table(
    "installations",
    {
      enterpriseId: c.text("enterprise_id").notNull(),
      teamId: c.text("team_id").notNull(),
      teamName: c.text("team_name"),
      appId: c.text("app_id"),
      botId: c.text("bot_id"),
      botUserId: c.text("bot_user_id").notNull(),
      /** The bot token, sealed under this row's own data key. */
      sealedToken: c.text("sealed_token").notNull(),
      wrappedKey: c.text("wrapped_key").notNull(),
      scopes: c.json<readonly string[]>("scopes").notNull(),
      /** Real time. */
      installedAtMs: c.int("installed_at_ms").notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.enterpriseId, t.teamId] }), c.index("installations_team").on(t.teamId)],
  );

  /** Which practices a workspace or tenant belongs to; several share one, and one practice may be in several (D7.7). */
  const workspaces = c.table(
    "workspaces",
    {
      platform: c.text("platform").$type<Platform>().notNull(),
      workspace: c.text("workspace").notNull(),
      practiceId: c.text("practice_id").notNull(),
      /** `file`: named in the practice file, and gone when it is gone there. `code`: bound by a one-time code. */
      source: c.text("source").$type<"file" | "code">().notNull(),
      boundAtMs: c.int("bound_at_ms").notNull(),
    },
    (t) => [
      c.primaryKey({ columns: [t.platform, t.workspace, t.practiceId] }),
      c.index("workspaces_practice").on(t.practiceId),
    ],
  );

  return { installations, workspaces };
}

import type { Platform } from "../../src/ports/messenger.ts";
import type { ColumnTypes } from "../columns.ts";

/** Installations of the app, and workspaces of practices. */
export function chatTables(c: ColumnTypes) {
  /** Installations of the app; `''` stands for no organisation, or no single workspace. */
  const installations = c.table(
    "installations",
    {
      enterpriseId: c.text("enterprise_id").notNull(),
      teamId: c.text("team_id").notNull(),
      teamName: c.text("team_name"),
      appId: c.text("app_id"),
      botId: c.text("bot_id"),
      botUserId: c.text("bot_user_id").notNull(),
      /** The bot token, encrypted with this row's data key. */
      sealedToken: c.text("sealed_token").notNull(),
      wrappedKey: c.text("wrapped_key").notNull(),
      scopes: c.json<readonly string[]>("scopes").notNull(),
      /** Real time. */
      installedAtMs: c.int("installed_at_ms").notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.enterpriseId, t.teamId] }), c.index("installations_team").on(t.teamId)],
  );

  /** Workspaces or tenants of practices, many to many (D7.7). */
  const workspaces = c.table(
    "workspaces",
    {
      platform: c.text("platform").$type<Platform>().notNull(),
      workspace: c.text("workspace").notNull(),
      practiceId: c.text("practice_id").notNull(),
      /** `file`: named in the practice file and removed with it. `code`: bound by a one-time code. */
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

import { defineConfig } from "drizzle-kit";

// Used by `npm run db:generate` only. The desk applies the migrations in `out` when it starts.
export default defineConfig({
  dialect: "sqlite",
  schema: "./db/schema.sqlite.ts",
  out: "./db/migrations/sqlite",
});

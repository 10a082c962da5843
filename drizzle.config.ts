import { defineConfig } from "drizzle-kit";

// Only `npm run db:generate` reads this: the desk itself applies what lies under `out` when it starts.
export default defineConfig({
  dialect: "sqlite",
  schema: "./db/schema.sqlite.ts",
  out: "./db/migrations/sqlite",
});

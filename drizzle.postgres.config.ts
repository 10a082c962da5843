import { defineConfig } from "drizzle-kit";

// The PostgreSQL counterpart of `drizzle.config.ts`.
export default defineConfig({
  dialect: "postgresql",
  schema: "./db/schema.postgres.ts",
  out: "./db/migrations/postgres",
});

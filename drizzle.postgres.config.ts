import { defineConfig } from "drizzle-kit";

// As `drizzle.config.ts`, for the other database.
export default defineConfig({
  dialect: "postgresql",
  schema: "./db/schema.postgres.ts",
  out: "./db/migrations/postgres",
});

import { playOnPostgres } from "./support/talks-on-postgres.ts";

// In two files, so that two workers share them.
playOnPostgres(0);

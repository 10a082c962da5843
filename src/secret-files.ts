import { readFileSync } from "node:fs";

/** Settings that are secret. Each may also be read from a file, by its name with `_FILE` (R12). */
export const secretSettings = [
  "DATABASE_URL",
  "DATABASE_DIRECT_URL",
  "FRONTDESK_KEYS",
  "METRICS_TOKEN",
  "SMTP_URL",
  "SLACK_SIGNING_SECRET",
  "SLACK_BOT_TOKEN",
  "SLACK_CLIENT_SECRET",
  "SLACK_STATE_SECRET",
  "SLACK_APP_TOKEN",
  "MicrosoftAppPassword",
  "STRIPE_SECRET_KEY",
  "STRIPE_WEBHOOK_SECRET",
] as const;

/**
 * The settings with the contents of the files that `NAME_FILE` variables name, as Docker and Kubernetes mount secrets. Line
 * ends after the value are dropped. A setting that is given both ways, and a file that cannot be read or is empty, is a
 * mistake.
 */
export function withSecretFiles(env: Readonly<Record<string, string>>): {
  readonly env: Readonly<Record<string, string>>;
  readonly mistakes: readonly string[];
} {
  const mistakes: string[] = [];
  const read = secretSettings.flatMap((name) => {
    const path = env[`${name}_FILE`];
    if (path === undefined) return [];
    if (env[name] !== undefined) {
      mistakes.push(`${name} and ${name}_FILE are both set. Remove one of them.`);
      return [];
    }
    const text = contentOf(path);
    if ("code" in text) {
      mistakes.push(
        `${name}_FILE names a file that cannot be read (${text.code}). Write the path of a file that the desk's user may read.`,
      );
      return [];
    }
    if (text.value === "") mistakes.push(`${name}_FILE names an empty file. Write the value into it.`);
    return text.value === "" ? [] : [[name, text.value] as const];
  });
  return { env: { ...env, ...Object.fromEntries(read) }, mistakes };
}

function contentOf(path: string): { readonly value: string } | { readonly code: string } {
  try {
    return { value: readFileSync(path, "utf8").replace(/[\r\n]+$/, "") };
  } catch (error) {
    return { code: error instanceof Error && "code" in error ? String(error.code) : "unknown error" };
  }
}

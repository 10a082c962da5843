import { readConfig } from "./config.ts";
import { importDemo, showsDemo } from "./demo.ts";
import { examineKeys } from "./doctor.ts";
import { openFrontdesk } from "./frontdesk.ts";
import { openLog } from "./log.ts";
import { startProblem } from "./start-problem.ts";

const reading = readConfig();
const log = openLog({ level: reading.ok ? reading.config.logLevel : "info" });
if (!reading.ok) {
  for (const mistake of reading.mistakes) log.say(mistake);
  process.exit(1);
}
for (const warning of reading.warnings) log.say(warning);
const { config } = reading;

try {
  const desk = await openFrontdesk(config, log);
  const { publicUrl, page } = config;
  if (showsDemo(config) && (await importDemo({ ...desk, publicUrl, platforms: page ? ["page"] : [] })))
    log.info({ event: "demo.imported" });
  log.info({ event: "desk.opened", url: desk.address });
  log.say(
    page
      ? `Frontdesk is open: ${desk.address.replace("127.0.0.1", "localhost")}`
      : `Frontdesk is open on ${desk.address}`,
  );

  let closing = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, async () => {
      if (closing) process.exit(1);
      closing = true;
      log.info({ event: "desk.closing", signal });
      await desk.close();
      process.exit(0);
    });
  }
  // A lost key is reported at startup, but does not stop a desk that is already serving people.
  const keys = await examineKeys(desk.store).catch(() => undefined);
  if (keys?.wrong) log.say(keys.line);
} catch (error) {
  const problem = startProblem(error, config);
  log.error({ event: "desk.failed", error });
  log.say(problem ?? "Frontdesk could not start. See the error in the log line above.");
  process.exit(1);
}

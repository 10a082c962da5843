import { type Config, readConfig } from "./config.ts";
import { importDemo } from "./demo.ts";
import { DeskError } from "./errors.ts";
import { type Frontdesk, openFrontdesk } from "./frontdesk.ts";
import { openLog } from "./log.ts";

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
  if (!config.production && (await openDemo(desk, config))) log.info({ event: "demo.imported" });
  log.info({ event: "desk.opened", url: desk.address });
  log.say(config.page ? `Frontdesk is open: ${config.publicUrl}` : `Frontdesk is open on ${desk.address}`);

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
} catch (error) {
  log.error({ event: "desk.failed", error });
  log.say(error instanceof DeskError ? error.message : "Frontdesk could not start; the line above says where.");
  process.exit(1);
}

function openDemo({ store, clock }: Frontdesk, { publicUrl, page }: Config): Promise<boolean> {
  return importDemo({ store, clock, publicUrl, platforms: page ? ["page"] : [] });
}

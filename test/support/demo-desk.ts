import { rmSync } from "node:fs";
import { readConfig } from "../../src/config.ts";
import { importDemo } from "../../src/demo.ts";
import { openFrontdesk } from "../../src/frontdesk.ts";
import { openLog } from "../../src/log.ts";
import { newFolder } from "./new-folder.ts";

/** A desk on its first start, on a free port, with its database in a temporary folder. */
export interface DemoDesk {
  readonly address: string;
  close(): Promise<void>;
}

/** Opens the demo. The desk's clock starts at an ISO instant and runs on. */
export async function openDemoDesk(clock: string): Promise<DemoDesk> {
  const folder = newFolder("demo");
  const reading = readConfig({ DATABASE_URL: `file:${folder}/desk.db`, FRONTDESK_CLOCK: clock });
  if (!reading.ok) throw new Error(reading.mistakes.join("\n"));
  const desk = await openFrontdesk({ ...reading.config, port: 0 }, openLog({ level: "silent" }));
  await importDemo({ ...desk, publicUrl: desk.address, platforms: ["page"] });
  return {
    address: desk.address,
    async close() {
      await desk.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

import { tmpdir } from "node:os";
import { join } from "node:path";

/** Environment of the workers and of the processes that tests start: a compile cache, because loading takes much of their time. */
export const compileCache = { NODE_COMPILE_CACHE: join(tmpdir(), "frontdesk-compile-cache") };

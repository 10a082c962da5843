import { tmpdir } from "node:os";
import { join } from "node:path";

/** The environment of the processes that tests start: a compile cache, because starts take most of those tests' time. */
export const compileCache = { NODE_COMPILE_CACHE: join(tmpdir(), "frontdesk-compile-cache") };

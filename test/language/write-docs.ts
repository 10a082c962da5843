import { writeFileSync } from "node:fs";
import { whatYouCanType } from "./what-you-can-type.ts";

writeFileSync(new URL("../../docs/what-you-can-type.md", import.meta.url), whatYouCanType());

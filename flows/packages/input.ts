import { z } from "zod";
import { packageNews } from "../../src/domain/package.ts";

/** The list of packages, or news about one of them. */
export const packagesInput = z.union([
  z.object({ type: z.literal("packages") }),
  z.object({ type: z.templateLiteral(["package.", z.enum(packageNews)]), clientPackageId: z.string() }),
]);

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly packages: z.infer<typeof packagesInput>;
  }
}

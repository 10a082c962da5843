import { execFileSync } from "node:child_process";
import { closeSync, openSync, rmSync, statfsSync, writeSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { testFolder } from "./desk-files.ts";

/** A disk of a few megabytes that can be filled and freed. */
export interface SmallDisk {
  readonly folder: string;
  /** Fills the disk except for about this many bytes; default: 0. */
  fill(leaveBytes?: number): void;
  free(): void;
}

/** Mounts a tmpfs for the running test. Needs Linux and root: a file size limit would fail differently from a full disk. */
export function smallDisk(megabytes: number): SmallDisk {
  const folder = testFolder();
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=700`, "tmpfs", folder], { stdio: "pipe" });
  } catch (cause) {
    throw new Error("fault 18 mounts a small disk: run it as root on Linux", { cause });
  }
  onTestFinished(() => void execFileSync("umount", ["--lazy", folder]));
  const filler = join(folder, "filler");
  return {
    folder,
    fill(leaveBytes = 0) {
      const file = openSync(filler, "a");
      try {
        for (;;) {
          const { bavail, bsize } = statfsSync(folder);
          const bytes = Math.min(bavail * bsize - leaveBytes, 1 << 20);
          if (bytes <= 0) return;
          writeSync(file, Buffer.alloc(bytes));
        }
      } finally {
        closeSync(file);
      }
    },
    free: () => rmSync(filler, { force: true }),
  };
}

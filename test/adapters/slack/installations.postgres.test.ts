import { describe, expect, test } from "vitest";
import type { Installation } from "../../../src/ports/installations.ts";
import { stores } from "../../support/store.ts";

const harbour: Installation = {
  teamId: "T0HARBOUR",
  teamName: "Harbour",
  appId: "A1",
  botUserId: "U0DESK",
  botToken: "xoxb-secret-1",
  scopes: ["chat:write", "commands"],
  installedAtMs: 1_000,
};

describe.each(stores)("on $name", ({ open }) => {
  test("S25 a workspace's own installation is preferred to its organisation's, and an unknown workspace has none", async () => {
    const { installations } = await open();
    const { teamId: _, ...whole } = { ...harbour, enterpriseId: "E1", botToken: "xoxb-org" };
    await installations.save(whole);
    await installations.save({ ...harbour, enterpriseId: "E1" });
    const find = async (key: { enterpriseId?: string; teamId?: string }) => (await installations.find(key))?.botToken;
    expect(await find({ enterpriseId: "E1", teamId: "T0HARBOUR" })).toBe("xoxb-secret-1");
    expect(await find({ teamId: "T0HARBOUR" })).toBe("xoxb-secret-1");
    expect(await find({ enterpriseId: "E1", teamId: "T0OTHER" })).toBe("xoxb-org");
    expect(await find({ enterpriseId: "E2", teamId: "T0OTHER" })).toBe(undefined);
    expect(await find({})).toBe(undefined);
    expect(await installations.find({ teamId: "T0HARBOUR" })).toEqual({ ...harbour, enterpriseId: "E1" });
  });

  test("S25 a workspace has one installation: a new one replaces the old one, and only the present one can be removed", async () => {
    const { installations, read } = await open();
    await installations.save(harbour);
    await installations.save({ ...harbour, botToken: "xoxb-secret-2", installedAtMs: 2_000 });
    expect((await read.installations.list()).length).toBe(1);
    expect(await installations.remove(harbour)).toBe(false);
    expect((await installations.find({ teamId: "T0HARBOUR" }))?.botToken).toBe("xoxb-secret-2");
    expect(await installations.remove({ ...harbour, installedAtMs: 2_000 })).toBe(true);
    expect(await installations.find({ teamId: "T0HARBOUR" })).toBe(undefined);
  });

  test("S25 a token is never stored in plain text, and opens for its own workspace only", async () => {
    const { installations, read } = await open();
    await installations.save(harbour);
    expect(JSON.stringify(await read.installations.list())).not.toContain("xoxb");
    expect(await read.installations.countLostKeys()).toBe(0);
  });

  test("an install link works once", async () => {
    const { installations } = await open();
    expect([await installations.claim("slack:install:n", 1), await installations.claim("slack:install:n", 2)]).toEqual([
      true,
      false,
    ]);
  });

  test("D7.7 a workspace may serve several practices and a practice several workspaces; the practice file replaces only its own bindings", async () => {
    const store = await open();
    const slack = { platform: "slack", workspace: "T1" } as const;
    const teams = { platform: "teams", workspace: "tenant" } as const;
    await store.transaction(async ({ workspaces }) => {
      await workspaces.bind({ ...slack, practiceId: "harbour", source: "code", boundAtMs: 1 });
      await workspaces.bind({ ...slack, practiceId: "quay", source: "code", boundAtMs: 2 });
      await workspaces.replaceFile("harbour", [teams, { platform: "slack", workspace: "T2" }, slack], 3);
      await workspaces.replaceFile("harbour", [teams], 4);
    });
    const { workspaces } = store.read;
    expect((await workspaces.listForWorkspace(slack)).map(({ practiceId }) => practiceId)).toEqual(["harbour", "quay"]);
    expect(await workspaces.listForPractice("harbour")).toEqual([
      { ...slack, practiceId: "harbour", source: "code", boundAtMs: 1 },
      { ...teams, practiceId: "harbour", source: "file", boundAtMs: 3 },
    ]);
  });
});

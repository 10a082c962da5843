import { expect, test } from "vitest";
import { aboutRoutes } from "../../src/web/about.ts";
import { aboutWords } from "../../src/words/about.ts";
import { serve } from "../support/http.ts";

test.each(["about", "privacy", "terms"] as const)(
  "/%s is a page of its own with all required content",
  async (name) => {
    const { address } = await serve(aboutRoutes());
    const response = await fetch(`${address}/${name}`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const text = (await response.text()).replaceAll("&#39;", "'");
    for (const words of [aboutWords[name].title, ...aboutWords[name].paragraphs]) expect(text).toContain(words);
  },
);

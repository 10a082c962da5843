import type { Route } from "../ports/route.ts";

/** The result of matching a request's method and path. */
export type RouteMatch =
  | { readonly found: "route"; readonly route: Route; readonly params: Readonly<Record<string, string>> }
  /** The path exists, but not for this method. `allow` lists the methods it accepts. */
  | { readonly found: "path"; readonly allow: readonly string[] }
  | { readonly found: "nothing" };

/**
 * Builds the route table. A literal segment takes precedence over a `:name`, HEAD uses the GET route, and a segment that
 * cannot be percent-decoded does not match. Throws for two routes with the same method and path shape, because the second
 * would be unreachable.
 */
export function routeTable(routes: readonly Route[]): (method: string, pathname: string) => RouteMatch {
  const rows = routes.map((route) => ({ route, segments: route.path.split("/") }));
  rows.sort((a, b) => placeholders(a.segments) - placeholders(b.segments));
  const seen = new Set<string>();
  for (const { route } of rows) {
    const shape = `${route.method} ${route.path.replace(/:[^/]+/g, ":")}`;
    if (seen.has(shape)) throw new Error(`duplicate route: ${route.method} ${route.path}`);
    seen.add(shape);
  }
  return (method, pathname) => {
    const given = pathname.split("/");
    const fitting = rows.flatMap(({ route, segments }) => {
      const params = match(segments, given);
      return params === undefined ? [] : [{ route, params }];
    });
    const wanted = method === "HEAD" ? "GET" : method;
    const hit = fitting.find(({ route }) => route.method === wanted);
    if (hit !== undefined) return { found: "route", ...hit };
    if (fitting.length === 0) return { found: "nothing" };
    const methods = new Set(fitting.map(({ route }) => route.method));
    return { found: "path", allow: [...methods, ...(methods.has("GET") ? ["HEAD"] : [])] };
  };
}

function placeholders(segments: readonly string[]): number {
  return segments.filter((segment) => segment.startsWith(":")).length;
}

function match(segments: readonly string[], given: readonly string[]): Record<string, string> | undefined {
  if (segments.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const value = given[index] ?? "";
    if (!segment.startsWith(":")) {
      if (segment !== value) return undefined;
      continue;
    }
    const decoded = decode(value);
    if (decoded === undefined || decoded === "") return undefined;
    params[segment.slice(1)] = decoded;
  }
  return params;
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

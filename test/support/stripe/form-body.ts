/** A nested form body, `a[b][0]=c`, as plain data. A repeated name is an error, as at Stripe. */
export type FormData = { readonly [name: string]: string | FormData };

/** Parses a body as Stripe does. */
export function readForm(body: string): FormData {
  const data: { [name: string]: string | FormData } = {};
  for (const [name, value] of new URLSearchParams(body)) {
    const [first = "", ...rest] = name.replaceAll("]", "").split("[");
    let at = data;
    let key = first;
    for (const next of rest) {
      const inner = at[key] ?? {};
      if (typeof inner === "string") throw new Error(`${name} is both a value and an object`);
      at[key] = inner;
      at = inner as { [name: string]: string | FormData }; // made here
      key = next;
    }
    if (at[key] !== undefined) throw new Error(`${name} is given twice`);
    at[key] = value;
  }
  return data;
}

/** All leaf values of a body by path, `a.b.0`. */
export function leavesOf(data: FormData, before = ""): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(data).flatMap(([name, value]) =>
      typeof value === "string" ? [[`${before}${name}`, value]] : Object.entries(leavesOf(value, `${before}${name}.`)),
    ),
  );
}

/** The files each file imports. */
export type Imports = Readonly<Record<string, readonly string[]>>;

/** One circle of imports for each file that closes one, such as "a → b → a"; depth first, in the order of the files. */
export function circles(imports: Imports): readonly string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at !== -1) {
      found.push([...path.slice(at), file].join(" → "));
      return;
    }
    if (done.has(file)) return;
    for (const next of imports[file] ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of Object.keys(imports)) visit(file, []);
  return found;
}

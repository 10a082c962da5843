import type { Practice } from "../src/domain/practice.ts";

/** A repository's method, whatever its arguments. */
export type Method = (...args: never[]) => Promise<unknown>;
type Methods = Readonly<Record<string, Method>>;
type NoMethods = Readonly<Record<never, Method>>;

/** What a catalogue write is about: a practice's id, a record of a practice, or the practice. */
export type CatalogueSubject = string | { readonly practiceId: string } | Practice;

/** Catalogue reads name the practice first, because its id selects the cache entry. */
type StartsWithPracticeId<Reads extends Methods> = {
  readonly [Name in keyof Reads]: Parameters<Reads[Name]> extends [string, ...unknown[]] ? Reads[Name] : never;
};

/** Catalogue writes start with what names the practice, because that practice gets a new revision. */
type StartsWithSubject<Writes extends Methods> = {
  readonly [Name in keyof Writes]: Parameters<Writes[Name]> extends [CatalogueSubject, ...unknown[]]
    ? Writes[Name]
    : never;
};

/**
 * A repository with its methods grouped by effect. Both caches (`transaction-cache.ts`, `catalogue-cache.ts`) and the
 * read-only view of the store derive their methods from these groups.
 */
export interface Repository<
  CatalogueReads extends Methods = Methods,
  CatalogueWrites extends Methods = Methods,
  Reads extends Methods = Methods,
  Locks extends Methods = Methods,
  Barriers extends Methods = Methods,
  Writes extends Methods = Methods,
> {
  /** Whether a transaction caches what it reads here. */
  readonly cached: boolean;
  /** Reads of the practice's catalogue, which a process caches per catalogue revision. */
  readonly catalogueReads: CatalogueReads;
  /** Writes to the practice's catalogue; each gives the practice a new revision. */
  readonly catalogueWrites: CatalogueWrites;
  readonly reads: Reads;
  /** Locks of single rows until the transaction ends. What was read of the repository before is read again. */
  readonly locks: Locks;
  /** Locks that guard more rows than their own, such as a practitioner's time. Everything is read again after one. */
  readonly barriers: Barriers;
  readonly writes: Writes;
}

/** The group a method belongs to. */
export type Kind = Exclude<keyof Repository, "cached">;

const kinds: readonly Kind[] = ["catalogueReads", "catalogueWrites", "reads", "locks", "barriers", "writes"];

/**
 * Declares a repository; groups without methods are left out.
 *
 * ```ts
 * return defineRepository({
 *   cached: true,
 *   reads: { async find(id: string) { … } },
 *   locks: { async lock(id: string) { … } },
 *   writes: { async save(note: Note) { … } },
 * });
 * ```
 */
export function defineRepository<
  CatalogueReads extends Methods = NoMethods,
  CatalogueWrites extends Methods = NoMethods,
  Reads extends Methods = NoMethods,
  Locks extends Methods = NoMethods,
  Barriers extends Methods = NoMethods,
  Writes extends Methods = NoMethods,
>(declared: {
  readonly cached?: boolean;
  readonly catalogueReads?: CatalogueReads & StartsWithPracticeId<CatalogueReads>;
  readonly catalogueWrites?: CatalogueWrites & StartsWithSubject<CatalogueWrites>;
  readonly reads?: Reads;
  readonly locks?: Locks;
  readonly barriers?: Barriers;
  readonly writes?: Writes;
}): Repository<CatalogueReads, CatalogueWrites, Reads, Locks, Barriers, Writes> {
  const empty = { catalogueReads: {}, catalogueWrites: {}, reads: {}, locks: {}, barriers: {}, writes: {} };
  // A group that is left out has no methods, as its type parameter's default says.
  return { cached: false, ...empty, ...declared } as Repository<
    CatalogueReads,
    CatalogueWrites,
    Reads,
    Locks,
    Barriers,
    Writes
  >;
}

/** Repositories by name. */
export type Repositories = Readonly<Record<string, Repository>>;

/** All methods of a repository. */
export type MethodsOf<R extends Repository> = R["catalogueReads"] &
  R["catalogueWrites"] &
  R["reads"] &
  R["locks"] &
  R["barriers"] &
  R["writes"];

/** The methods of a repository that only read. */
export type ReadsOf<R extends Repository> = R["catalogueReads"] & R["reads"];

/** Repositories as callers use them: methods by name, without their groups. */
export type Flat<All extends Repositories> = { readonly [Name in keyof All]: MethodsOf<All[Name]> };

/** The same, narrowed to the methods that only read. */
export type FlatReads<All extends Repositories> = { readonly [Name in keyof All]: ReadsOf<All[Name]> };

/** Flattens all methods of the repositories. */
export function flatten<All extends Repositories>(repositories: All): Flat<All> {
  return mapValues(repositories, (repository) =>
    Object.assign({}, ...kinds.map((kind) => repository[kind])),
  ) as Flat<All>; // every group of every repository
}

/** Flattens the reads alone: a writing method does not exist on the result. */
export function flattenReads<All extends Repositories>(repositories: All): FlatReads<All> {
  return mapValues(repositories, ({ catalogueReads, reads }) => ({ ...catalogueReads, ...reads })) as FlatReads<All>;
}

/** A method that was declared, and where. */
export interface Declared {
  readonly repository: string;
  readonly name: string;
  readonly kind: Kind;
  readonly cached: boolean;
}

/** A method as wrappers call it: they pass arguments on unseen. */
export type AnyMethod = (...args: readonly unknown[]) => Promise<unknown>;

/** Replaces every method by what `wrap` makes of it. */
export function wrapMethods<All extends Repositories>(
  repositories: All,
  wrap: (method: AnyMethod, declared: Declared) => AnyMethod,
): All {
  return mapValues(repositories, (repository, name) => {
    const groups = kinds.map((kind) => [kind, mapValues(repository[kind], wrapOne(name, repository.cached, kind))]);
    return { ...repository, ...Object.fromEntries(groups) };
  }) as All; // the same names with methods of the same types

  function wrapOne(repository: string, cached: boolean, kind: Kind) {
    // Callers are held to the declared parameters by `All`; in between, any arguments are passed on.
    return (method: Method, name: string) => wrap(method as AnyMethod, { repository, name, kind, cached });
  }
}

/** Two repositories over the same tables as one. */
export function mergeRepositories<A extends Repository, B extends Repository>(a: A, b: B) {
  return {
    cached: a.cached || b.cached,
    catalogueReads: { ...a.catalogueReads, ...b.catalogueReads } as A["catalogueReads"] & B["catalogueReads"],
    catalogueWrites: { ...a.catalogueWrites, ...b.catalogueWrites } as A["catalogueWrites"] & B["catalogueWrites"],
    reads: { ...a.reads, ...b.reads } as A["reads"] & B["reads"],
    locks: { ...a.locks, ...b.locks } as A["locks"] & B["locks"],
    barriers: { ...a.barriers, ...b.barriers } as A["barriers"] & B["barriers"],
    writes: { ...a.writes, ...b.writes } as A["writes"] & B["writes"],
  };
}

function mapValues<From, To>(
  values: Readonly<Record<string, From>>,
  change: (value: From, name: string) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value, name)]));
}

import { type AnyMethod, type Declared, type Repositories, wrapMethods } from "./repository.ts";

/** Repositories that cache what one transaction reads; one connection serves its transactions one after the other. */
export interface TransactionCache<All extends Repositories> {
  readonly repositories: All;
  /** Drops every answer; called before each transaction. */
  clear(): void;
}

/** Answers of one repository, by method and arguments. */
interface Answers {
  readonly reads: Map<string, Promise<unknown>>;
  /** Kept across later locks: the transaction holds these rows until it ends. */
  readonly locks: Map<string, Promise<unknown>>;
}

/**
 * Per-transaction read cache. A turn asks the same questions from its command to its card: who offers what, who is who,
 * the booking at hand. The groups of `defineRepository` decide what drops an answer: a write drops those of its
 * repository; a lock those read from it before, because the row may have changed while the lock was waited for; a
 * barrier those of every repository, and calls `onBarrier`.
 */
export function cacheTransaction<All extends Repositories>(
  repositories: All,
  onBarrier: () => void = () => {},
): TransactionCache<All> {
  const cache = new Map<string, Answers>();
  return { repositories: wrapMethods(repositories, wrap), clear: () => cache.clear() };

  function wrap(method: AnyMethod, { repository, name, kind, cached }: Declared): AnyMethod {
    switch (kind) {
      case "catalogueReads":
      case "reads":
        if (!cached) return method;
        return (...args) => answer(answersOf(repository).reads, name, args, method);
      case "locks":
        if (!cached) return method;
        return (...args) => {
          const { reads, locks } = answersOf(repository);
          return answer(locks, name, args, (...same) => {
            reads.clear();
            return method(...same);
          });
        };
      case "barriers":
        return (...args) => {
          for (const { reads } of cache.values()) reads.clear();
          onBarrier();
          return method(...args);
        };
      case "catalogueWrites":
      case "writes":
        if (!cached) return method;
        return (...args) => {
          cache.delete(repository);
          return method(...args);
        };
      default:
        return kind satisfies never;
    }
  }

  function answersOf(repository: string): Answers {
    const answers = cache.get(repository) ?? { reads: new Map(), locks: new Map() };
    cache.set(repository, answers);
    return answers;
  }
}

function answer(answers: Answers["reads"], name: string, args: readonly unknown[], ask: AnyMethod): Promise<unknown> {
  const key = JSON.stringify([name, ...args]);
  const known = answers.get(key) ?? ask(...args);
  answers.set(key, known);
  return known;
}

import {
  type AnyMethod,
  type CatalogueSubject,
  type Declared,
  type Repositories,
  type Repository,
  wrapMethods,
} from "./repository.ts";

/** Bounds the answers kept of one practice, well above what its catalogue has. */
const maxAnswers = 2_000;

/** What is kept of one practice, as of one revision of its catalogue. */
interface Entry {
  readonly revision: string;
  readonly answers: Map<string, unknown>;
}

/** Repositories over one connection that answer catalogue reads from the process' cache while it is current. */
export interface CatalogueCache<All extends Repositories> {
  readonly repositories: All;
  /** Called before each transaction. */
  begin(): void;
  /** Makes the transaction read revisions again; called after a lock, because the wait may have outlasted a change. */
  recheck(): void;
}

/** The repositories a catalogue cache works on: `practices` holds the revisions. */
type WithRevisions = Repositories & {
  readonly practices: Repository & {
    readonly reads: { findRevision(practiceId: string): Promise<string | undefined> };
    readonly writes: { renewRevision(practiceId: string): Promise<void> };
  };
};

/**
 * Opens the process' cache of practice catalogues, shared by all its connections. Every catalogue write, in any process,
 * gives the practice a new revision in the same transaction. A transaction reads the revision once and then queries only
 * what is not cached for it. A transaction that writes to a catalogue caches nothing of it, because it may roll back.
 */
export function openCatalogueCache(): <All extends WithRevisions>(repositories: All) => CatalogueCache<All> {
  const entries = new Map<string, Entry>();

  return (repositories) => {
    const { findRevision } = repositories.practices.reads;
    const { renewRevision } = repositories.practices.writes;
    const revisions = new Map<string, Promise<string | undefined>>();
    const changed = new Set<string>();
    return {
      repositories: wrapMethods(repositories, wrap),
      begin() {
        revisions.clear();
        changed.clear();
      },
      recheck: () => revisions.clear(),
    };

    function wrap(method: AnyMethod, { repository, name, kind }: Declared): AnyMethod {
      if (kind === "catalogueReads") return (...args) => read(`${repository}.${name}`, args, method);
      if (kind === "catalogueWrites") return (...args) => write(args, method);
      return method;
    }

    async function read(name: string, args: readonly unknown[], method: AnyMethod): Promise<unknown> {
      const practiceId = String(args[0]);
      if (changed.has(practiceId)) return method(...args);
      const reading = revisions.get(practiceId) ?? findRevision(practiceId);
      revisions.set(practiceId, reading);
      const revision = await reading;
      if (revision === undefined) return method(...args);
      const answers = answersAt(practiceId, revision);
      const key = [name, ...args.slice(1)].join("\n");
      if (answers.has(key)) return answers.get(key);
      const found = await method(...args);
      if (answers.size < maxAnswers && !changed.has(practiceId)) answers.set(key, Object.freeze(found));
      return found;
    }

    async function write(args: readonly unknown[], method: AnyMethod): Promise<unknown> {
      const practiceId = practiceOf(args[0] as CatalogueSubject); // `defineRepository` admits no other first argument
      changed.add(practiceId);
      await renewRevision(practiceId);
      return method(...args);
    }
  };

  function answersAt(practiceId: string, revision: string): Map<string, unknown> {
    const known = entries.get(practiceId);
    if (known?.revision === revision) return known.answers;
    const answers = new Map<string, unknown>();
    entries.set(practiceId, { revision, answers });
    return answers;
  }
}

function practiceOf(subject: CatalogueSubject): string {
  if (typeof subject === "string") return subject;
  return "practiceId" in subject ? subject.practiceId : subject.id;
}

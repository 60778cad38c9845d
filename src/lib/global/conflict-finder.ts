import { type AttributeMap, valueIdentity } from '../model/attribute-value.js';

/** One change of an item, as one Region's stream tells it. */
export interface RegionChange {
  readonly region: string;
  readonly key: AttributeMap;
  /** To the second: streams tell no more (FACTS A.3). */
  readonly atMs: number;
  /** The item before and after; undefined: not there. */
  readonly before: AttributeMap | undefined;
  readonly after: AttributeMap | undefined;
}

/** One of the two versions that were made of the same item at about the same time. */
export interface ConflictVersion {
  /** The Regions whose stream shows it as made of the common version: the one that wrote it, and those it reached first. */
  readonly regions: readonly string[];
  readonly atMs: number;
  /** Undefined: the item was deleted. */
  readonly item: AttributeMap | undefined;
}

/**
 * Two Regions changed the same version of an item. `certain`: the times, or the Region attribute, leave no doubt.
 * `possible`: within the same second one Region may also have written twice, and only the second write was replicated.
 */
export interface Conflict {
  readonly type: 'conflict';
  readonly key: AttributeMap;
  readonly atMs: number;
  readonly certainty: 'certain' | 'possible';
  /** The version that both were made of; undefined: the item was not there. */
  readonly base: AttributeMap | undefined;
  /** The two versions; when a winner is known it is the first. */
  readonly versions: readonly [ConflictVersion, ConflictVersion];
  /** False when neither was seen to replace the other: a third one did, or the end was not seen. */
  readonly decided: boolean;
}

/** How conflicts are looked for. */
export interface FinderOptions {
  /** Changes that lie further apart than this are no conflict. */
  readonly windowMs: number;
  /** An attribute in which the application writes the Region of the write (FACTS D.8); makes every finding certain. */
  readonly regionAttribute: string | undefined;
}

interface Edge {
  readonly region: string;
  readonly from: string;
  readonly to: string;
  readonly atMs: number;
  readonly readAtMs: number;
}

interface Story {
  readonly key: AttributeMap;
  edges: Edge[];
  readonly items: Map<string, AttributeMap | undefined>;
  readonly told: Set<string>;
  dueAtMs: number;
}

const ABSENT = '-';
/** Streams tell whole seconds, so two times that look equal may be a second apart. */
const GRAIN_MS = 1_000;
/** How long replication and the reading of the other streams are given before a key is judged. */
const SETTLE_MS = 5_000;
/** A key that never rests is judged when so many of its changes have come together; the newest are kept for the next time. */
const MOST_EDGES = 500;
/** So many keys are watched at once; the ones that were quiet the longest are let go. */
const MOST_KEYS = 200_000;

/**
 * Finds conflicts in the streams of several Regions, by content and order. A Region's stream shows an item as a chain
 * of versions; replicated arrivals have the content of a version that another Region made. Where two Regions made
 * different versions of the same one, and neither saw the other's beforehand, they wrote at the same time.
 */
export class ConflictFinder {
  readonly #options: FinderOptions;
  readonly #stories = new Map<string, Story>();
  readonly #ready: Conflict[] = [];
  #letGo = 0;

  constructor(options: FinderOptions) {
    this.#options = options;
  }

  /** Keys that were forgotten before their time, because there were too many at once. */
  get letGo(): number {
    return this.#letGo;
  }

  /** When the first key is to be judged; undefined while none is watched. */
  get dueAtMs(): number | undefined {
    return this.#stories.values().next().value?.dueAtMs;
  }

  /** Takes in a change. @param nowMs when it was read */
  add(change: RegionChange, nowMs: number): void {
    const keyText = valueIdentity({ M: change.key });
    const story = this.#stories.get(keyText) ?? {
      key: change.key,
      edges: [],
      items: new Map<string, AttributeMap | undefined>(),
      told: new Set<string>(),
      dueAtMs: 0,
    };
    const from = versionOf(change.before);
    const to = versionOf(change.after);
    story.items.set(from, change.before).set(to, change.after);
    story.edges.push({ region: change.region, from, to, atMs: change.atMs, readAtMs: nowMs });
    if (story.edges.length >= MOST_EDGES) this.#thin(story, nowMs);
    story.dueAtMs = nowMs + this.#options.windowMs + SETTLE_MS;
    // Taken out and put in again, so that the map is in the order of the due times.
    this.#stories.delete(keyText);
    this.#stories.set(keyText, story);
    if (this.#stories.size <= MOST_KEYS) return;
    const [oldest] = this.#stories.keys();
    if (oldest !== undefined && this.#stories.delete(oldest)) this.#letGo += 1;
  }

  /** The conflicts of the keys that have been quiet for long enough. */
  due(nowMs: number): readonly Conflict[] {
    const found = this.#ready.splice(0);
    for (const [keyText, story] of this.#stories) {
      if (story.dueAtMs > nowMs) break;
      this.#stories.delete(keyText);
      found.push(...this.#judge(story));
    }
    return found;
  }

  /** The conflicts of all keys, at the end of the reading. */
  flush(): readonly Conflict[] {
    return this.due(Number.POSITIVE_INFINITY);
  }

  /** Judges a key that is not quiet, and forgets its older changes. */
  #thin(story: Story, nowMs: number): void {
    this.#ready.push(...this.#judge(story));
    const sinceMs = nowMs - this.#options.windowMs - SETTLE_MS;
    const recent = story.edges.filter(edge => edge.readAtMs > sinceMs);
    story.edges = recent.length < story.edges.length ? recent : recent.slice(-MOST_EDGES / 2);
    const needed = new Set(story.edges.flatMap(edge => [edge.from, edge.to]));
    for (const version of story.items.keys()) if (!needed.has(version)) story.items.delete(version);
  }

  #judge(story: Story): readonly Conflict[] {
    const found: Conflict[] = [];
    for (const base of new Set(story.edges.map(edge => edge.from))) {
      const made = story.edges.filter(edge => edge.from === base && edge.to !== base);
      const versions = [...new Set(made.map(edge => edge.to))];
      for (const [index, a] of versions.entries()) {
        for (const b of versions.slice(index + 1)) {
          const conflict = this.#fork(story, made, base, a, b);
          const told = [base, ...[a, b].sort()].join('\n');
          if (conflict === undefined || story.told.has(told)) continue;
          story.told.add(told);
          found.push(conflict);
        }
      }
    }
    return found;
  }

  /** Two versions of the same one: a conflict when each was made in a Region that did not make the other. */
  #fork(story: Story, made: readonly Edge[], base: string, a: string, b: string): Conflict | undefined {
    const madeA = made.filter(edge => edge.to === a);
    const madeB = made.filter(edge => edge.to === b);
    const isApart = (left: readonly Edge[], right: readonly Edge[]): boolean =>
      left.some(edge => !right.some(other => other.region === edge.region));
    if (!isApart(madeA, madeB) || !isApart(madeB, madeA)) return undefined;
    const atA = firstMs(madeA);
    const atB = firstMs(madeB);
    if (Math.abs(atA - atB) > this.#options.windowMs + GRAIN_MS) return undefined;
    const aThenB = replacements(story, a, b);
    const bThenA = replacements(story, b, a);
    const isDecided = aThenB.length > 0 !== bThenA.length > 0;
    const isAWinner = isDecided && bThenA.length > 0;
    const [winner, madeOfBase, replacing] = isAWinner ? [a, madeA, bThenA] : [b, madeB, aThenB];
    const certainty = isDecided ? this.#certainty(story, winner, madeOfBase, replacing) : 'certain';
    if (certainty === undefined) return undefined;
    const version = (edges: readonly Edge[], to: string): ConflictVersion => ({
      regions: [...new Set(edges.map(edge => edge.region))].sort(),
      atMs: firstMs(edges),
      item: story.items.get(to),
    });
    const versionA = version(madeA, lostVersion(a, isAWinner, aThenB));
    const versionB = version(madeB, lostVersion(b, !isAWinner, bThenA));
    return {
      type: 'conflict',
      key: story.key,
      atMs: Math.min(atA, atB),
      certainty,
      base: story.items.get(base),
      versions: isAWinner || !isDecided ? [versionA, versionB] : [versionB, versionA],
      decided: isDecided,
    };
  }

  /**
   * The winner replaced the loser in some Regions. If one of those wrote the winner itself, then it wrote twice in a
   * row, and only the second write reached the others (FACTS D.8): no conflict. Who wrote it was the first to have it.
   */
  #certainty(
    story: Story,
    winner: string,
    madeOfBase: readonly Edge[],
    replacing: readonly Edge[],
  ): Conflict['certainty'] | undefined {
    const writer = this.#writerOf(story.items.get(winner));
    if (writer !== undefined) {
      const isTwiceInARow =
        replacing.some(edge => edge.region === writer) && !madeOfBase.some(edge => edge.region === writer);
      return isTwiceInARow ? undefined : 'certain';
    }
    const differenceMs = firstMs(madeOfBase) - firstMs(replacing);
    if (differenceMs === 0) return 'possible';
    return differenceMs < 0 ? 'certain' : undefined;
  }

  #writerOf(item: AttributeMap | undefined): string | undefined {
    const { regionAttribute } = this.#options;
    const value = regionAttribute === undefined ? undefined : item?.[regionAttribute];
    return value !== undefined && 'S' in value ? value.S : undefined;
  }
}

/** The changes by which `later` came, in Regions that had `earlier` before; something may lie in between. */
function replacements(story: Story, earlier: string, later: string): readonly Edge[] {
  const had = new Set<string>();
  const found: Edge[] = [];
  for (const edge of story.edges) {
    if (edge.to === later && had.has(edge.region)) found.push(edge);
    if (edge.to === earlier) had.add(edge.region);
  }
  return found;
}

/** What was lost is what stood there when the winner came: the loser may have been changed once more before. */
function lostVersion(version: string, isWinner: boolean, replacing: readonly Edge[]): string {
  return isWinner ? version : (replacing[0]?.from ?? version);
}

function firstMs(edges: readonly Edge[]): number {
  return Math.min(...edges.map(edge => edge.atMs));
}

function versionOf(item: AttributeMap | undefined): string {
  return item === undefined ? ABSENT : valueIdentity({ M: item });
}

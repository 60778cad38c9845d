/**
 * How long the parts of a change of replicas take, in milliseconds of the sandbox's time. At AWS an empty table takes
 * 14 to 49 seconds, one item 10 minutes, a removal 2 to 4 minutes (FACTS D.2); here it is short, and in the tester's hands.
 */
export interface ReplicaDurations {
  /** From the Create until the entry appears. */
  readonly appearMs: number;
  /** From then until the replica is ACTIVE. */
  readonly createMs: number;
  readonly updateMs: number;
  /** From a Delete until the table that was asked is ACTIVE again. */
  readonly sourceMs: number;
  /** From a Delete until the entry is gone. */
  readonly deleteMs: number;
  /** From then until the Region knows the table no more. */
  readonly forgetMs: number;
  /** From the disabling of a key until it shows in the replica's status; 80 minutes were seen at AWS (FACTS D.4). */
  readonly keyCheckMs: number;
}

/** Replication as a tester has set it. */
export interface ReplicationSettings {
  durations: ReplicaDurations;
  /** How long a write takes to reach another Region, where nothing else is said. */
  lagMs: number;
  /** The same for one direction between two Regions; the key is `<from> <to>`. */
  readonly lagMsByPair: Map<string, number>;
  /** Regions that no write leaves or reaches. */
  readonly cutRegions: Set<string>;
  /** Regions that the account has disabled. */
  readonly disabledRegions: Set<string>;
  /** What becomes of the next creation of a replica; the key is `<table> <region>`. */
  readonly fates: Map<string, 'fail' | 'vanish'>;
}

/** Replication as it begins, with changes that take as long as those of tables. */
export function createReplicationSettings(statusDelayMs: number): ReplicationSettings {
  return {
    durations: {
      appearMs: statusDelayMs,
      createMs: statusDelayMs,
      updateMs: statusDelayMs,
      sourceMs: statusDelayMs,
      deleteMs: 2 * statusDelayMs,
      forgetMs: statusDelayMs,
      keyCheckMs: statusDelayMs,
    },
    lagMs: 0,
    lagMsByPair: new Map(),
    cutRegions: new Set(),
    disabledRegions: new Set(),
    fates: new Map(),
  };
}

/** How long a write takes from one Region to another. */
export function lagBetween({ lagMs, lagMsByPair }: ReplicationSettings, from: string, to: string): number {
  return lagMsByPair.get(`${from} ${to}`) ?? lagMs;
}

/** Whether writes cannot go between two Regions now. */
export function isCut({ cutRegions, disabledRegions }: ReplicationSettings, from: string, to: string): boolean {
  return [from, to].some(region => cutRegions.has(region) || disabledRegions.has(region));
}

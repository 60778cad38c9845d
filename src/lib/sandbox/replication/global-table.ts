import type { AttributeMap } from '../../model/attribute-value.js';
import { wholeKeyText } from '../dynamodb/key.js';
import type { Table } from '../dynamodb/table.js';
import { applyWrite } from '../dynamodb/write.js';
import type { SandboxState } from '../state.js';

/** The states of a replica that the sandbox knows. */
export type ReplicaStatus = 'CREATING' | 'ACTIVE' | 'DELETING';

/** One Region's part of a global table. */
export interface Replica {
  readonly table: Table;
  status: ReplicaStatus;
  /** The Region from which it was filled; `undefined` for the first. */
  readonly sourceRegion: string | undefined;
  readonly createdAtMs: number;
  /** When each item was last written, anywhere; deleted items too, so that an older write does not bring them back. */
  readonly versions: Map<string, number>;
}

/** A Region that was the source of a new replica cannot be deleted for this long: FACTS D.4. */
const SOURCE_LOCK_MS = 24 * 60 * 60 * 1000;

/** The replicas of one table name, in eventual consistency: of several writes to an item the last wins (FACTS D.8). */
export class GlobalTable {
  readonly replicas = new Map<string, Replica>();
  readonly #state: SandboxState;
  #writes = 0;
  #operations = 0;

  constructor(state: SandboxState, first: Table) {
    this.#state = state;
    this.join(first, 'ACTIVE', undefined);
  }

  /** Takes a table in; its items count as older than all that is written from now on. */
  join(table: Table, status: ReplicaStatus, sourceRegion: string | undefined): Replica {
    const replica = { table, status, sourceRegion, createdAtMs: this.#state.clock.now(), versions: new Map() };
    this.replicas.set(table.region, replica);
    table.globalTable = this;
    return replica;
  }

  /** Lets a Region go; the last one that is left is a regional table again. */
  leave(region: string): void {
    this.replicas.delete(region);
    if (this.replicas.size > 1) return;
    for (const { table } of this.replicas.values()) table.globalTable = undefined;
  }

  /** Whether a replica is being added or removed: only one such operation runs at a time (FACTS D.2). */
  isBusy(): boolean {
    return this.#operations > 0;
  }

  begin(): void {
    this.#operations += 1;
  }

  end(): void {
    this.#operations -= 1;
  }

  /** The Region that has been in it the longest. */
  firstRegion(): string | undefined {
    return this.replicas.keys().next().value;
  }

  /** Whether a Region has filled another one in the last 24 hours that is still there. */
  isSourceLocked(region: string): boolean {
    const sinceMs = this.#state.clock.now() - SOURCE_LOCK_MS;
    return [...this.replicas.values()].some(
      replica => replica.sourceRegion === region && replica.createdAtMs > sinceMs,
    );
  }

  /** Sends a write of one Region to all the others. */
  replicate(fromRegion: string, key: AttributeMap, newItem: AttributeMap | undefined): void {
    this.#writes += 1;
    const version = this.#writes;
    const origin = this.replicas.get(fromRegion);
    if (origin === undefined) return;
    const keyText = wholeKeyText(key, origin.table.keys);
    origin.versions.set(keyText, version);
    for (const region of this.replicas.keys()) {
      if (region === fromRegion) continue;
      this.#state.timeline.after(this.#state.settings.replicationLagMs, () => {
        const replica = this.replicas.get(region);
        if (replica === undefined || (replica.versions.get(keyText) ?? 0) >= version) return;
        replica.versions.set(keyText, version);
        applyWrite({ table: replica.table, key, newItem }, 'replication');
      });
    }
  }

  /** Gives the other replicas the settings that replicas always share: FACTS D.5. */
  synchronise(from: Table): void {
    for (const { table } of this.replicas.values()) {
      if (table === from) continue;
      table.billing = from.billing;
      table.indexes = from.indexes;
      table.keyTypes = from.keyTypes;
      table.timeToLive = from.timeToLive;
    }
  }

  /** What DescribeTable says of it in one Region; the list never has that Region itself (FACTS D.1). */
  describeFrom(region: string): Readonly<Record<string, unknown>> {
    const others = [...this.replicas].filter(([name]) => name !== region);
    return {
      GlobalTableVersion: '2019.11.21',
      Replicas: others.map(([name, { status }]) => ({
        RegionName: name,
        ReplicaStatus: status,
        ReplicaStatusPercentProgress: status === 'CREATING' ? '0' : undefined,
      })),
    };
  }
}

import { resumeTransition } from '../mappings/mapping-life.js';
import { globalTablesOf, resumeWrites } from '../replication/replicate.js';
import { noticeDisabledKey, resumeCutOffs } from '../replication/inaccessible.js';
import { resumeOperation } from '../replication/replica-operation.js';
import { runMoveTask } from '../sqs/move-task.js';
import type { SandboxState } from '../state.js';
import { resumeTables } from './resume-tables.js';

/** Puts back onto the timeline what was to happen later when the sandbox was saved: it follows from what was saved. */
export function resume(state: SandboxState): void {
  for (const region of state.regions.values()) {
    resumeTables(state, region);
    for (const mapping of region.mappings.values()) resumeTransition(state, region, mapping);
    for (const key of region.keys.values()) if (!key.isEnabled) noticeDisabledKey(state, region, key);
    for (const task of region.sqs.moveTasks) {
      if (task.status === 'RUNNING' || task.status === 'CANCELLING') runMoveTask(state, task);
    }
  }
  for (const globalTable of globalTablesOf(state)) {
    resumeOperation(state, globalTable);
    resumeWrites(state, globalTable);
    resumeCutOffs(state, globalTable);
  }
}

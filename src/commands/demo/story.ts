import { failuresAct } from './failures-act.js';
import { regionsAct } from './regions-act.js';
import type { Step } from './stage.js';
import { streamsAct } from './streams-act.js';

/** The tour: orders come in, one of them blocks a shard and is dealt with, a Region is added, the cost is shown. */
export const STORY: readonly Step[] = [...streamsAct, ...failuresAct, ...regionsAct];

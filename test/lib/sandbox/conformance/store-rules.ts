import { expressionRules } from './expression-rules.js';
import { itemRules } from './item-rules.js';
import { readRules } from './read-rules.js';
import type { StoreRule } from './store.js';
import { streamReadingRules } from './stream-reading-rules.js';
import { streamRules } from './stream-rules.js';
import { tableRules } from './table-rules.js';

/** Every rule of DynamoDB and its streams that an endpoint can be held against without moving its clock. */
export const storeRules: readonly StoreRule[] = [
  ...tableRules,
  ...itemRules,
  ...expressionRules,
  ...readRules,
  ...streamRules,
  ...streamReadingRules,
];

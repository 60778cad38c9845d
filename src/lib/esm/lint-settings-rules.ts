import { formatDuration } from '../model/duration.js';
import { type LintRule, tuneWith } from './lint-facts.js';
import { UNLIMITED } from './setting-values.js';

/** A stream keeps a record for 24 hours (FACTS A.2). */
const RETENTION_SECONDS = 86_400;

const time = (seconds: number): string => formatDuration(seconds * 1000);

/** What is wrong with the settings themselves. */
export const settingsRules: readonly LintRule[] = [
  {
    id: 'infinite-retries',
    severity: 'error',
    finds: 'retries without end, and no record age that would end them',
    check: facts => {
      const { maximumRetryAttempts, maximumRecordAgeSeconds } = facts.mapping.settings;
      if (maximumRetryAttempts !== UNLIMITED || maximumRecordAgeSeconds !== UNLIMITED) return undefined;
      return {
        is: 'A batch that fails is tried again without end.',
        happens:
          'One bad record blocks its part of the shard until the stream drops it after 24 hours, and what was written behind it may be lost with it.',
        mend: tuneWith(facts, '--preset resilient'),
      };
    },
  },
  {
    id: 'retries-bound-by-age-only',
    severity: 'warn',
    finds: 'retries without end that only the record age ends',
    check: facts => {
      const { maximumRetryAttempts, maximumRecordAgeSeconds: age } = facts.mapping.settings;
      if (maximumRetryAttempts !== UNLIMITED || age === UNLIMITED) return undefined;
      return {
        is: `A batch that fails is tried again until its records are ${time(age)} old.`,
        happens: 'One bad record holds its part of the shard up for that long.',
        mend: tuneWith(facts, '--maximum-retry-attempts 5'),
      };
    },
  },
  {
    id: 'no-failure-destination',
    severity: 'error',
    finds: 'no destination for what is given up',
    check: facts => {
      if (facts.mapping.settings.onFailure !== '') return undefined;
      return {
        is: 'There is no failure destination.',
        happens: 'Records that are given up disappear without a trace: nobody learns that they were skipped.',
        mend: tuneWith(facts, '--on-failure create'),
      };
    },
  },
  {
    id: 'no-bisect',
    severity: 'warn',
    finds: 'batches that are not halved when they fail',
    check: facts => {
      const { bisectBatchOnFunctionError, batchSize, reportBatchItemFailures } = facts.mapping.settings;
      if (bisectBatchOnFunctionError || batchSize === 1) return undefined;
      return {
        is: 'A batch that fails is not halved.',
        happens: `One bad record takes the up to ${batchSize - 1} others of its batch down with it${reportBatchItemFailures ? ' whenever the function throws instead of naming it' : ''}.`,
        mend: tuneWith(facts, '--bisect'),
      };
    },
  },
  {
    id: 'record-age-beyond-retention',
    severity: 'warn',
    finds: 'a record age that the stream cannot keep',
    check: facts => {
      const { maximumRecordAgeSeconds: age } = facts.mapping.settings;
      if (age <= RETENTION_SECONDS) return undefined;
      return {
        is: `Records are to be given up when they are ${time(age)} old, but the stream drops them after 24 hours.`,
        happens: 'Records of a batch that keeps failing expire before they are given up.',
        mend: tuneWith(facts, '--maximum-record-age 12h'),
      };
    },
  },
  {
    id: 'window-beyond-record-age',
    severity: 'error',
    finds: 'a batching window in which records grow too old',
    check: facts => {
      const { maximumRecordAgeSeconds: age, maximumBatchingWindowSeconds: window } = facts.mapping.settings;
      if (age === UNLIMITED || window < age) return undefined;
      return {
        is: `Records are gathered for ${time(window)} and given up when they are ${time(age)} old.`,
        happens: 'Records can be given up before the function has seen them once.',
        mend: tuneWith(facts, '--maximum-record-age 12h'),
      };
    },
  },
  {
    id: 'window-without-effect',
    severity: 'warn',
    finds: 'a batching window with a batch size of 1',
    check: facts => {
      const { batchSize, maximumBatchingWindowSeconds: window } = facts.mapping.settings;
      if (batchSize > 1 || window === 0) return undefined;
      return {
        is: `A batch is full with its first record, so the batching window of ${time(window)} has nothing to gather.`,
        happens: 'Every record is an invocation of its own, which the window was to prevent.',
        mend: tuneWith(facts, '--batch-size 100'),
      };
    },
  },
  {
    id: 'batching-window-beyond-tumbling-window',
    severity: 'warn',
    finds: 'a batching window that is longer than the tumbling window',
    check: facts => {
      const { maximumBatchingWindowSeconds: window, tumblingWindowSeconds: tumbling } = facts.mapping.settings;
      if (tumbling === 0 || window <= tumbling) return undefined;
      return {
        is: `Records are gathered for ${time(window)}, longer than the tumbling window of ${time(tumbling)}.`,
        happens: 'A window is over before its batch is full, so the batching window does not do what it says.',
        mend: tuneWith(facts, `--maximum-batching-window ${time(Math.max(1, Math.floor(tumbling / 2)))}`),
      };
    },
  },
  {
    id: 'filters-not-readable',
    severity: 'error',
    finds: 'filters whose key cannot be used',
    check: facts => {
      const { settings, filterError } = facts.mapping;
      if (settings.filters !== undefined && filterError === undefined) return undefined;
      return {
        is: `The filters are encrypted with ${settings.kmsKeyArn} and cannot be read${filterError === undefined ? '' : ` (${filterError})`}.`,
        happens:
          'Nobody can tell here what the mapping lets through; where Lambda itself may not use the key, it stops reading.',
        mend: `aws kms describe-key --key-id ${settings.kmsKeyArn}`,
      };
    },
  },
];

import { describe, expect, it } from 'vitest';
import type { MappingSettings } from '../../../src/lib/aws/mapping-settings.js';
import type { Table } from '../../../src/lib/aws/tables-gateway.js';
import type { Destination } from '../../../src/lib/esm/destination.js';
import { isAtLeast, lintMapping, lintRules } from '../../../src/lib/esm/lint.js';
import type { LintFacts } from '../../../src/lib/esm/lint-facts.js';
import { safeDefaults } from '../../../src/lib/esm/presets.js';
import { sarifLog } from '../../../src/lib/esm/sarif.js';
import { toStreamMapping } from '../../../src/lib/esm/stream-mapping.js';
import { aStreamMapping, type FakeMapping, fakeUuid } from '../../support/fake-mappings.js';
import { fakeStreamArn } from '../../support/fake-tables.js';

const STREAM = fakeStreamArn('Orders', '2026-11-20T10:11:12.123');
const QUEUE_ARN = 'arn:aws:sqs:eu-central-1:111122223333:orders-failures';
const table: Table = {
  tableName: 'Orders',
  tableArn: 'arn:aws:dynamodb:eu-central-1:111122223333:table/Orders',
  region: 'eu-central-1',
  status: 'ACTIVE',
  streamViewType: 'NEW_AND_OLD_IMAGES',
  latestStreamArn: STREAM,
  replicaRegions: [],
  globalTableVersion: undefined,
  multiRegionConsistency: undefined,
};
const goodQueue = { MessageRetentionPeriod: '1209600', VisibilityTimeout: '300', SqsManagedSseEnabled: 'true' };
const queue = (attributes: Readonly<Record<string, string>> = {}): Destination => ({
  kind: 'queue',
  arn: QUEUE_ARN,
  queueName: 'orders-failures',
  queueUrl: 'https://sqs.eu-central-1.amazonaws.com/111122223333/orders-failures',
  attributes: { ...goodQueue, ...attributes },
});

interface Parts extends Partial<Omit<LintFacts, 'mapping'>> {
  readonly mapping?: FakeMapping;
  readonly settings?: Partial<MappingSettings>;
}

/** A mapping in which nothing is to be found, but for the parts. */
function facts({ mapping, settings, ...rest }: Parts = {}): LintFacts {
  const whole = toStreamMapping(
    aStreamMapping({ ...mapping, settings: { ...safeDefaults, onFailure: QUEUE_ARN, ...settings } }),
  );
  if (whole === undefined) throw new Error('the mapping reads no stream');
  return {
    mapping: whole,
    table,
    tableIsGone: false,
    functionConfiguration: undefined,
    functionIsGone: false,
    destination: queue(),
    readers: 1,
    ...rest,
  };
}

const found = (parts: Parts): readonly string[] => lintMapping(facts(parts)).map(({ rule }) => rule);
const NEW = fakeStreamArn('Orders', '2026-11-22T08:00:00.000');

describe('lint', () => {
  it('finds nothing in what attach makes by itself with a queue', () => {
    expect(lintMapping(facts())).toEqual([]);
  });

  it.each<[rule: string, parts: Parts]>([
    ['infinite-retries', { settings: { maximumRetryAttempts: -1, maximumRecordAgeSeconds: -1 } }],
    ['retries-bound-by-age-only', { settings: { maximumRetryAttempts: -1 } }],
    ['no-failure-destination', { settings: { onFailure: '' }, destination: { kind: 'none' } }],
    ['no-bisect', { settings: { bisectBatchOnFunctionError: false } }],
    ['record-age-beyond-retention', { settings: { maximumRecordAgeSeconds: 86_401 } }],
    ['window-beyond-record-age', { settings: { maximumRecordAgeSeconds: 60, maximumBatchingWindowSeconds: 60 } }],
    ['window-without-effect', { settings: { batchSize: 1, maximumBatchingWindowSeconds: 5 } }],
    [
      'batching-window-beyond-tumbling-window',
      { settings: { tumblingWindowSeconds: 10, maximumBatchingWindowSeconds: 11 } },
    ],
    [
      'filters-not-readable',
      { settings: { filters: undefined, kmsKeyArn: 'arn:aws:kms:eu-central-1:111122223333:key/1' } },
    ],
    [
      'filter-never-matches',
      { settings: { filters: ['{"dynamodb":{"NewImage":{"total":{"N":[{"numeric":[">",5]}]}}}}'] } },
    ],
    ['filter-never-matches', { settings: { filters: ['{"body":{"eventName":["INSERT"]}}'] } }],
    ['filter-always-matches', { settings: { filters: ['{"eventName":["INSERT","MODIFY","REMOVE"]}'] } }],
    [
      'filter-trap',
      {
        settings: {
          filters: ['{"dynamodb":{"NewImage":{"total":{"N":[{"numeric":[">",5]}]}}}}', '{"eventName":["INSERT"]}'],
        },
      },
    ],
    ['orphaned', { table: { ...table, latestStreamArn: NEW } }],
    ['orphaned', { table: undefined, tableIsGone: true }],
    ['last-batch-failed', { mapping: { lastProcessingResult: 'PROBLEM: Function call failed' } }],
    ['function-missing', { functionIsGone: true }],
    ['paused', { mapping: { state: 'Disabled' } }],
    ['too-many-readers', { readers: 3 }],
    ['too-many-readers', { readers: 2, table: { ...table, replicaRegions: ['us-east-1'] } }],
    ['destination-missing', { destination: { kind: 'queue-missing', arn: QUEUE_ARN, queueName: 'orders-failures' } }],
    ['destination-fifo', { settings: { onFailure: `${QUEUE_ARN}.fifo` } }],
    ['queue-retention-too-short', { destination: queue({ MessageRetentionPeriod: '86399' }) }],
    ['queue-visibility-too-short', { destination: queue({ VisibilityTimeout: '30' }) }],
    ['queue-moves-messages-on', { destination: queue({ RedrivePolicy: '{"maxReceiveCount":3}' }) }],
    ['queue-not-encrypted', { destination: queue({ SqsManagedSseEnabled: 'false' }) }],
    ['queue-needs-key', { destination: queue({ KmsMasterKeyId: 'arn:aws:kms:eu-central-1:111122223333:key/1' }) }],
  ])('%s', (rule, parts) => {
    expect(found(parts)).toContain(rule);
  });

  it.each<[rule: string, parts: Parts]>([
    ['no-bisect', { settings: { bisectBatchOnFunctionError: false, batchSize: 1 } }],
    ['record-age-beyond-retention', { settings: { maximumRecordAgeSeconds: 86_400 } }],
    ['window-beyond-record-age', { settings: { maximumRecordAgeSeconds: 61, maximumBatchingWindowSeconds: 60 } }],
    [
      'batching-window-beyond-tumbling-window',
      { settings: { tumblingWindowSeconds: 10, maximumBatchingWindowSeconds: 10 } },
    ],
    ['too-many-readers', { readers: 2 }],
    ['too-many-readers', { readers: undefined }],
    ['filter-never-matches', { settings: { filters: ['{"eventName":["INSERT"]}'] } }],
    ['filter-trap', { settings: { filters: ['{"dynamodb":{"NewImage":{"status":{"S":["PAID"]}}}}'] } }],
    ['orphaned', { table: undefined }],
    ['queue-retention-too-short', { destination: queue({ MessageRetentionPeriod: '86400' }) }],
    ['queue-needs-key', { destination: queue({ KmsMasterKeyId: 'alias/aws/sqs' }) }],
    ['queue-not-encrypted', { destination: queue({ SqsManagedSseEnabled: 'false', KmsMasterKeyId: 'alias/aws/sqs' }) }],
    ['last-batch-failed', { mapping: { lastProcessingResult: 'No records processed' } }],
  ])('has nothing to say of %s just within its bounds', (rule, parts) => {
    expect(found(parts)).not.toContain(rule);
  });

  it('has ids that are their own', () => {
    expect(new Set(lintRules.map(({ id }) => id)).size).toBe(lintRules.length);
    for (const { id } of lintRules) expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
  });

  it('says what is so, what that does, and what mends it; the worst first', () => {
    const findings = lintMapping(
      facts({ settings: { bisectBatchOnFunctionError: false, onFailure: '' }, destination: { kind: 'none' } }),
    );
    expect(findings.map(({ severity }) => severity)).toEqual(['error', 'warn']);
    expect(findings[0]).toMatchObject({
      rule: 'no-failure-destination',
      uuid: fakeUuid(1),
      table: 'Orders',
      function: 'orders-indexer',
      is: 'There is no failure destination.',
      mend: 'ddbx esm tune Orders:orders-indexer --on-failure create',
    });
    for (const finding of findings) {
      for (const text of [finding.is, finding.happens]) expect(text).toMatch(/^[A-Z].*\.$/);
      expect(finding.mend).toMatch(/^(?:ddbx|aws) /);
    }
  });

  it('names an orphan by its UUID, and the verb that moves it', () => {
    const [orphaned] = lintMapping(facts({ table: { ...table, latestStreamArn: NEW } }));
    expect(orphaned).toMatchObject({ rule: 'orphaned', mend: `ddbx esm repoint ${fakeUuid(1)}` });
    const [off] = lintMapping(facts({ table: { ...table, streamViewType: undefined } }));
    expect(off).toMatchObject({
      is: 'The stream of Orders is off.',
      mend: 'ddbx streams enable Orders --view new-and-old-images',
    });
  });

  it('fails on what is at least as bad as was said', () => {
    expect([
      isAtLeast('error', 'error'),
      isAtLeast('warn', 'error'),
      isAtLeast('info', 'warn'),
      isAtLeast('warn', 'warn'),
    ]).toEqual([true, false, false, true]);
  });
});

describe('the SARIF log', () => {
  it('has every rule, and each finding at its mapping', () => {
    const findings = lintMapping(
      facts({
        settings: { onFailure: '', maximumBatchingWindowSeconds: 5, batchSize: 1 },
        destination: { kind: 'none' },
      }),
    );
    const log = sarifLog(findings, lintRules, '1.2.3');
    expect(log).toMatchObject({ version: '2.1.0', $schema: expect.stringContaining('sarif') as string });
    const [run] = log.runs;
    expect(run?.tool.driver).toMatchObject({ name: 'ddbx esm lint', version: '1.2.3' });
    expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual(lintRules.map(({ id }) => id));
    expect(run?.results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['no-failure-destination', 'error'],
      ['window-without-effect', 'warning'],
    ]);
    for (const result of run?.results ?? []) {
      expect(lintRules[result.ruleIndex]?.id).toBe(result.ruleId);
      expect(result.locations[0]?.logicalLocations[0]?.fullyQualifiedName).toContain(
        `event-source-mapping:${fakeUuid(1)}`,
      );
    }
  });
});

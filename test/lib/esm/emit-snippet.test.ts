import { describe, expect, it } from 'vitest';
import { emitSnippet } from '../../../src/lib/esm/emit-snippet.js';
import { toStreamMapping } from '../../../src/lib/esm/stream-mapping.js';
import { aStreamMapping, type FakeMapping, fakeUuid } from '../../support/fake-mappings.js';

const FILTER = '{"dynamodb":{"NewImage":{"note":{"S":[{"prefix":"${x}"}]}}}}';
const QUEUE = 'arn:aws:sqs:eu-central-1:111122223333:orders-failures';

function aMapping(parts: FakeMapping = {}) {
  const mapping = toStreamMapping(aStreamMapping(parts));
  if (mapping === undefined) throw new Error('the mapping reads no stream');
  return mapping;
}

describe('a mapping as infrastructure', () => {
  it('is a resource of Terraform, and the block that imports it', () => {
    const settings = { filters: [FILTER], onFailure: QUEUE, metrics: ['EventCount'], maximumRetryAttempts: 5 };
    const lines = emitSnippet(aMapping({ settings, state: 'Disabled' }), 'terraform').split('\n');
    expect(lines[0]).toBe('resource "aws_lambda_event_source_mapping" "orders_orders_indexer" {');
    expect(lines).toContain('  maximum_retry_attempts             = 5');
    expect(lines).toContain('  enabled                            = false');
    expect(lines).toContain(`      pattern = ${JSON.stringify(FILTER).replace('${', '$${')}`);
    expect(lines).toContain(`      destination_arn = "${QUEUE}"`);
    expect(lines).toContain('    metrics = ["EventCount"]');
    expect(lines.slice(-4)).toEqual([
      'import {',
      '  to = aws_lambda_event_source_mapping.orders_orders_indexer',
      `  id = "${fakeUuid(1)}"`,
      '}',
    ]);
  });

  it('has no empty blocks', () => {
    expect(emitSnippet(aMapping(), 'terraform')).not.toMatch(
      /filter_criteria|destination_config|metrics_config|kms_key/,
    );
    expect(emitSnippet(aMapping(), 'cloudformation')).not.toMatch(
      /FilterCriteria|DestinationConfig|MetricsConfig|KmsKeyArn/,
    );
  });

  it('is a resource of CloudFormation', () => {
    const settings = { filters: [FILTER], onFailure: QUEUE, kmsKeyArn: 'arn:aws:kms:eu-central-1:111122223333:key/1' };
    expect(JSON.parse(emitSnippet(aMapping({ settings }), 'cloudformation'))).toMatchObject({
      Resources: {
        OrdersOrdersIndexer: {
          Type: 'AWS::Lambda::EventSourceMapping',
          Properties: {
            StartingPosition: 'TRIM_HORIZON',
            BatchSize: 100,
            MaximumRetryAttempts: -1,
            FilterCriteria: { Filters: [{ Pattern: FILTER }] },
            DestinationConfig: { OnFailure: { Destination: QUEUE } },
            KmsKeyArn: settings.kmsKeyArn,
          },
        },
      },
    });
  });
});

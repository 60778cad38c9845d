import { settingsInput } from '../aws/mapping-settings.js';
import type { StreamMapping } from './stream-mapping.js';

/** The languages of infrastructure that a mapping can be written in. */
export type SnippetLanguage = 'terraform' | 'cloudformation';

/** A mapping as it is, as a resource of Terraform (with the block that imports it) or of CloudFormation. */
export function emitSnippet(mapping: StreamMapping, language: SnippetLanguage): string {
  return language === 'terraform' ? terraform(mapping) : cloudFormation(mapping);
}

function terraform(mapping: StreamMapping): string {
  const { settings } = mapping;
  const name = `${mapping.tableName}_${mapping.functionName}`.toLowerCase().replace(/[^a-z0-9_]+/g, '_');
  const attributes: readonly (readonly [string, string])[] = [
    ['event_source_arn', text(mapping.eventSourceArn)],
    ['function_name', text(mapping.functionArn)],
    ['starting_position', text(mapping.startingPosition ?? 'TRIM_HORIZON')],
    ['enabled', String(mapping.state !== 'Disabled')],
    ['batch_size', String(settings.batchSize)],
    ['maximum_batching_window_in_seconds', String(settings.maximumBatchingWindowSeconds)],
    ['parallelization_factor', String(settings.parallelizationFactor)],
    ['maximum_retry_attempts', String(settings.maximumRetryAttempts)],
    ['maximum_record_age_in_seconds', String(settings.maximumRecordAgeSeconds)],
    ['bisect_batch_on_function_error', String(settings.bisectBatchOnFunctionError)],
    ['tumbling_window_in_seconds', String(settings.tumblingWindowSeconds)],
    ['function_response_types', settings.reportBatchItemFailures ? '["ReportBatchItemFailures"]' : '[]'],
    ...(settings.kmsKeyArn === '' ? [] : [['kms_key_arn', text(settings.kmsKeyArn)] as const]),
  ];
  const width = Math.max(...attributes.map(([key]) => key.length));
  const filters = (settings.filters ?? []).map(pattern => `    filter {\n      pattern = ${text(pattern)}\n    }`);
  const blocks = [
    ...(filters.length === 0 ? [] : [`  filter_criteria {\n${filters.join('\n')}\n  }`]),
    ...(settings.onFailure === ''
      ? []
      : [`  destination_config {\n    on_failure {\n      destination_arn = ${text(settings.onFailure)}\n    }\n  }`]),
    ...(settings.metrics.length === 0
      ? []
      : [`  metrics_config {\n    metrics = ${JSON.stringify(settings.metrics)}\n  }`]),
  ];
  return [
    `resource "aws_lambda_event_source_mapping" "${name}" {`,
    ...attributes.map(([key, value]) => `  ${key.padEnd(width)} = ${value}`),
    ...blocks.flatMap(block => ['', block]),
    '}',
    '',
    'import {',
    `  to = aws_lambda_event_source_mapping.${name}`,
    `  id = "${mapping.uuid}"`,
    '}',
  ].join('\n');
}

/** Terraform would fill in `${` and `%{` of its own. */
function text(value: string): string {
  return JSON.stringify(value).replaceAll('${', '$${').replaceAll('%{', '%%{');
}

function cloudFormation(mapping: StreamMapping): string {
  const { onFailure, filters, kmsKeyArn, metrics, ...plain } = mapping.settings;
  const name = `${mapping.tableName} ${mapping.functionName}`
    .split(/[^a-zA-Z0-9]+/)
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  const resource = {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: mapping.eventSourceArn,
      FunctionName: mapping.functionArn,
      StartingPosition: mapping.startingPosition ?? 'TRIM_HORIZON',
      Enabled: mapping.state !== 'Disabled',
      ...settingsInput({
        ...plain,
        ...(filters === undefined || filters.length === 0 ? {} : { filters }),
        ...(onFailure === '' ? {} : { onFailure }),
        ...(metrics.length === 0 ? {} : { metrics }),
      }),
      ...(kmsKeyArn === '' ? {} : { KmsKeyArn: kmsKeyArn }),
    },
  };
  return JSON.stringify({ Resources: { [name]: resource } }, undefined, 2);
}

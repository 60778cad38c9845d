import type { CommandContext } from '../../context.js';
import { isAwsError } from '../../lib/aws/aws-error.js';
import type { FunctionConfiguration } from '../../lib/aws/functions-gateway.js';
import { explainSettings } from '../../lib/esm/explain.js';
import { presets } from '../../lib/esm/presets.js';
import { ExitCode } from '../../lib/model/error.js';
import { makePalettes } from '../../lib/terminal/palette.js';
import type { ExplainOptions } from './explain.js';
import { openMapping, type OpenMapping } from './open-mapping.js';
import { wrapped } from './wrapped.js';

/** Runs `ddbx esm explain`. */
export async function runExplain(options: ExplainOptions, context: CommandContext): Promise<ExitCode> {
  const { io, signal } = context;
  const output = context.output();
  const opened = await openMapping(options.mapping, context);
  const { mapping, region } = opened;
  const configuration = await functionOf(opened, signal);
  const preset = options.preset === undefined ? undefined : presets[options.preset];
  const settings = { ...mapping.settings, ...preset?.settings };
  const { points, ...counted } = explainSettings(settings, configuration?.timeoutMs);
  const { uuid, tableName, functionName } = mapping;
  if (output.format === 'human') {
    const { bold, key } = makePalettes(io).stdout;
    const as = options.preset === undefined ? '' : `, with the preset ${options.preset}`;
    const lines = [`A record of ${bold(tableName)} (${region}) that always fails in ${bold(functionName)}${as}:`];
    for (const { topic, text } of points) {
      const [first = '', ...more] = wrapped(text, io, '                    ');
      lines.push(`  ${key(topic.padEnd(16))}  ${first.trimStart()}`, ...more);
    }
    if (preset !== undefined) lines.push('', ...wrapped(preset.why, io, '  '));
    await output.line(lines.join('\n'));
    return ExitCode.done;
  }
  const document = {
    table: tableName,
    function: functionName,
    region,
    uuid,
    preset: options.preset ?? null,
    attempts: counted.attempts ?? null,
    splits: counted.splits,
    failingInvocations: counted.failingInvocations ?? null,
    latestAgeMs: counted.latestAgeMs,
    invocationsMs: counted.invocationsMs ?? null,
    worstBlockMs: counted.worstBlockMs,
    points,
  };
  if (output.format === 'json') await output.document(document);
  else await output.event({ type: 'summary', ...document });
  return ExitCode.done;
}

/** The function, for its timeout; without the permission the arithmetic does without it. */
export async function functionOf(
  { aws, region, mapping }: OpenMapping,
  signal: AbortSignal,
): Promise<FunctionConfiguration | undefined> {
  try {
    return await (await aws.functions(region)).describe(mapping.functionArn, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (isAwsError(error)) return undefined;
    throw error;
  }
}

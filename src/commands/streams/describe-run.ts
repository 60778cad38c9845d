import type { CommandContext } from '../../context.js';
import type { StreamsGateway } from '../../lib/aws/streams-gateway.js';
import { ExitCode } from '../../lib/model/error.js';
import { describeStream } from '../../lib/streams/describe-stream.js';
import { currentStream, resolveTable } from '../../lib/streams/resolve-table.js';
import { withSpinner } from '../../lib/terminal/spinner.js';
import { regionFor } from '../region.js';
import type { DescribeOptions } from './describe.js';
import { describeDocument, describeText, shardJson } from './describe-view.js';

/** Runs `ddbx streams describe`. */
export async function runDescribe({ table, peek }: DescribeOptions, context: CommandContext): Promise<ExitCode> {
  const { clock, random, signal, io, globals } = context;
  const output = context.output();
  const aws = await context.aws();
  const region = await regionFor(table, aws, globals);
  const gateway: StreamsGateway = await aws.streams(region);
  const streamArn =
    table.streamArn ?? currentStream(await resolveTable(await aws.tables(region), table, signal)).streamArn;
  const look = (update: (text: string) => void) =>
    describeStream({
      gateway,
      streamArn,
      peek,
      clock,
      random,
      signal,
      onProgress: (looked, shards) => {
        update(`Looking at the shards of ${table.tableName}: ${looked} of ${shards}`);
      },
    });
  const description = await (output.format === 'human' && io.progress
    ? withSpinner(io, `Looking at the shards of ${table.tableName}`, look)
    : look(() => undefined));
  output.detail(`GetRecords requests that AWS may charge: ${description.getRecordsRequests}`);

  const document = describeDocument(description, region);
  if (output.format === 'json') await output.document(document);
  else if (output.format === 'ndjson') {
    for (const shard of description.shards) await output.event({ type: 'shard', ...shardJson(shard) });
    await output.event({ type: 'summary', ...document.stream });
  } else {
    await output.line(describeText(description, region, peek, io));
  }
  return ExitCode.done;
}

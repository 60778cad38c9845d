import type { CommandContext } from '../../context.js';
import { parseTableRef, type TableRef } from '../../lib/aws/arn.js';
import { usageError } from '../../lib/model/error.js';
import { pick } from '../../lib/terminal/prompt.js';

/**
 * Asks which table is meant when none was named, out of those that have a stream.
 * @throws DdbxError `usage` where nobody can be asked
 */
export async function pickTable(context: CommandContext): Promise<TableRef> {
  if (!context.io.stdinIsTty || !context.io.stderrIsTty) {
    throw usageError(
      'No table was named.',
      `ddbx ${context.commandPath} <table>; ddbx streams list shows the tables with a stream.`,
    );
  }
  const aws = await context.aws();
  const streams = await aws.streams(await aws.defaultRegion());
  const names = new Set<string>();
  let after: string | undefined;
  do {
    const page = await streams.listStreams({ after }, context.signal);
    for (const { tableName } of page.streams) names.add(tableName);
    after = page.lastEvaluatedStreamArn;
  } while (after !== undefined);
  const choices = [...names].toSorted().map(label => ({ label, value: label }));
  const { signal } = context;
  return parseTableRef(
    await pick(context.io, { question: 'Which table?', instead: 'the name of a table', choices, signal }),
  );
}

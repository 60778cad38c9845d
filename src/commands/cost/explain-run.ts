import type { CommandContext } from '../../context.js';
import { type CostRule, costRules } from '../../lib/cost/rules.js';
import { ExitCode, usageError } from '../../lib/model/error.js';
import { nearNames } from '../../lib/model/near-names.js';
import { makePalettes } from '../../lib/terminal/palette.js';
import type { ExplainOptions } from './explain.js';

/** Runs `ddbx cost explain`. */
export async function runExplain({ rule }: ExplainOptions, context: CommandContext): Promise<ExitCode> {
  const output = context.output();
  const rules = Object.entries<CostRule>(costRules).filter(([name]) => rule === undefined || name === rule);
  if (rules.length === 0) {
    const near = nearNames(rule ?? '', Object.keys(costRules));
    throw usageError(
      `There is no formula ${rule ?? ''}.`,
      near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'ddbx cost explain prints all of them.',
    );
  }
  if (output.format === 'ndjson') {
    for (const [name, each] of rules) await output.event({ type: 'rule', rule: name, ...each });
    await output.event({ type: 'summary', rules: rules.length });
  } else if (output.format === 'json') {
    await output.document({ rules: rules.map(([name, each]) => ({ rule: name, ...each })) });
  } else {
    const { bold, dim } = makePalettes(context.io).stdout;
    const blocks = rules.map(([name, { formula, why, source }]) =>
      [bold(name), `  ${formula}`, `  ${why}`, dim(`  ${source}`)].join('\n'),
    );
    await output.line(blocks.join('\n\n'));
  }
  return ExitCode.done;
}

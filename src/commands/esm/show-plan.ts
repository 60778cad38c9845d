import type { ChangeOptions } from '../../context.js';
import type { Output } from '../../lib/terminal/output.js';

/**
 * Shows a plan to people: as data when nothing else is done, as an explanation otherwise; an empty text is no plan.
 * The `aws` lines are part of a dry run, and come with --show-aws.
 */
export async function showPlan(
  text: string,
  awsLines: readonly string[],
  { dryRun, showAws }: ChangeOptions,
  output: Output,
): Promise<void> {
  if (output.format !== 'human') return;
  const lines = [...(text === '' ? [] : [text]), ...(dryRun || showAws ? awsLines.map(line => `$ ${line}`) : [])];
  for (const line of lines) {
    if (dryRun) await output.line(line);
    else output.note(line);
  }
  if (dryRun) output.note('Nothing was changed (--dry-run).');
}

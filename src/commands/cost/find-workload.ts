import { readFile } from 'node:fs/promises';
import type { CommandContext } from '../../context.js';
import { buildWorkload } from '../../lib/cost/build-workload.js';
import { overlay, type WorkloadTexts } from '../../lib/cost/fields.js';
import type { Workload } from '../../lib/cost/workload.js';
import { usageError } from '../../lib/model/error.js';

/** Reads a workload file. @throws DdbxError `usage` */
async function readWorkloadFile(path: string): Promise<WorkloadTexts> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw usageError(`The workload file ${path} cannot be read: ${why}.`);
  }
  // YAML is a third of what an estimate would load.
  const { parseWorkloadFile } = await import('../../lib/cost/workload-file.js');
  return parseWorkloadFile(text, path);
}

/** The workload that a file and flags describe; flags win, and the Region is that of --region, the file, or the settings. */
export async function describedWorkload(
  { file, typed }: { readonly file: string | undefined; readonly typed: WorkloadTexts },
  context: CommandContext,
): Promise<Workload> {
  const fromFile = file === undefined ? new Map() : await readWorkloadFile(file);
  const texts = overlay(fromFile, typed);
  const { region } = context.globals;
  const all = region === undefined ? texts : new Map([...texts, ['region', [region]]]);
  // Settings are asked only when nobody has said it: that takes a part of the SDK.
  const home = all.has('region') ? '' : await (await context.aws()).defaultRegion();
  const named = (field: string): string =>
    typed.has(field) || file === undefined ? `--${field}` : `${field} in ${file}`;
  return buildWorkload(all, named, home);
}

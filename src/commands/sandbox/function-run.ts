import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CommandContext } from '../../context.js';
import { ExitCode, usageError } from '../../lib/model/error.js';
import { formatDuration } from '../../lib/model/duration.js';
import { isJsonObject } from '../../lib/model/json-object.js';
import { renderTable } from '../../lib/terminal/table.js';
import { callSandbox } from './call-sandbox.js';
import type { FunctionAddOptions, FunctionRemoveOptions } from './function.js';
import type { SandboxReachOptions } from './sandbox.js';

const NAME = /^[a-zA-Z0-9_-]{1,64}$/;

/** Registers a module as a function of a running sandbox. */
export async function runFunctionAdd(options: FunctionAddOptions, context: CommandContext): Promise<ExitCode> {
  const { name, exportName, invokeTimeoutMs } = options;
  checkName(name);
  const { region } = context.globals;
  const handlerPath = resolve(options.handler);
  const isFile = await stat(handlerPath).then(
    found => found.isFile(),
    () => false,
  );
  if (!isFile) {
    throw usageError(
      `There is no file ${options.handler}.`,
      'Name the module that exports the handler: --handler ./handler.mjs',
    );
  }
  await callSandbox(context, options.port, 'addFunction', {
    name,
    handlerPath,
    exportName,
    ...(invokeTimeoutMs === undefined ? {} : { timeoutMs: invokeTimeoutMs }),
    ...(region === undefined ? {} : { region }),
  });
  const output = context.output();
  if (output.format !== 'human') await output.document({ name, region: region ?? null, handlerPath, exportName });
  else output.note(`The function ${name} runs ${options.handler}, ${placeOf(region)}.`);
  return ExitCode.done;
}

/** Lists the functions of a running sandbox. */
export async function runFunctionList({ port }: SandboxReachOptions, context: CommandContext): Promise<ExitCode> {
  const output = context.output();
  const answer = await callSandbox(context, port, 'listFunctions', {});
  const functions = isJsonObject(answer) && Array.isArray(answer['functions']) ? answer['functions'] : [];
  if (output.format === 'json') await output.document({ functions });
  else if (output.format === 'ndjson') {
    for (const each of functions) await output.event({ type: 'function', ...each });
    await output.event({ type: 'summary', functions: functions.length });
  } else if (functions.length === 0) {
    output.note(
      'The sandbox has no functions.\nAdd one: ddbx sandbox function add process-orders --handler ./handler.mjs',
    );
  } else {
    const rows = functions
      .filter(isJsonObject)
      .map(each => [
        String(each['name']),
        typeof each['region'] === 'string' ? each['region'] : 'every Region',
        String(each['handler']).replace(/^.*\./, ''),
        formatDuration(Number(each['timeoutMs'])),
        typeof each['path'] === 'string' ? each['path'] : '(uploaded)',
      ]);
    await output.line(await renderTable(COLUMNS, rows, context.io));
  }
  return ExitCode.done;
}

/** Removes a function of a running sandbox; one that is not there is nothing to do. */
export async function runFunctionRemove(options: FunctionRemoveOptions, context: CommandContext): Promise<ExitCode> {
  const { name, port } = options;
  checkName(name);
  const { region } = context.globals;
  const answer = await callSandbox(context, port, 'removeFunction', {
    name,
    ...(region === undefined ? {} : { region }),
  });
  const isRemoved = isJsonObject(answer) && answer['removed'] === true;
  const output = context.output();
  if (output.format !== 'human') {
    await output.document({ name, region: region ?? null, outcome: isRemoved ? 'removed' : 'unchanged' });
  } else if (isRemoved) output.note(`The function ${name} is removed.`);
  else if (region === undefined) output.note(`No function ${name} is there in every Region; --region names one.`);
  else output.note(`There is no function ${name} in ${region}.`);
  return ExitCode.done;
}

const COLUMNS = [
  { header: 'FUNCTION', key: true },
  { header: 'REGION' },
  { header: 'EXPORT' },
  { header: 'TIME LIMIT' },
  { header: 'MODULE' },
];

function placeOf(region: string | undefined): string {
  return region === undefined ? 'in every Region' : `in ${region}`;
}

function checkName(name: string): void {
  if (NAME.test(name)) return;
  throw usageError(
    `${name} cannot be a function’s name.`,
    'It takes 1 to 64 letters, digits, hyphens and underscores.',
  );
}

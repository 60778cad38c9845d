import { parseDuration } from '../../lib/model/duration.js';
import { usageError } from '../../lib/model/error.js';
import { nearNames } from '../../lib/model/near-names.js';
import { CONTROL_CATALOG, type ControlFacts, type InputMember } from './control-catalog.js';

/** Every control operation with what is known of it, by its name on the command line. */
export const controlOperations: ReadonlyMap<string, ControlFacts & { readonly apiName: string }> = new Map(
  Object.entries(CONTROL_CATALOG).map(([apiName, facts]) => [kebabCase(apiName), { ...facts, apiName }]),
);

/** The name of an operation as the API has it, from either spelling. @throws DdbxError (usage) that suggests near names */
export function parseOperation(text: string): string {
  const known = controlOperations.get(kebabCase(text));
  if (known !== undefined) return known.apiName;
  const near = nearNames(kebabCase(text), [...controlOperations.keys()]);
  throw usageError(
    `There is no control operation "${text}"${near.length === 0 ? '.' : `; did you mean ${near.join(' or ')}?`}`,
    'ddbx sandbox ctl --help lists them.',
  );
}

/**
 * The input of an operation, from `member=value` words or from one JSON object.
 * @throws DdbxError (usage) for what the operation does not take, before anything is sent
 */
export function parseInput(apiName: string, words: readonly string[]): Readonly<Record<string, unknown>> {
  const [first = ''] = words;
  if (words.length === 1 && first.trimStart().startsWith('{')) return parseObject(apiName, first);
  const input = controlOperations.get(kebabCase(apiName))?.input ?? [];
  return Object.fromEntries(
    words.map(word => {
      const at = word.indexOf('=');
      const name = at < 0 ? word : word.slice(0, at);
      const member = input.find(each => each.name === camelCase(name));
      if (member === undefined) throw noSuchMember(apiName, word, input);
      if (at < 0 && member.kind !== 'flag') {
        throw usageError(`${name} of ${kebabCase(apiName)} takes a value.`, `Write ${name}=<${member.kind}>.`);
      }
      return [member.name, valueOf(member, at < 0 ? 'true' : word.slice(at + 1))];
    }),
  );
}

/** How an operation is called, such as `split-shard table= [region=] [shardId=]`. */
export function usageOf(name: string, { input }: ControlFacts): string {
  const word = (member: InputMember): string => (member.kind === 'flag' ? member.name : `${member.name}=`);
  const required = input.filter(member => member.isRequired).map(word);
  const optional = input.filter(member => !member.isRequired).map(member => `[${word(member)}]`);
  return [name, ...required, ...optional].join(' ');
}

function parseObject(apiName: string, text: string): Readonly<Record<string, unknown>> {
  try {
    // It begins with a brace, so it is an object.
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw usageError(
      `The input of ${kebabCase(apiName)} is not JSON: ${error instanceof Error ? error.message : String(error)}`,
      `Write it in single quotes, or as words: ddbx sandbox ctl ${kebabCase(apiName)} table=Orders`,
    );
  }
}

function noSuchMember(apiName: string, word: string, input: readonly InputMember[]): Error {
  const name = kebabCase(apiName);
  const takes = input.length === 0 ? 'It takes none.' : `It takes ${input.map(each => `${each.name}=`).join(' ')}`;
  return usageError(`${name} has no member "${word.split('=')[0] ?? ''}".`, takes);
}

/** A member's value; what is no number, duration or JSON is sent as the text that it is, for the sandbox to judge. */
function valueOf({ name, kind }: InputMember, text: string): unknown {
  switch (kind) {
    case 'text':
      return text;
    case 'flag':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'number':
      return text === 'null' ? null : numberIn(name, text);
    case 'milliseconds':
      return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : parseDuration(text);
    case 'json':
      return jsonOrText(text);
  }
}

function numberIn(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw usageError(`${name} must be a number, not "${text}".`);
  return value;
}

function jsonOrText(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}

function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}

function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

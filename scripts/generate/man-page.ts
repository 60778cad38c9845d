import { type CommandNode, verbsOf } from '../../src/commands/command-tree.js';
import { argumentName, argumentText, asSentence, exitCodeLines, optionGroups, optionText } from './sections.js';
import { environment, files } from './surroundings.js';

/** The man page of ddbx, as roff with the `man` macros. It has no date, so that the same tree gives the same page. */
export function manPage(tree: CommandNode, version: string): string {
  const title = tree.name.toUpperCase();
  return `${[
    '.\\" Made by `npm run generate` from what each command declares.',
    `.TH ${title} 1 "" "${tree.name} ${escaped(version)}" "${tree.name}"`,
    '.SH NAME',
    `${escaped(tree.name)} \\- ${escaped(tree.description)}`,
    '.SH SYNOPSIS',
    `.B ${escaped(tree.name)}`,
    escaped('<command> [arguments] [options]'),
    '.SH DESCRIPTION',
    ...text(
      'Arguments that name a table take a name, a table ARN or a stream ARN. Durations are 90s, 15m, 5h30m or 2d; ' +
        'instants are ISO 8601 or "15m ago". Data goes to stdout, everything else to stderr.',
    ),
    '.SH COMMANDS',
    ...verbsOf(tree).flatMap(verb => [
      `.SS "${escaped(`${tree.name} ${verb.path}`)}"`,
      ...text(asSentence(verb.description)),
      '.PP',
      `.B "${escaped(verb.usage)}"`,
      ...verb.arguments.flatMap(argument => item(argumentName(argument), argumentText(argument))),
      ...optionGroups(verb.options).flatMap(group =>
        group.options.flatMap(option => item(option.flags, optionText(option))),
      ),
      ...verb.facts.examples.flatMap(example => [
        '.PP',
        ...text(asSentence(example.does)),
        '.PP',
        '.RS 4',
        '.nf',
        ...text(example.command),
        '.fi',
        '.RE',
      ]),
    ]),
    '.SH OPTIONS OF EVERY COMMAND',
    ...tree.options.flatMap(option => item(option.flags, optionText(option))),
    '.SH EXIT STATUS',
    ...exitCodeLines().flatMap(({ code, means }) => item(String(code), means)),
    '.SH ENVIRONMENT',
    ...environment.flatMap(({ name, does }) => item(name, does)),
    '.SH FILES',
    ...files.flatMap(({ name, does }) => item(name, does)),
    '.SH SEE ALSO',
    '.BR aws (1)',
  ].join('\n')}\n`;
}

function item(term: string, says: string): readonly string[] {
  return ['.TP', `.B "${escaped(term)}"`, ...text(says)];
}

/** Text as lines of their own; one that begins as a request would is kept from being one. */
function text(says: string): readonly string[] {
  return says.split('\n').map(line => escaped(line).replace(/^(?=[.'])/, '\\&'));
}

const ESCAPES: Readonly<Record<string, string>> = {
  '-': '\\-',
  '\\': '\\e',
  '"': '\\(dq',
  "'": '\\(aq',
  '~': '\\(ti',
  '^': '\\(ha',
  '`': '\\(ga',
};

/** Keeps what roff would read: a backslash begins an escape, and some bare ASCII signs are set as others. */
export function escaped(says: string): string {
  return says.replace(/[-\\"'~^`]/g, character => ESCAPES[character] ?? character);
}

import { type CommandNode, verbsOf } from '../../src/commands/command-tree.js';
import type { Example, IamNeed } from '../../src/commands/verb.js';
import { argumentName, argumentText, asSentence, exitCodeLines, optionGroups, optionText } from './sections.js';
import { environment, files, type Surrounding } from './surroundings.js';

/** The reference of every verb, as Markdown. */
export function referenceText(tree: CommandNode): string {
  const verbs = verbsOf(tree);
  return `${[
    '<!-- Made by `npm run generate` from what each command declares. -->',
    '# Reference',
    'Arguments that name a table take a name, a table ARN or a stream ARN. Durations are `90s`, `15m`, `5h30m` or `2d`; ' +
      'instants are ISO 8601 or `15m ago`. An option that takes several values takes them with commas between them, or more than once.',
    verbs
      .map(verb => `- [\`${tree.name} ${verb.path}\`](#${anchor(`${tree.name} ${verb.path}`)}): ${verb.description}`)
      .join('\n'),
    '## Options of every command',
    ...optionSections(tree, '###'),
    ...verbs.flatMap(verb => verbSections(tree.name, verb)),
    '## Exit codes',
    table(
      ['code', 'meaning'],
      exitCodeLines().map(({ code, means }) => [String(code), means]),
    ),
    '## Environment',
    surroundings(environment),
    '## Files',
    surroundings(files),
  ].join('\n\n')}\n`;
}

function verbSections(
  program: string,
  verb: CommandNode & { readonly facts: { readonly iam: readonly IamNeed[]; readonly examples: readonly Example[] } },
): readonly string[] {
  return [
    `## ${program} ${verb.path}`,
    asSentence(verb.description),
    fenced('', verb.usage),
    ...(verb.arguments.length === 0
      ? []
      : [
          table(
            ['argument', ''],
            verb.arguments.map(argument => [code(argumentName(argument)), argumentText(argument)]),
          ),
        ]),
    ...optionSections(verb, '###'),
    '### Examples',
    fenced('sh', verb.facts.examples.map(example => `# ${example.does}\n${example.command}`).join('\n')),
    '### IAM actions',
    verb.facts.iam.length === 0
      ? 'None.'
      : table(
          ['action', 'resource', 'needed'],
          verb.facts.iam.map(need => [code(need.action), need.resource ?? code('*'), needed(need)]),
        ),
    verb.facts.iam.length === 0
      ? 'Exit codes: [the list below](#exit-codes).'
      : `\`${program} iam ${verb.path}\` prints them as a policy. Exit codes: [the list below](#exit-codes).`,
  ];
}

function optionSections(node: CommandNode, heading: string): readonly string[] {
  return optionGroups(node.options).flatMap(group => [
    `${heading} ${group.heading}`,
    table(
      ['option', ''],
      group.options.map(option => [code(option.flags), optionText(option)]),
    ),
  ]);
}

function needed(need: IamNeed): string {
  return need.when === undefined ? 'always' : `when ${need.when}`;
}

function surroundings(list: readonly Surrounding[]): string {
  return table(
    ['name', ''],
    list.map(({ name, does }) => [code(name), does]),
  );
}

/** A table of Markdown; a bar in a cell is escaped, also in code. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}

/** The fragment under which GitHub finds a heading. */
export function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^a-z0-9 _-]/g, '')
    .replaceAll(' ', '-');
}

function code(text: string): string {
  return `\`${text}\``;
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

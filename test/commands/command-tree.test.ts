import { Argument, Command, Option } from 'commander';
import { describe, expect, it } from 'vitest';
import { describeTree, verbsOf } from '../../src/commands/command-tree.js';
import { declareVerb } from '../../src/commands/verb.js';
import { loadedTree } from '../../scripts/generate/loaded-tree.js';

function described() {
  const program = new Command('ddbx').helpOption('-h, --help', 'print help').option('--region <region>', 'where');
  program.command('secret', { hidden: true });
  const noun = program.command('streams').description('streams');
  const verb = noun
    .command('tail')
    .description('watch')
    .argument('<table>', 'a table')
    .addArgument(new Argument('[how...]').choices(['a', 'b']))
    .optionsGroup('Pace:')
    .addOption(new Option('-n, --limit <n>', 'stop').default(5, '5'))
    .option('--regions <regions>', 'several')
    .option('--checkpoint <file>', 'kept')
    .option('--no-follow', 'stop at the end')
    .addOption(new Option('--hidden', 'not shown').hideHelp());
  declareVerb(verb, { examples: [], iam: [], completes: 'table' });
  const tree = describeTree(program);
  const [tail] = verbsOf(tree);
  if (tail === undefined) throw new Error('there is a verb');
  return { tree, tail };
}

describe('describeTree', () => {
  it('leaves out what is hidden, and describes help once', () => {
    const { tree, tail } = described();
    expect(tree.commands.map(command => command.name)).toEqual(['streams', 'help']);
    expect(tree.options.map(option => option.long)).toEqual(['--region', '--help']);
    expect(tail.options.map(option => option.long)).toEqual(['--limit', '--regions', '--checkpoint', '--no-follow']);
  });

  it('says of each command how it is called', () => {
    const { tree, tail } = described();
    expect([tree.usage, tail.path, tail.usage]).toEqual([
      'ddbx [options] <command>',
      'streams tail',
      'ddbx streams tail <table> [how...] [options]',
    ]);
  });

  it('says of each option what it takes', () => {
    const options = described().tail.options.map(({ long, short, value, negated, group, defaultText }) => ({
      long,
      short,
      takes: value === undefined ? undefined : [value.name, value.kind, value.list],
      negated,
      group,
      defaultText,
    }));
    const common = { short: undefined, negated: false, group: 'Pace:', defaultText: undefined };
    expect(options).toEqual([
      { ...common, long: '--limit', short: '-n', takes: ['n', undefined, false], defaultText: '5' },
      { ...common, long: '--regions', takes: ['regions', 'region', true] },
      { ...common, long: '--checkpoint', takes: ['file', 'file', false] },
      { ...common, long: '--no-follow', takes: undefined, negated: true },
    ]);
  });

  it('says of each argument what TAB offers', () => {
    const args = described().tail.arguments.map(({ name, required, variadic, choices, kind }) => [
      name,
      required,
      variadic,
      choices,
      kind,
    ]);
    expect(args).toEqual([
      ['table', true, false, [], 'table'],
      ['how', false, true, ['a', 'b'], 'table'],
    ]);
  });

  it('offers the neighbours behind help', () => {
    const help = described().tree.commands.find(command => command.name === 'help');
    expect(help?.arguments[0]?.choices).toEqual(['streams']);
  });
});

describe('the tree of ddbx', () => {
  it('has a description of everything that is shown', async () => {
    const undescribed: string[] = [];
    const visit = (node: Awaited<ReturnType<typeof loadedTree>>): void => {
      if (node.description === '') undescribed.push(node.path);
      for (const option of node.options) if (option.description === '') undescribed.push(`${node.path} ${option.long}`);
      node.commands.forEach(visit);
    };
    visit(await loadedTree());
    expect(undescribed).toEqual([]);
  });

  it('has an example of each verb, which begins with its name', async () => {
    const without = verbsOf(await loadedTree()).filter(
      verb => !verb.facts.examples.some(example => example.command.includes(`ddbx ${verb.path}`)),
    );
    expect(without.map(verb => verb.path)).toEqual([]);
  });

  it('does not show what scripts ask', async () => {
    expect((await loadedTree()).commands.map(command => command.name)).not.toContain('__complete');
  });
});

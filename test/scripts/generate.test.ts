import { describe, expect, it } from 'vitest';
import { generated } from '../../scripts/generate/generated.js';
import { loadedTree } from '../../scripts/generate/loaded-tree.js';
import { escaped, manPage } from '../../scripts/generate/man-page.js';
import { anchor, referenceText, table } from '../../scripts/generate/reference.js';
import { exitCodeLines, optionGroups, optionText } from '../../scripts/generate/sections.js';
import { withVerbs } from '../../scripts/generate/verbs-table.js';
import { type OptionNode, verbsOf } from '../../src/commands/command-tree.js';

function anOption(more: Partial<OptionNode>): OptionNode {
  return {
    long: '--x',
    short: undefined,
    description: 'do x',
    value: undefined,
    negated: false,
    flags: '--x',
    group: undefined,
    defaultText: undefined,
    ...more,
  };
}

describe('generated', () => {
  it('is the same for the same tree', async () => {
    expect([...generated(await loadedTree(), '1.2.3', undefined)]).toEqual([
      ...generated(await loadedTree(), '1.2.3', undefined),
    ]);
  });

  it('names every file, the README only where there is one', async () => {
    const tree = await loadedTree();
    const paths = [
      'completions/ddbx.bash',
      'completions/ddbx.zsh',
      'completions/ddbx.fish',
      'completions/ddbx.ps1',
      'docs/reference.md',
      'docs/ddbx.1',
    ];
    expect([...generated(tree, '1.2.3', undefined).keys()]).toEqual(paths);
    const marks = '<!-- verbs:begin -->\n<!-- verbs:end -->';
    expect([...generated(tree, '1.2.3', marks).keys()]).toEqual([...paths, 'README.md']);
  });

  it('describes every verb with its options, examples and IAM actions in the reference and the man page', async () => {
    const tree = await loadedTree();
    const reference = referenceText(tree);
    const page = manPage(tree, '1.2.3');
    for (const verb of verbsOf(tree)) {
      const section = reference.split(`\n## ddbx ${verb.path}\n`)[1]?.split('\n## ')[0] ?? '';
      const expected = [
        verb.usage,
        ...verb.options.map(option => option.flags),
        ...verb.facts.iam.map(need => need.action),
      ];
      expect(expected.filter(text => !section.includes(text.replaceAll('|', '\\|')))).toEqual([]);
      for (const example of verb.facts.examples) expect(section).toContain(`# ${example.does}\n${example.command}\n`);
      expect(page).toContain(`.SS "${escaped(`ddbx ${verb.path}`)}"`);
      expect(page).toContain(`.B "${escaped(verb.usage)}"`);
    }
  });

  it('links to headings that are there', async () => {
    const reference = referenceText(await loadedTree());
    const headings = new Set([...reference.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchor(heading)));
    const links = [...reference.matchAll(/\]\(#([^)]+)\)/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter(link => !headings.has(link))).toEqual([]);
  });
});

describe('the parts of a page', () => {
  it('writes an option as a sentence with its choices and default', () => {
    const value = { name: 'how', required: true, list: false, choices: ['a', 'b'], kind: undefined };
    expect(optionText(anOption({}))).toBe('Do x.');
    expect(optionText(anOption({ value, defaultText: 'a' }))).toBe('Do x: one of a, b. Default: a.');
  });

  it('puts options under their headings', () => {
    const options = [
      anOption({ group: 'Pace:' }),
      anOption({ long: '--y' }),
      anOption({ long: '--z', group: 'Pace:' }),
    ];
    expect(optionGroups(options).map(group => [group.heading, ...group.options.map(option => option.long)])).toEqual([
      ['Pace', '--x', '--z'],
      ['Options', '--y'],
    ]);
  });

  it('lists the exit codes in rising order', () => {
    const codes = exitCodeLines().map(line => line.code);
    expect(codes).toEqual([0, 1, 2, 3, 4, 5, 6, 130, 141]);
  });

  it('escapes bars in tables and what roff reads', () => {
    expect(table(['a'], [['x | y']])).toBe('| a |\n|---|\n| x \\| y |');
    expect(escaped(`~/a-b "c" \\ 'd'`)).toBe('\\(ti/a\\-b \\(dqc\\(dq \\e \\(aqd\\(aq');
  });

  it('puts the verbs between their marks, whatever stood there', () => {
    const readme = 'before\n<!-- verbs:begin -->\nold\n<!-- verbs:end -->\nafter\n';
    const once = withVerbs(readme, 'new');
    expect(once).toBe('before\n<!-- verbs:begin -->\nnew\n<!-- verbs:end -->\nafter\n');
    expect(withVerbs(once, 'new')).toBe(once);
    expect(() => withVerbs('no marks', 'new')).toThrow('README.md needs the lines');
  });
});

describe('the man page', () => {
  it('has no request that the man macros do not know', async () => {
    const requests = [...manPage(await loadedTree(), '1.2.3').matchAll(/^[.'](\S*)/gm)].map(([, name]) => name);
    const known = ['\\"', 'TH', 'SH', 'SS', 'PP', 'TP', 'B', 'BR', 'RS', 'RE', 'nf', 'fi'];
    expect(requests.filter(name => name === undefined || !known.includes(name))).toEqual([]);
  });
});

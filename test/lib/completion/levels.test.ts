import { describe, expect, it } from 'vitest';
import { completionTable } from '../../../src/lib/completion/levels.js';
import { aCommand, anArgument, anOption, smallTree } from './small-tree.js';

describe('completionTable', () => {
  it('lays the tree flat, with the names of commands below the one that takes them', () => {
    const { levels } = completionTable(smallTree);
    expect(levels.map(level => level.path)).toEqual([
      '',
      'streams',
      'streams list',
      'streams tail',
      'wait',
      'iam',
      'iam streams',
      'iam streams list',
      'iam streams tail',
      'iam wait',
    ]);
  });

  it('keeps the options of the command that takes a name, and asks for no arguments of the one that is named', () => {
    const named = completionTable(smallTree).levels.find(level => level.path === 'iam streams tail');
    expect(named?.options.map(option => option.names)).toEqual([['--account']]);
    expect(named?.arguments).toEqual([]);
  });

  it('leaves help out of the names', () => {
    const tree = aCommand('ddbx', {
      commands: [aCommand('help'), aCommand('iam', { arguments: [anArgument({ kind: 'verb' })] }), aCommand('wait')],
    });
    const iam = completionTable(tree).levels.find(level => level.path === 'iam');
    expect(iam?.commands.map(command => command.name)).toEqual(['wait']);
  });

  it('passes on the options that decide which AWS is asked, and only those that exist', () => {
    expect(completionTable(smallTree).passedOn).toEqual(['--region', '--profile', '--endpoint-url']);
    expect(completionTable(aCommand('ddbx', { options: [anOption('--quiet')] })).passedOn).toEqual([]);
  });

  it('offers choices before names of a kind, and nothing where nothing is known', () => {
    const tree = aCommand('ddbx', {
      options: [anOption('--a', { choices: ['x'], kind: 'table' }), anOption('--b', {}), anOption('--c')],
    });
    expect(completionTable(tree).globals.map(option => option.offer)).toEqual([
      { from: 'choices', words: ['x'] },
      { from: 'nothing' },
      undefined,
    ]);
  });
});

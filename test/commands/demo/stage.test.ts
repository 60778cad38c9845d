import { describe, expect, it } from 'vitest';
import { expected } from '../../../src/commands/demo/stage.js';
import { STORY } from '../../../src/commands/demo/story.js';
import { loadedTree } from '../../../scripts/generate/loaded-tree.js';

const outcome = { exitCode: 3, stdout: 'eu-west-1: \u001b[32mACTIVE\u001b[39m\n', stderr: 'a gap\n' };

describe('expected', () => {
  it('is content with the exit code and the words, on either stream and in any colour', () => {
    expect(expected(outcome, 3, /eu-west-1: ACTIVE/)).toBeUndefined();
    expect(expected(outcome, 3, /gap/)).toBeUndefined();
  });

  it('says what is missing', () => {
    expect(expected(outcome, 0, /ACTIVE/)).toBe('it ended with 3, not 0');
    expect(expected(outcome, 3, /CREATING/)).toBe('it did not show /CREATING/');
  });
});

describe('the story', () => {
  it('plays verbs that there are, on every noun of a stuck consumer, a Region and its cost', async () => {
    const { commands } = await loadedTree();
    for (const { argv } of STORY) {
      const noun = commands.find(({ name }) => name === argv[0]);
      expect(noun?.commands.map(({ name }) => name)).toContain(argv[1]);
    }
    expect(new Set(STORY.map(({ argv }) => argv[0]))).toEqual(new Set(['streams', 'esm', 'dlq', 'global', 'cost']));
  });

  it('fits its sentences into a line of a hundred columns', () => {
    for (const { says } of STORY) expect(says.length).toBeLessThan(97);
  });
});

import { describe, expect, it } from 'vitest';
import { applyQuery, checkQuery } from '../../../src/lib/terminal/query.js';

describe('checkQuery', () => {
  it.each(['streams[].arn', '[0]', 'length(shards)', 'sort_by(streams, &table)[0]', 'a | b', '@'])(
    'takes %s',
    async query => {
      await expect(checkQuery(query)).resolves.toBeUndefined();
    },
  );

  it.each(['', 'a..b', '[', '"a', 'nope(@)', 'length(a, b)'])('refuses %j before anything is done', async query => {
    await expect(checkQuery(query)).rejects.toMatchObject({
      code: 'usage',
      exitCode: 2,
      message: expect.stringContaining(`--query '${query}'`),
      hint: expect.stringContaining('jmespath.org'),
    });
  });

  it('says where it went wrong, once', async () => {
    await expect(checkQuery('a..b')).rejects.toThrow(
      `--query 'a..b' cannot be used: parse error at column 2, found unexpected token "." (dot)`,
    );
  });
});

describe('applyQuery', () => {
  it('searches objects, lists and plain values', async () => {
    expect(await applyQuery('a[?b > `1`].b', { a: [{ b: 1 }, { b: 2 }] })).toEqual([2]);
    expect(await applyQuery('[1]', ['x', 'y'])).toBe('y');
    expect(await applyQuery('@', 'x')).toBe('x');
    expect(await applyQuery('missing', { a: 1 })).toBeNull();
  });

  it('is a usage error when a function cannot take what it finds', async () => {
    await expect(applyQuery('length(a)', { a: 1 })).rejects.toMatchObject({ code: 'usage' });
  });
});

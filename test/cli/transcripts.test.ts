import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';
import { playTranscript } from './harness/play.js';
import { parseTranscript } from './harness/transcript.js';

const folder = fileURLToPath(new URL('./transcripts/', import.meta.url));
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.md'));
const isUpdate = process.env['UPDATE_TRANSCRIPTS'] === '1';

describe.concurrent('the built ddbx does what the transcript says', () => {
  it.for(names.sort())('%s', async (name, { expect }) => {
    const path = join(folder, name);
    const expected = await readFile(path, 'utf8');
    const actual = await playTranscript(parseTranscript(expected));
    if (isUpdate && actual !== expected) await writeFile(path, actual);
    else expect(actual).toBe(expected);
  });
});

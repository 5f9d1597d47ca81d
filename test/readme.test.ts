import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BLOCK, READMES, startTranscript } from './generate/readme.js';

test('the READMEs show what npm start prints (npm run readme writes it again)', () => {
  const transcript = startTranscript();
  for (const name of READMES) {
    const text = readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
    expect(BLOCK.exec(text)?.[2]).toBe(transcript);
  }
});

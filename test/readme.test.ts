import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { READMES, transcripts } from './generate/readme.js';

test('the READMEs show what their commands print (npm run readme writes it again)', async () => {
  for (const { block, text } of await transcripts()) {
    for (const name of READMES) {
      const readme = readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
      expect(block.exec(readme)?.[2]).toBe(text);
    }
  }
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderErrors } from './generate/errors.js';

test('docs/errors.md is what the program answers with', () => {
  const written = readFileSync(new URL('../docs/errors.md', import.meta.url), 'utf8');
  expect(written).toBe(renderErrors());
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderGlossary } from './generate/glossary.js';
import { lawbook } from './support/court.js';

test('docs/glossary.md is what the vocabulary says', () => {
  const written = readFileSync(new URL('../docs/glossary.md', import.meta.url), 'utf8');
  expect(written).toBe(renderGlossary(lawbook.book.vocabulary));
});

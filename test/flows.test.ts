import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderFlows } from './generate/flows.js';
import { lawbook } from './support/court.js';

test('docs/flows.md is what `npm run flows` writes', () => {
  const written = readFileSync(new URL('../docs/flows.md', import.meta.url), 'utf8');
  expect(written).toBe(renderFlows(lawbook));
});

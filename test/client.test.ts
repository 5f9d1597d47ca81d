import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderClient } from './generate/client.js';

test('src/web/api/schema.d.ts is what the service offers', async () => {
  const written = readFileSync(new URL('../src/web/api/schema.d.ts', import.meta.url), 'utf8');
  expect(written).toBe(await renderClient());
});

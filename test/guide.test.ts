import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { blocksOf, GUIDE, placeOf, shownBlocks } from './generate/guide.js';

const PICTURES = join(GUIDE, '../pictures');
const PICTURES_BYTES = 2_000_000;
const STORY_MS = 300_000;
const guide = readFileSync(GUIDE, 'utf8');

describe('the guide to changing a rule', () => {
  test('shows what its commands print (npm run guide writes it again)', { timeout: STORY_MS }, () => {
    const pieces = blocksOf(guide);
    for (const shown of shownBlocks()) expect(pieces[placeOf(pieces, shown)]).toBe(shown.text);
  });

  test('names each of its pictures, and no other', () => {
    const named = [...guide.matchAll(/!\[[^\]]+\]\(pictures\/([^)]+)\)/g)].map(([, name]) => name);
    expect(named).toEqual(readdirSync(PICTURES).sort());
    const sizes = named.map((name) => statSync(join(PICTURES, name ?? '')).size);
    expect(Math.min(...sizes)).toBeGreaterThan(0);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(PICTURES_BYTES);
  });
});

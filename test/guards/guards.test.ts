import { describe, expect, test } from 'vitest';
import { flowFileMutants, withoutPart } from './flow-files.js';
import { interpreterMutants, redAsItIs, withoutBranch } from './interpreter.js';
import { EQUIVALENT, each, type Removal } from './removal.js';

/** `npm run guards` tries them all. */
const every = <T>(list: readonly T[], nth: number): T[] => list.filter((_, index) => index % nth === 0);
const surviving = (removals: readonly Removal[]): string[] =>
  removals.filter(({ name, noticed }) => noticed === undefined && !EQUIVALENT[name]).map(({ name }) => name);

describe('what is taken away is missed', () => {
  const parts = flowFileMutants();
  const branches = interpreterMutants();

  test('nothing is red as it is', async () => {
    expect(await redAsItIs()).toBeUndefined();
  });

  test('from the flow files: of every flow, and of every sort of thing', async () => {
    expect(new Set(parts.map(({ path }) => path)).size).toBeGreaterThanOrEqual(10);
    expect([...new Set(parts.map(({ kind }) => kind))]).toEqual(
      expect.arrayContaining([
        '删去适用',
        '删去当',
        '删去谁',
        '放宽谁',
        '删去期限',
        '换被主张人',
        '换证据',
        '删去事由',
        '删去后果',
      ]),
    );
    expect(surviving(await each(every(parts, 19), withoutPart))).toEqual([]);
  });

  test('from the interpreter: every branch of every file', async () => {
    expect([...new Set(branches.map(({ file }) => file))]).toEqual(['flow', 'clock', 'play', 'carry-out']);
    expect(branches.filter(({ kind }) => kind === '去掉判断').length).toBeGreaterThan(40);
    const played = branches.filter(({ file }) => file !== 'clock');
    expect(surviving(await each(every(played, 7), withoutBranch))).toEqual([]);
  });

  test('what is said to change nothing does exist', () => {
    const names = new Set(branches.map(({ file, name }) => `${file}.ts ${name}`));
    expect(Object.keys(EQUIVALENT).filter((name) => !names.has(name))).toEqual([]);
  });
});

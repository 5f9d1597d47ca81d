import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

test('the migrations make the tables that the code knows (npm run migrations writes the next one)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shouze-migrations-'));
  try {
    cpSync(join(ROOT, 'migrations'), folder, { recursive: true });
    const before = readdirSync(folder).sort();
    const options = [
      '--dialect',
      'postgresql',
      '--schema',
      'src/shell/db/schema',
      '--out',
      folder,
      '--casing',
      'snake_case',
    ];
    execFileSync(process.execPath, ['node_modules/drizzle-kit/bin.cjs', 'generate', ...options], {
      cwd: ROOT,
      stdio: 'pipe',
    });
    expect(readdirSync(folder).sort()).toEqual(before);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileBatch } from '../../../src/app/file-batch.js';
import { actInFlow } from '../../../src/app/flows/act-in-flow.js';
import { importDocket } from '../../../src/app/import-docket.js';
import { operatorIn } from '../../../src/app/permit.js';
import type { Context } from '../../../src/app/ports.js';
import { routeNext } from '../../../src/app/route-received.js';
import type { Role } from '../../../src/core/access/can.js';
import { openService } from '../../../src/shell/open-service.js';
import { docket, earlier, filing, RULES } from '../../support/court.js';
import { shouze } from '../../support/shouze.js';

/** Two objections of the judge of the earlier case over its parties' new filings: the first is upheld, the second rejected. */
async function decideObjections(data: string): Promise<void> {
  const { service, close } = await openService({ folder: data, rules: RULES });
  try {
    const as = (roles: readonly Role[], judges: readonly string[] = []): Context => ({
      subject: { user: randomUUID(), court: '川1527', roles, judges },
      service,
    });
    const operator = { subject: operatorIn('川1527'), service };
    await importDocket(operator, docket([earlier()]));
    const receivedOn = service.today();
    for (const [id, action] of [
      ['R1', 'uphold'],
      ['R2', 'reject'],
    ] as const) {
      await fileBatch(operator, { filings: [{ value: filing({ id, receivedOn }) }] });
      const { id: routed = '' } = (await routeNext(service, '川1527')) ?? {};
      const step = async (by: Context, act: string, ground?: string): Promise<void> => {
        const stored = await service.store.read('川1527', (tx) => tx.filing(routed));
        await actInFlow(by, routed, {
          version: stored?.version ?? 0,
          flow: 'first_trial_objection',
          action: act,
          reason: '与前案无关',
          ...(ground !== undefined && { ground }),
        });
      };
      const owner = await service.store.read('川1527', (tx) => tx.ownerOf(routed));
      await step(as(['judge'], [owner?.judge ?? '']), 'object', 'not_first_trial');
      await step(as(['reviewer']), action);
    }
  } finally {
    await close();
  }
}

describe('rulings of an installation', () => {
  let folder: string;
  let data: string[];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'shouze-rulings-'));
    data = ['--data', join(folder, 'data')];
    await decideObjections(join(folder, 'data'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('decided objections are written as rule examples, and the rules are checked against them', async () => {
    const rules = join(folder, 'rules');
    cpSync(RULES, rules, { recursive: true });
    mkdirSync(join(rules, 'courts/1527-junlian/examples/rulings'), { recursive: true });
    const out = join(rules, 'courts/1527-junlian/examples/rulings/2026.yaml');
    const exporting = ['rulings', 'export', '--court', '川1527', '--out', out, '--rules', RULES, ...data];
    expect((await shouze(exporting)).out).toContain('新增认定 2 项，其中与规则不一致 1 项；原有 0 项');
    const first = readFileSync(out, 'utf8');
    expect((await shouze(exporting)).out).toContain('新增认定 0 项，其中与规则不一致 0 项；原有 2 项');
    expect(readFileSync(out, 'utf8')).toBe(first);

    const checked = await shouze(['rules', 'check', rules]);
    expect([checked.status, checked.out]).toEqual([0, '']);
    expect(checked.err).toContain('另有 1 项复核认定与规则不一致,待处理');
    const draft = join(rules, 'modules/shouze/ownership.yaml');
    const conclusion = '关联种类: 实体审理后衍生\n    结果: { 承办: ';
    writeFileSync(draft, readFileSync(draft, 'utf8').replace(`${conclusion}首审负责`, `${conclusion}系列集中`));
    const wrong = await shouze(['rules', 'check', rules]);
    expect(wrong.status).toBe(1);
    expect(wrong.out).toMatch(
      /modules\/shouze\/ownership\.yaml:\d+:\d+ SZ-CB-ST: 与复核认定不一致:首审异议第1次.*\[RULING_CONTRADICTED\]/,
    );
    expect((await shouze(['rules', 'test', rules])).out).toContain('不过 复核认定 首审异议第1次');
  });

  it('a file that is not theirs is left as it is', async () => {
    const out = join(folder, 'other.yaml');
    writeFileSync(out, '名称: 别的\n');
    const { status, err } = await shouze(['rulings', 'export', '--court', '川1527', '--out', out, ...data]);
    expect([status, readFileSync(out, 'utf8')]).toEqual([2, '名称: 别的\n']);
    expect(err).toContain('不是可以接着写的复核认定文件');
  });
});

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { docket, earlier, filing, identityNumber } from '../../support/court.js';
import { Person, SAMPLE_COURT, type Served, serve } from '../../support/served.js';
import { shouze } from '../../support/shouze.js';

describe('the operator’s commands on an embedded database', () => {
  let folder: string;
  let data: string[];
  let file: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'shouze-cli-'));
    data = ['--data', join(folder, 'data')];
    file = join(folder, 'docket.json');
    writeFileSync(file, JSON.stringify(docket([earlier()])));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('import says what it did; the same docket again changes nothing', async () => {
    expect(await shouze(['import', file, ...data])).toMatchObject({
      status: 0,
      out: '川1527：法官 9 名；案件新增 1 件，更新 0 件，未变 0 件\n',
    });
    expect((await shouze(['import', file, ...data])).out).toContain('新增 0 件，更新 0 件，未变 1 件');
  });

  it('the folder and its key are readable by their owner alone', () => {
    expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'data/key')).mode & 0o777).toBe(0o600);
  });

  it('a docket with errors is refused place by place, with status 2', async () => {
    const wrong = join(folder, 'wrong.json');
    writeFileSync(wrong, JSON.stringify(docket([earlier({ filedOn: '2025-02-30' })])));
    const { status, err } = await shouze(['import', wrong, ...data]);
    expect([status, err.includes('/cases/0/filedOn')]).toEqual([2, true]);
    writeFileSync(wrong, '{"court":{}}');
    expect((await shouze(['import', wrong, ...data])).err).toContain('/court/code');
  });

  it('export masks identity numbers unless whole ones are asked for', async () => {
    const out = join(folder, 'out.json');
    expect((await shouze(['export', '--court', '川1527', '--out', out, ...data])).status).toBe(0);
    expect(readFileSync(out, 'utf8')).not.toContain(identityNumber(101));
    expect((await shouze(['export', '--court', '川1527', '--out', out, '--with-numbers', ...data])).status).toBe(0);
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({
      cases: [{ parties: [{ idNumber: identityNumber(101) }, {}] }],
    });
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect((await shouze(['import', out, ...data])).out).toContain('未变 1 件');
    expect((await shouze(['export', '--court', '川0000', '--out', out, ...data])).err).toContain('川0000');
  });

  it('clocks of an installation that has none: says so, with status 0; what is asked wrongly has status 2', async () => {
    const clocks = (...args: string[]) => shouze(['clocks', ...args, '--court', '川1527', ...data]);
    for (const which of ['list', 'due']) {
      expect(await clocks(which)).toMatchObject({ status: 0, out: '没有这样的期限。\n' });
      expect(await clocks(which, '--format', 'json')).toMatchObject({ status: 0, out: '[]\n' });
    }
    for (const wrong of [
      ['list', '--within', '-1'],
      ['list', '--within', '05'],
      ['list', '--on', '2026-02-30'],
      ['list', '--format', 'xlsx'],
      ['explain', 'nothing', 'objection'],
      ['explain', '018f0000-0000-7000-8000-000000000000', 'objection'],
    ]) {
      const { status, out, err } = await clocks(...wrong);
      expect([wrong, status, out, /\p{sc=Han}/u.test(err)]).toEqual([wrong, 2, '', true]);
    }
  });

  it('users are added with a password that is shown once, listed, reset and disabled', async () => {
    const court = ['--court', '川1527', ...data];
    const added = await shouze(['user', 'add', 'zhang', '--name', '张示例', '--role', 'filing_clerk', ...court]);
    expect([added.status, /^zhang {4}\S{19} {4}立案人员\n$/.test(added.out)]).toEqual([0, true]);
    expect((await shouze(['user', 'add', 'ZHANG', '--name', '-', '--role', 'filing_clerk', ...court])).status).toBe(2);
    expect((await shouze(['user', 'add', 'wang', '--name', '-', '--role', 'judge', ...court])).err).toContain(
      '--judge',
    );
    expect((await shouze(['user', 'reset', 'zhang', ...court])).out).not.toBe(added.out);
    expect((await shouze(['user', 'disable', 'zhang', ...court])).status).toBe(0);
    expect((await shouze(['user', 'list', ...court])).out).toBe('zhang\t张示例\t立案人员\t已停用\n');
    expect((await shouze(['user', 'unlock', 'nobody', ...court])).err).toContain('没有登录名为“nobody”的用户');
  });

  it('a user is given another role beside the first, and the subject at the sign-on', async () => {
    const court = ['--court', '川1527', ...data];
    expect((await shouze(['user', 'grant', 'zhang', '--role', 'reviewer', ...court])).out).toBe('zhang 已办理\n');
    expect((await shouze(['user', 'subject', 'zhang', 'sub-zhang', ...court])).out).toBe('zhang 已办理\n');
    expect((await shouze(['user', 'list', ...court])).out).toContain('立案人员、复核人');
  });

  it('without a running service --server says so; a key that is wrong is named without being shown', async () => {
    expect((await shouze(['import', file, '--server', ...data])).err).toContain('没有正在运行的服务');
    const { status, err } = await shouze(['import', file, ...data], { SHOUZE_KEY: 'k1:secret' });
    expect([status, err.includes('SHOUZE_KEY'), err.includes('secret')]).toEqual([2, true, false]);
    const noKey = await shouze(['import', file], { DATABASE_URL: 'postgres://localhost:1/x' });
    expect([noKey.status, noKey.err.includes('openssl rand -hex 32')]).toEqual([2, true]);
    const gone = await shouze(['import', file], {
      DATABASE_URL: 'postgres://localhost:1/x',
      SHOUZE_KEY: `k1:${'11'.repeat(32)}`,
    });
    expect([gone.status, gone.err.includes('DATABASE_URL')]).toEqual([2, true]);
  });
});

describe('the operator’s commands beside a running service', () => {
  let served: Served;
  let file: string;
  let folder: string;
  beforeAll(async () => {
    served = await serve();
    folder = mkdtempSync(join(tmpdir(), 'shouze-cli-'));
    file = join(folder, 'docket.json');
    writeFileSync(file, JSON.stringify(docket([earlier()])));
  });
  afterAll(async () => {
    await served?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('the folder is taken: the command says by whom, and that --server has it done', async () => {
    const { status, err } = await shouze(['import', file, '--data', served.folder]);
    expect([status, err.includes('--server'), err.includes(new URL(served.url).port)]).toEqual([2, true, true]);
  });

  it('--server has the service do it, and the service goes on', async () => {
    const data = ['--data', served.folder, '--server'];
    expect((await shouze(['import', file, ...data])).out).toContain('新增 1 件');
    expect((await shouze(['user', 'list', '--court', SAMPLE_COURT, ...data])).out).toContain(
      'lian\t示例立案员\t立案人员',
    );
    const out = join(folder, 'out.json');
    expect((await shouze(['export', '--court', '川1527', '--out', out, ...data])).status).toBe(0);
    expect(readFileSync(out, 'utf8')).not.toContain(identityNumber(101));
    expect((await shouze(['export', '--court', '川1527', '--out', out, '--with-numbers', ...data])).err).toContain(
      '不经网络',
    );
    expect((await fetch(`${served.url}/health`)).status).toBe(200);
  });

  it('another role leaves those that were given; what is wrong with it is said', async () => {
    const court = ['--court', SAMPLE_COURT, '--data', served.folder, '--server'];
    const grant = (...more: string[]) => shouze(['user', 'grant', 'lian', ...more, ...court]);
    expect((await grant('--role', 'reviewer')).out).toBe('lian 已办理\n');
    expect((await grant('--role', 'reviewer')).err).toContain('已经有这个角色：复核人');
    expect((await grant('--role', 'judge')).err).toContain('--judge');
    expect((await grant('--role', 'judge', '--judge', 'nobody')).err).toContain('没有这名法官');
    expect((await shouze(['user', 'list', ...court])).out).toContain('lian\t示例立案员\t立案人员、复核人\n');
  });

  it('a subject at the sign-on is one person’s, and can be cleared', async () => {
    const court = ['--court', SAMPLE_COURT, '--data', served.folder, '--server'];
    const subject = (...more: string[]) => shouze(['user', 'subject', ...more, ...court]);
    expect((await subject('lian', 'sub-1')).out).toBe('lian 已办理\n');
    expect((await subject('fuhe', 'sub-1')).err).toContain('已经属于另一个用户');
    for (const wrong of [['lian'], ['lian', ' '], ['lian', 'sub-1', '--clear']]) {
      expect(await subject(...wrong)).toMatchObject({ status: 2, err: expect.stringContaining('--clear') });
    }
    expect((await subject('lian', '--clear')).status).toBe(0);
    expect((await subject('fuhe', 'sub-1')).status).toBe(0);
  });

  it('clocks are listed, told when they are late, and explained, by the running service', async () => {
    const person = await Person.signIn(served.url, served.accounts.filing_clerk);
    const path = `/api/v1/courts/${encodeURIComponent(SAMPLE_COURT)}/batches`;
    const one = { ...filing({ id: '期限-1', receivedOn: '2026-03-09' }), court: SAMPLE_COURT };
    const filed = await person.ask('POST', path, { filings: [one] }, 'clocks-0001', { prefer: 'wait=20' });
    expect(filed).toMatchObject({ status: 201, body: { counts: { assigned: 1 } } });
    const at = ['--court', SAMPLE_COURT, '--data', served.folder, '--server'];
    const clocks = (...args: string[]) => shouze(['clocks', ...args, ...at]);
    const listed = await clocks('list', '--on', '2026-03-10', '--within', '6');
    expect([listed.status, listed.err]).toEqual([0, '']);
    expect(listed.out).toMatch(/2026-03-16 +剩 6 日 +申请复核 +objection +期限-1/);
    const inJson = await clocks('list', '--on', '2026-03-10', '--kind', 'objection', '--format', 'json');
    expect(JSON.parse(inJson.out)).toMatchObject([{ reference: '期限-1', due: '2026-03-16', daysLeft: 6 }]);
    expect((await clocks('due', '--on', '2026-03-10')).status).toBe(0);
    const late = await clocks('due', '--on', '2027-03-10');
    expect([late.status, late.out.includes('已超')]).toEqual([1, true]);
    const limit = await clocks('explain', '期限-1', 'trial_limit');
    expect(limit.out).toContain('起算：2026-03-09（立案日，当日不计入）');
    expect(limit.out).toContain('不顺延');
    const [{ filing: id }] = JSON.parse(inJson.out) as [{ filing: string }];
    const objection = await clocks('explain', id, 'objection');
    expect(objection.out).toContain('末日遇休息日顺延：2026-03-14（周末）、2026-03-15（周末）');
    expect(objection.out).toContain('届满：2026-03-16');
    expect(await clocks('explain', '期限-1', 'nothing')).toMatchObject({
      status: 2,
      err: expect.stringContaining('shouze clocks list'),
    });
    expect((await clocks('explain', id, 'objection', '--flow', 'recusal')).status).toBe(2);
  });

  it('the port is taken: it says which other to use', async () => {
    const port = new URL(served.url).port;
    const { status, err } = await shouze(['serve', '--port', port, '--data', join(folder, 'other')]);
    expect([status, err.includes(`--port ${Number(port) + 1}`)]).toEqual([2, true]);
  });

  it('killed and started again it serves the same court, the same accounts, within its own data', async () => {
    await served.kill('SIGKILL');
    await served.start();
    expect((await shouze(['user', 'list', '--court', '川1527', '--data', served.folder, '--server'])).status).toBe(0);
  });
});

import { exportDocket } from '../../app/export-docket.js';
import { type Imported, importDocket } from '../../app/import-docket.js';
import { operatorIn } from '../../app/permit.js';
import type { Docket } from '../../core/documents/docket.js';
import { InputFault, inputErrorOf } from '../files/input-error.js';
import { writeWhole } from '../files/write-file.js';
import { readDocket } from './docket.js';
import { CliFailure, failInput } from './failure.js';
import type { ExportOptions, ServiceOptions } from './service-options.js';
import { inInstallation, RunningService } from './service-session.js';

const courtPath = (court: string): string => `/api/v1/courts/${encodeURIComponent(court)}/docket`;

export async function runImport(path: string, options: ServiceOptions): Promise<void> {
  const docket = await readDocket(path);
  const court = (docket as { court?: { code?: unknown } } | null)?.court?.code;
  if (typeof court !== 'string' || court === '')
    throw new CliFailure(`${path} /court/code: 案卷里没有法院代字；请核对文件是否选错`);
  const imported = options.server
    ? await RunningService.of(options).call<Imported>('POST', courtPath(court), docket)
    : await inInstallation(options, ({ service }) => importDocket({ subject: operatorIn(court), service }, docket));
  for (const remark of imported.remarks) process.stderr.write(`${path}: ${remark}\n`);
  const { judges, added, changed, same } = imported;
  process.stdout.write(`${court}：法官 ${judges} 名；案件新增 ${added} 件，更新 ${changed} 件，未变 ${same} 件\n`);
}

export async function runExport(options: ExportOptions): Promise<void> {
  const { court, out, withNumbers = false } = options;
  if (options.server && withNumbers) {
    throw new CliFailure('完整号码不经网络导出；请先停掉服务，去掉 --server 直接办理');
  }
  const docket = options.server
    ? await RunningService.of(options).call<Docket>('GET', courtPath(court))
    : await inInstallation(options, ({ service, views }) =>
        exportDocket({ subject: operatorIn(court), service }, views, { withNumbers }),
      );
  try {
    const content = [JSON.stringify(docket, undefined, 1), '\n'];
    const written = await writeWhole(out, content, withNumbers ? { mode: 0o600 } : {});
    if (!written.ok) return failInput(written.error);
  } catch (failure) {
    if (failure instanceof InputFault) return failInput(inputErrorOf(failure, out));
    throw failure;
  }
  process.stdout.write(
    `${court}：${docket.cases.length} 件案件写到 ${out}${withNumbers ? '（含完整证件号码，请妥善保管）' : ''}\n`,
  );
}

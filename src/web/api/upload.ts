import { send } from './client.js';
import { refusalOf } from './problem.js';
import type { paths } from './schema.js';
import type { BatchView } from './types.js';

const PATH = '/api/v1/courts/{court}/batches/file' satisfies keyof paths;

/** Hands over a file of filings; the key stays the same while the same file is tried again. */
export async function uploadFilings(court: string, file: File, key: string): Promise<BatchView> {
  const body = new FormData();
  body.append('file', file);
  const address = PATH.replace('{court}', encodeURIComponent(court));
  const response = await send(new Request(address, { method: 'POST', body, headers: { 'idempotency-key': key } }));
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw refusalOf(response.status, answer);
  return answer as BatchView;
}

import { send } from './client.js';
import { refusalOf } from './problem.js';
import type { paths } from './schema.js';

type Fetched = {
  [Path in keyof paths]: Path extends `${string}.${'xlsx' | 'docx' | 'pdf'}` ? Path : never;
}[keyof paths];

/** The address of a file that the service makes. */
export function fileAddress(
  path: Fetched,
  params: Readonly<Record<string, string>> = {},
  query: Readonly<Record<string, string>> = {},
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const text = new URLSearchParams(query).toString();
  return text === '' ? filled : `${filled}?${text}`;
}

function nameIn(response: Response, otherwise: string): string {
  const header = response.headers.get('content-disposition') ?? '';
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(header)?.[1];
  if (encoded !== undefined) return decodeURIComponent(encoded);
  return /filename="([^"]+)"/i.exec(header)?.[1] ?? otherwise;
}

/** Fetches a file and hands it to the browser to keep; refusals come as errors and replace no page. */
export async function download(address: string, otherwise: string): Promise<string> {
  const response = await send(new Request(address));
  if (!response.ok) throw refusalOf(response.status, await response.json().catch(() => undefined));
  const name = nameIn(response, otherwise);
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Revoking at once would cancel the download in some browsers.
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return name;
}

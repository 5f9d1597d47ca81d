import { InputFault } from './input-error.js';

const UTF8_BOM = [0xef, 0xbb, 0xbf];

/** Whether the bytes begin with these. */
export const startsWith = (bytes: Uint8Array, prefix: readonly number[]): boolean =>
  prefix.every((byte, index) => bytes[index] === byte);

function refuse(code: string, message: string): never {
  throw new InputFault({ code, message });
}

function looksUtf16(bytes: Uint8Array): boolean {
  if (startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff])) return true;
  // Without a mark: ASCII in UTF-16 is every other byte zero.
  const sample = bytes.subarray(0, 64);
  if (sample.length < 4) return false;
  const zeros = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  return Math.min(even, odd) === 0 && Math.max(even, odd) >= sample.length * 0.4;
}

function isBinary(bytes: Uint8Array): boolean {
  for (const byte of bytes.subarray(0, 4096)) {
    if (byte < 0x09 || (byte > 0x0d && byte < 0x20)) return true;
  }
  return false;
}

/** Refuses what is no text at all: UTF-16, NUL bytes, binary junk. */
function assertText(bytes: Buffer): void {
  if (looksUtf16(bytes)) {
    refuse('UTF16', '文件是 UTF-16(「Unicode 文本」)编码,请另存为 UTF-8 编码后重试');
  }
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) {
    refuse('BINARY', '内容是压缩包或者 Office 文档,不是文本,请核对文件是否选错');
  }
  const nul = bytes.indexOf(0);
  if (nul >= 0) refuse('BINARY', `第 ${nul + 1} 个字节是空字符(NUL),文件已损坏或者不是文本,请重新导出`);
  if (isBinary(bytes)) refuse('BINARY', '内容不是文本(含有控制字符),请核对文件是否选错');
}

const decodeWith = (encoding: string, bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** UTF-8 text, with or without byte order mark; every other encoding is refused with the cure. @throws InputFault */
export function decodeUtf8(bytes: Buffer): string {
  assertText(bytes);
  const text = decodeWith('utf-8', bytes);
  if (text !== undefined) return text;
  const cure = '请另存为 UTF-8 编码(或者运行 iconv -f GB18030 -t UTF-8 旧文件 > 新文件)后重试';
  if (decodeWith('gb18030', bytes) !== undefined) refuse('NOT_UTF8', `文件是 GBK/GB18030 编码,${cure}`);
  refuse('NOT_UTF8', `文件不是 UTF-8 文本,${cure}`);
}

/** UTF-8 text, else GB18030, which Chinese spreadsheet programs write as CSV. @throws InputFault */
export function decodeUtf8OrGb18030(bytes: Buffer): { text: string; encoding: 'utf-8' | 'gb18030' } {
  assertText(bytes);
  const utf8 = decodeWith('utf-8', bytes);
  if (utf8 !== undefined) return { text: utf8, encoding: 'utf-8' };
  const gb18030 = startsWith(bytes, UTF8_BOM) ? undefined : decodeWith('gb18030', bytes);
  if (gb18030 !== undefined) return { text: gb18030, encoding: 'gb18030' };
  refuse('ENCODING', '文件既不是 UTF-8 也不是 GB18030 文本,请在表格软件里另存为「CSV UTF-8」后重试');
}

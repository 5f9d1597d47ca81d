import { constants, type FileHandle, open } from 'node:fs/promises';
import { InputFault } from './input-error.js';

const MIB = 1024 * 1024;

function tooLarge(maxBytes: number): InputFault {
  const message = `文件太大,上限是 ${Math.floor(maxBytes / MIB)} MiB,请拆成几个文件分别处理`;
  return new InputFault({ code: 'TOO_LARGE', message });
}

async function readPipe(handle: FileHandle, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(65_536), 0, 65_536, null);
    if (bytesRead === 0) return Buffer.concat(chunks);
    total += bytesRead;
    if (total > maxBytes) throw tooLarge(maxBytes);
    chunks.push(buffer.subarray(0, bytesRead));
  }
}

async function readRegular(handle: FileHandle, size: number, maxBytes: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(size);
  let filled = 0;
  while (filled < size) {
    const { bytesRead } = await handle.read(buffer, filled, size - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  // A file that grew meanwhile would be cut in the middle, which can still look complete.
  if (filled !== size || (await handle.stat()).size !== size) {
    if (size > maxBytes) throw tooLarge(maxBytes);
    throw new InputFault({ code: 'CHANGED', message: '读取时文件正在被改写,请等写完后重试' });
  }
  return buffer;
}

/**
 * The bytes of a file or pipe. The size is looked at before anything is read.
 *
 * @throws InputFault when it is empty, a directory or larger than `maxBytes`; the system's error when it cannot be opened
 */
export async function readBytes(path: string, maxBytes: number): Promise<Buffer> {
  const handle = await open(path, constants.O_RDONLY);
  try {
    const stat = await handle.stat();
    if (stat.isDirectory()) {
      throw new InputFault({ code: 'EISDIR', message: '这是文件夹,不是文件,请指定其中的一个文件' });
    }
    if (stat.isFile() && stat.size > maxBytes) throw tooLarge(maxBytes);
    // /proc and the like report size 0 and yet have content.
    const regular = stat.isFile() && stat.size > 0;
    const bytes = regular ? await readRegular(handle, stat.size, maxBytes) : await readPipe(handle, maxBytes);
    if (bytes.length === 0) throw new InputFault({ code: 'EMPTY', message: '文件是空的,请核对是否导出成功' });
    return bytes;
  } finally {
    await handle.close();
  }
}

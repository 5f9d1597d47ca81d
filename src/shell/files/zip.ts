import { crc32, createInflateRaw } from 'node:zlib';
import { InputFault } from './input-error.js';

const MIB = 1024 * 1024;
const MAX_UNCOMPRESSED = 512 * MIB;
const MAX_ENTRIES = 10_000;
/** XML of a sheet shrinks ten to forty times; a bomb, about a thousand times. */
const MAX_RATIO = 250;
const RATIO_FROM = 16 * MIB;

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;

/** A file in a zip archive, as the central directory declares it. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly compressed: number;
  readonly size: number;
  /** Of the local header. */
  readonly offset: number;
}

const broken = (): InputFault =>
  new InputFault({ code: 'XLSX_BROKEN', message: '工作簿已损坏,请用表格软件打开并重新另存为 .xlsx' });

function bomb(): InputFault {
  const message = '工作簿解压后过大(可能是恶意构造的压缩包),已拒绝;请另存为新的 .xlsx,或者拆成几个文件';
  return new InputFault({ code: 'ZIP_BOMB', message });
}

function endOfDirectory(bytes: Buffer): number {
  const earliest = Math.max(0, bytes.length - 22 - 65_535);
  for (let at = bytes.length - 22; at >= earliest; at--) if (bytes.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  throw broken();
}

/** Where each entry of the central directory begins, with its length. */
function* directory(bytes: Buffer): Generator<number> {
  const end = endOfDirectory(bytes);
  const count = bytes.readUInt16LE(end + 10);
  if (count > MAX_ENTRIES) throw bomb();
  let at = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) throw broken();
    yield at;
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
}

/**
 * The entries of an archive by name, before anything is unpacked.
 *
 * @throws InputFault when it is broken, encrypted, declares more than 512 MiB or shrinks absurdly
 */
export function zipEntries(bytes: Buffer): Map<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>();
  let total = 0;
  for (const at of directory(bytes)) {
    const flags = bytes.readUInt16LE(at + 8);
    if ((flags & 1) !== 0) {
      throw new InputFault({ code: 'ENCRYPTED', message: '文件有密码,请去掉密码后重新另存' });
    }
    const entry: ZipEntry = {
      name: bytes.toString('utf8', at + 46, at + 46 + bytes.readUInt16LE(at + 28)),
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      compressed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    };
    total += entry.size;
    if (total > MAX_UNCOMPRESSED) throw bomb();
    if (entry.size > RATIO_FROM && entry.size / Math.max(1, entry.compressed) > MAX_RATIO) throw bomb();
    if (entries.has(entry.name)) throw broken();
    entries.set(entry.name, entry);
  }
  if (total > RATIO_FROM && total / bytes.length > MAX_RATIO) throw bomb();
  return entries;
}

function packed(bytes: Buffer, entry: ZipEntry): Buffer {
  if (entry.offset + 30 > bytes.length || bytes.readUInt32LE(entry.offset) !== LOCAL_ENTRY) throw broken();
  const start = entry.offset + 30 + bytes.readUInt16LE(entry.offset + 26) + bytes.readUInt16LE(entry.offset + 28);
  if (start + entry.compressed > bytes.length) throw broken();
  return bytes.subarray(start, start + entry.compressed);
}

async function* unpacked(bytes: Buffer, entry: ZipEntry): AsyncGenerator<Buffer> {
  const data = packed(bytes, entry);
  if (entry.method === 0) {
    yield data;
    return;
  }
  if (entry.method !== 8) throw broken();
  const inflate = createInflateRaw({ chunkSize: 256 * 1024 });
  inflate.end(data);
  yield* inflate;
}

/** The UTF-8 text of an entry, piece by piece, never more than it declares. @throws InputFault when it is broken */
export async function* entryText(bytes: Buffer, entry: ZipEntry): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let size = 0;
  let crc = 0;
  try {
    for await (const chunk of unpacked(bytes, entry)) {
      size += chunk.length;
      if (size > entry.size) throw bomb();
      crc = crc32(chunk, crc);
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    throw error instanceof InputFault ? error : broken();
  }
  if (size !== entry.size || crc !== entry.crc) throw broken();
}

/** 1980-01-01 00:00, the earliest that a zip archive can say. */
const NO_TIME = 0;
const FIRST_DAY = 0x21;

/** Takes the time of writing out of an archive, so that equal content is equal bytes. */
export function withoutTimes(bytes: Buffer): Buffer {
  for (const at of directory(bytes)) {
    const offset = bytes.readUInt32LE(at + 42);
    for (const time of [at + 12, offset + 10]) {
      bytes.writeUInt16LE(NO_TIME, time);
      bytes.writeUInt16LE(FIRST_DAY, time + 2);
    }
  }
  return bytes;
}

import type { MultipartFile } from '@fastify/multipart';
import { Refusal } from '../../app/refusal.js';

export interface UploadedFile {
  /** For its ending and for messages alone. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** The one file of a form. @throws Refusal FILE_UNREADABLE where there is none, or the form breaks off */
export async function uploadedFile(files: () => AsyncIterable<MultipartFile>): Promise<UploadedFile> {
  let found: UploadedFile | undefined;
  try {
    // To the end of the form: a second file is refused, never dropped.
    for await (const part of files()) {
      // A form may leave the name out, whatever its type says.
      const name = String(part.filename ?? '')
        .replaceAll(/[\\/\p{Cc}]/gu, '_')
        .slice(-100);
      found = { name, bytes: await part.toBuffer() };
    }
  } catch (error) {
    // The plugin's own refusals carry a status; the parser beneath it throws plain errors about forms that break off.
    if (!(error instanceof Error) || 'statusCode' in error) throw error;
    throw new Refusal('FILE_UNREADABLE', '上传的内容不完整或者格式不对，请重新选择文件上传');
  }
  if (found === undefined)
    throw new Refusal('FILE_UNREADABLE', '请求里没有文件；请选择一个 .xlsx、.csv 或者 .json 文件');
  return found;
}

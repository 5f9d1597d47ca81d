import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const BUILT = fileURLToPath(new URL('../../fonts/NotoSansSC-Regular.ttf', import.meta.url));
const require = createRequire(import.meta.url);

/**
 * The path of Noto Sans SC Regular: the copy that the build puts beside the program, or from source the one of the
 * development package.
 *
 * @throws Error when neither is there
 */
export function noticeFont(): string {
  if (existsSync(BUILT)) return BUILT;
  try {
    return require.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf');
  } catch {
    throw new Error(`找不到字体文件:${BUILT};请重新构建(npm run build)`);
  }
}

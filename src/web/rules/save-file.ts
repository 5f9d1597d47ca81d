import { api, unwrap } from '../api/client.js';
import type { Unsaved } from './unsaved.js';

/** Saves a text over the save that its author had before them; whoever was overtaken is refused and told by whom. */
export const saveFile = async (
  draft: string,
  path: string,
  { text, revision, base }: Unsaved,
  headers: { readonly 'idempotency-key': string },
): Promise<number> =>
  unwrap(
    await api.PUT('/api/v1/rules/drafts/{draft}/file', {
      params: { path: { draft } },
      headers,
      body: { path, text, revision, base },
    }),
  ).revision;

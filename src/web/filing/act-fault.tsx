import { messageOf } from '../api/problem.js';
import { Alert } from '../parts/alert.js';
import { useWords } from '../words/words.js';
import { ChangeLines } from './change-lines.js';
import { changesBetween, lastActor } from './changes.js';
import type { FilingAct } from './use-filing-act.js';

/** Why an act did not go through; after somebody else's change, what that was and that it can be done again. */
export function ActFault({ act }: { readonly act: Pick<FilingAct<never>, 'error' | 'conflict'> }) {
  const words = useWords();
  const { error, conflict } = act;
  if (conflict !== undefined) {
    const { before, now } = conflict;
    const changes = before === undefined ? [] : changesBetween(before, now, words);
    return (
      <Alert tone="warn" title="这件收案刚被别人改过，您的操作没有提交" urgent>
        <p>{lastActor(before, now)}。已载入最新内容，您填写的还在；请核对后再办一次。</p>
        <ChangeLines changes={changes} />
      </Alert>
    );
  }
  if (error === null) return null;
  return (
    <Alert tone="wrong" urgent>
      <p>{messageOf(error)}</p>
    </Alert>
  );
}

import Button from 'antd/es/button';
import type { AnswerValue, FilingView } from '../api/types.js';
import { lastActor } from '../filing/changes.js';
import { Alert } from '../parts/alert.js';
import { type EnumerationName, useWords, type Words } from '../words/words.js';
import styles from './conflict-notice.module.css';
import { type Draft, draftOf, type PartyDraft } from './draft.js';
import { differences } from './rebase.js';

const LABELS: Readonly<Record<keyof Draft, string>> = {
  id: '登记号',
  matter: '案件类别',
  stage: '审级',
  receivedOn: '收案日期',
  initialMeasuresReturnedOn: '初执移回日期',
  cause: '案由',
  amount: '标的额',
  claims: '诉讼请求',
  parties: '当事人',
  instrumentCaseNo: '执行依据案号',
  instrumentKind: '执行依据种类',
  instalment: '第几期',
  originRelation: '来源关系',
  originCaseNo: '来源案件案号',
  citedCases: '引用的案号',
  facts: '陈述',
};

/** Fields whose values are keys of an enumeration. */
const ENUMERATIONS: Partial<Record<keyof Draft, EnumerationName>> = {
  matter: 'matter',
  stage: 'stage',
  instrumentKind: 'instrumentKind',
  originRelation: 'originRelation',
};

const said = (value: AnswerValue): string =>
  value === true ? '是' : value === false ? '否' : value === null ? '不知道' : String(value);

function partyText({ role, name, idNumber, uscc }: PartyDraft, { word }: Words): string {
  return [word('role', role), name, idNumber, uscc].filter((each) => each !== '').join(' ');
}

/** A field's value as it is read. */
function shown(draft: Draft, field: keyof Draft, words: Words): string {
  if (field === 'parties') return draft.parties.map((party) => partyText(party, words)).join('\n');
  if (field === 'facts') {
    const label = (key: string): string => words.vocabulary.answers.find((each) => each.key === key)?.word ?? key;
    return Object.entries(draft.facts)
      .map(([key, value]) => `${label(key)}：${said(value)}`)
      .join('\n');
  }
  const text = draft[field];
  const enumeration = ENUMERATIONS[field];
  return enumeration === undefined || text === '' ? text : words.word(enumeration, text);
}

interface ConflictNoticeProps {
  readonly base: { readonly view: FilingView; readonly draft: Draft };
  readonly theirs: FilingView;
  readonly mine: Draft;
  readonly onKeep: () => void;
  readonly onDrop: () => void;
}

/** Somebody else changed the filing while it was being typed over: who, what, and the two ways to go on. */
export function ConflictNotice({ base, theirs, mine, onKeep, onDrop }: ConflictNoticeProps) {
  const words = useWords();
  const stored = draftOf(theirs);
  const found = differences(base.draft, stored, mine);
  const cell = (draft: Draft, field: keyof Draft): string => shown(draft, field, words) || '（空）';
  return (
    <Alert tone="warn" title="这件收案刚被别人改过，您填写的内容都还在" urgent>
      <p>{lastActor(base.view, theirs)}。</p>
      {found.length === 0 ? (
        <p>填写的内容没有不同的地方。</p>
      ) : (
        <table className={styles.differences}>
          <thead>
            <tr>
              <th scope="col">栏目</th>
              <th scope="col">原来</th>
              <th scope="col">对方改成</th>
              <th scope="col">您填写的</th>
            </tr>
          </thead>
          <tbody>
            {found.map(({ field, base: was, theirs: now, mine: typed }) => (
              <tr key={field}>
                <th scope="row">{LABELS[field]}</th>
                <td>{cell(base.draft, field)}</td>
                <td className={now === was ? undefined : styles.changed}>{cell(stored, field)}</td>
                <td className={typed === was ? undefined : styles.changed}>{cell(mine, field)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className={styles.acts}>
        <Button type="primary" onClick={onKeep}>
          在最新内容上保留我填写的
        </Button>
        <Button onClick={onDrop}>改用最新内容</Button>
      </p>
    </Alert>
  );
}

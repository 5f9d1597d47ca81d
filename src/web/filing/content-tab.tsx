import Button from 'antd/es/button';
import { Suspense, useState } from 'react';
import type { Decision, FilingFields, FilingView } from '../api/types.js';
import { later } from '../parts/later.js';
import { amountText } from '../words/amount.js';
import { SOURCE_WORDS, useWords } from '../words/words.js';
import styles from './content-tab.module.css';
import { Pairs, Section } from './section.js';

const UnmaskDialog = later(async () => (await import('./unmask-dialog.js')).UnmaskDialog);

type Party = FilingFields['parties'][number];

function PartyNumber({ party, revealed, onUnmask }: PartyNumberProps) {
  const number = party.kind === 'organization' ? party.uscc : (revealed ?? party.idNumber);
  if (number === undefined) return <span className={styles.none}>未填</span>;
  return (
    <span className={styles.masked}>
      <span className="number">{number}</span>
      {onUnmask !== undefined && party.idNumber !== undefined && revealed === undefined && (
        <Button size="small" type="link" onClick={onUnmask} aria-label={`查看全部号码 ${party.name}`}>
          查看全部号码
        </Button>
      )}
    </span>
  );
}

interface PartyNumberProps {
  readonly party: Party;
  readonly revealed: string | undefined;
  readonly onUnmask: (() => void) | undefined;
}

function remarksOf(party: Party, word: ReturnType<typeof useWords>['word']): string {
  return [
    party.whereabouts === undefined
      ? ''
      : party.whereabouts === null
        ? '下落不知道'
        : word('whereabouts', party.whereabouts),
    party.foreign === true ? '涉外' : '',
    party.represents === undefined ? '' : `代理 ${party.represents}`,
    party.formerNames === undefined || party.formerNames.length === 0 ? '' : `曾用名 ${party.formerNames.join('、')}`,
  ]
    .filter((each) => each !== '')
    .join('；');
}

function Parties({ view, parties }: { readonly view: FilingView; readonly parties: readonly Party[] }) {
  const { word } = useWords();
  const [asked, setAsked] = useState<number>();
  const [revealed, setRevealed] = useState<Readonly<Record<number, string>>>({});
  const may = view.may.includes('filing.unmask');
  return (
    <Section title="当事人" note={`${parties.length} 名`}>
      <table className={styles.parties}>
        <thead>
          <tr>
            <th scope="col">地位</th>
            <th scope="col">姓名或名称</th>
            <th scope="col">证件号码</th>
            <th scope="col">其他</th>
          </tr>
        </thead>
        <tbody>
          {parties.map((party, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a party is its place in the filing
            <tr key={index}>
              <td>{word('role', party.role)}</td>
              <th scope="row">
                {party.name}
                <small>{word('partyKind', party.kind)}</small>
              </th>
              <td>
                <PartyNumber
                  party={party}
                  revealed={revealed[index]}
                  onUnmask={may ? () => setAsked(index) : undefined}
                />
              </td>
              <td>{remarksOf(party, word)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {asked !== undefined && (
        <Suspense>
          <UnmaskDialog
            filing={view.row.id}
            party={asked}
            name={parties[asked]?.name ?? ''}
            onClose={() => setAsked(undefined)}
            onRevealed={(number) => setRevealed((all) => ({ ...all, [asked]: number }))}
          />
        </Suspense>
      )}
    </Section>
  );
}

function Facts({ decision }: { readonly decision: Decision }) {
  if (decision.facts.length === 0) return null;
  return (
    <Section title="分案所依据的事实" note={`${decision.facts.length} 项`}>
      <ul className={styles.facts}>
        {decision.facts.map(({ fact, label, value, source }) => (
          <li key={fact}>
            <span>{label}</span>
            <span>{value}</span>
            <span className={styles.source}>{SOURCE_WORDS[source] ?? source}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Presumptions({ decision }: { readonly decision: Decision }) {
  if (decision.presumed.length === 0) return null;
  return (
    <Section title="结果所依赖的推定" note="哪一项与事实不符，更正后会重新分案">
      <ul className={styles.presumed}>
        {decision.presumed.map(({ fact, text }) => (
          <li key={fact}>{text}</li>
        ))}
      </ul>
    </Section>
  );
}

function fieldPairs(view: FilingView, filing: FilingFields, { word }: ReturnType<typeof useWords>) {
  const { row } = view;
  const { instrument, origin } = filing;
  const pairs: (readonly [string, string])[] = [
    ['登记号', row.reference],
    ['收案日期', row.receivedOn ?? '不明'],
    ['案件类别', word('matter', filing.matter || null)],
    ['审级', word('stage', filing.stage || null)],
    ['案由', filing.cause || '不明'],
    ['标的额', filing.amount === null ? '未填' : `${amountText(filing.amount)} 元`],
  ];
  if (origin !== null) pairs.push(['来源案件', `${word('originRelation', origin.relation)} ${origin.caseNo}`]);
  if (instrument !== null) {
    const kind = instrument.kind === undefined ? '' : `${word('instrumentKind', instrument.kind)} `;
    const instalment = instrument.instalment === undefined ? '' : `（第 ${instrument.instalment} 期）`;
    pairs.push(['执行依据', `${kind}${instrument.caseNo}${instalment}`]);
  }
  if (filing.initialMeasuresReturnedOn !== null) pairs.push(['初执移回', filing.initialMeasuresReturnedOn]);
  if (filing.citedCases.length > 0) pairs.push(['引用案号', filing.citedCases.join('、')]);
  return pairs;
}

/** What was filed, and what the decision took from it. */
export function ContentTab({ view }: { readonly view: FilingView }) {
  const words = useWords();
  const { filing, decision } = view;
  return (
    <>
      <Section title="收案内容">
        <Pairs pairs={fieldPairs(view, filing, words)} />
      </Section>
      {filing.parties.length > 0 && <Parties view={view} parties={filing.parties} />}
      {filing.claims.length > 0 && (
        <Section title="诉讼请求">
          <ol className={styles.claims}>
            {filing.claims.map((claim) => (
              <li key={claim}>{claim}</li>
            ))}
          </ol>
        </Section>
      )}
      {decision !== null && (
        <>
          <Presumptions decision={decision} />
          <Facts decision={decision} />
        </>
      )}
    </>
  );
}

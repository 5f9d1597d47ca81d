import DeleteOutlined from '@ant-design/icons/es/icons/DeleteOutlined';
import PlusOutlined from '@ant-design/icons/es/icons/PlusOutlined';
import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useState } from 'react';
import { ChoiceList } from '../parts/choice-list.js';
import { Field } from '../parts/field.js';
import { useWords } from '../words/words.js';
import { newParty, type PartyDraft } from './draft.js';
import { errorAt } from './errors.js';
import styles from './party-rows.module.css';
import type { FilingForm } from './use-filing-form.js';

const FOREIGN = [
  { key: 'no', word: '否' },
  { key: 'yes', word: '是' },
  { key: 'unknown', word: '不知道' },
];
const UNKNOWN = { key: 'unknown', word: '不知道' };
const AGENT = 'agent';

interface PartyRowProps {
  readonly form: FilingForm;
  readonly party: PartyDraft;
  readonly index: number;
}

function PartyRow({ form, party, index }: PartyRowProps) {
  const { terms } = useWords();
  const { draft, set, errors, touch } = form;
  const [showsFormer, setShowsFormer] = useState(party.formerNames !== '');
  const pointer = `/parties/${index}`;
  const context = `第 ${index + 1} 名当事人 `;
  const change = (changes: Partial<PartyDraft>): void =>
    set({ parties: draft.parties.map((each) => (each.uid === party.uid ? { ...each, ...changes } : each)) });
  const field = (name: keyof PartyDraft & string) => ({
    context,
    error: errorAt(errors, `${pointer}/${name}`),
  });
  const input = (name: 'name' | 'idNumber' | 'uscc' | 'represents' | 'formerNames') => ({
    autoComplete: 'off',
    value: party[name],
    onBlur: () => touch(`${pointer}/${name}`),
    onChange: (event: { target: { value: string } }) => change({ [name]: event.target.value }),
  });
  const isOrganisation = party.kind === 'organization';
  return (
    <li className={styles.row}>
      <Field label="诉讼地位" {...field('role')}>
        {(control) => (
          <ChoiceList {...control} value={party.role} options={terms('role')} onChange={(role) => change({ role })} />
        )}
      </Field>
      <Field label="类型" {...field('kind')}>
        {(control) => (
          <ChoiceList
            {...control}
            value={party.kind}
            options={terms('partyKind')}
            onChange={(kind) => change({ kind })}
          />
        )}
      </Field>
      <Field label="姓名或名称" required {...field('name')}>
        {(control) => <Input {...control} maxLength={200} {...input('name')} />}
      </Field>
      {isOrganisation ? (
        <Field label="统一社会信用代码" {...field('uscc')}>
          {(control) => <Input {...control} maxLength={40} {...input('uscc')} />}
        </Field>
      ) : (
        <Field label="身份证号" {...field('idNumber')}>
          {(control) => <Input {...control} maxLength={40} {...input('idNumber')} />}
        </Field>
      )}
      {party.role === AGENT ? (
        <Field label="代理谁" className={styles.two} {...field('represents')}>
          {(control) => <Input {...control} maxLength={200} {...input('represents')} />}
        </Field>
      ) : (
        <>
          <Field label="下落" {...field('whereabouts')}>
            {(control) => (
              <ChoiceList
                {...control}
                value={party.whereabouts}
                none="未填"
                options={[...terms('whereabouts'), UNKNOWN]}
                onChange={(whereabouts) => change({ whereabouts })}
              />
            )}
          </Field>
          <Field label="涉外" {...field('foreign')}>
            {(control) => (
              <ChoiceList
                {...control}
                value={party.foreign}
                none="未填"
                options={FOREIGN}
                onChange={(foreign) => change({ foreign })}
              />
            )}
          </Field>
        </>
      )}
      <Button
        type="text"
        className={styles.remove ?? ''}
        aria-label={`删去第 ${index + 1} 名当事人`}
        disabled={draft.parties.length === 1}
        icon={<DeleteOutlined aria-hidden />}
        onClick={() => set({ parties: draft.parties.filter(({ uid }) => uid !== party.uid) })}
      />
      {isOrganisation && !showsFormer && (
        <Button type="link" size="small" className={styles.former ?? ''} onClick={() => setShowsFormer(true)}>
          有曾用名
        </Button>
      )}
      {isOrganisation && showsFormer && (
        <Field label="曾用名" className={styles.former} hint="几个之间用顿号" {...field('formerNames')}>
          {(control) => <Input {...control} {...input('formerNames')} />}
        </Field>
      )}
    </li>
  );
}

/** The parties, one a row, in the order in which the filing has them. */
export function PartyRows({ form }: { readonly form: FilingForm }) {
  const { word } = useWords();
  const { draft, set, errors } = form;
  const roles = [...new Set(draft.parties.map(({ role }) => role).filter((role) => role !== ''))];
  const wrong = errorAt(errors, '/parties');
  return (
    <>
      <ol className={styles.rows}>
        {draft.parties.map((party, index) => (
          <PartyRow key={party.uid} form={form} party={party} index={index} />
        ))}
      </ol>
      {wrong !== undefined && <p className={styles.wrong}>{wrong}</p>}
      <p className={styles.add}>
        {[...new Set([...roles, 'third_party', AGENT])].map((role) => (
          <Button
            key={role}
            size="small"
            icon={<PlusOutlined aria-hidden />}
            onClick={() => set({ parties: [...draft.parties, newParty(role)] })}
          >
            {word('role', role)}
          </Button>
        ))}
      </p>
    </>
  );
}

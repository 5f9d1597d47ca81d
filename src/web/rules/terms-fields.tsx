import Input from 'antd/es/input';
import { ChoiceList } from '../parts/choice-list.js';
import styles from '../parts/dialogs.module.css';
import { Field } from '../parts/field.js';
import { useWords } from '../words/words.js';

/** How a release is to be dealt with, and why, as it is typed. */
export interface Terms {
  readonly isEmergency: boolean;
  readonly ground: string;
  readonly reason: string;
}

export const NO_TERMS: Terms = { isEmergency: false, ground: '', reason: '' };
export const REASON_MAX = 500;

/** What is missing before it can be sent. */
export const missingIn = ({
  isEmergency,
  ground,
  reason,
}: Terms): { readonly ground?: string; readonly reason?: string } => ({
  ...(isEmergency && ground === '' && { ground: '请选择紧急发布的事由' }),
  ...(reason.trim() === '' && { reason: '请写明理由' }),
});

/** As the service takes them. */
export const termsBody = ({ isEmergency, ground, reason }: Terms) => ({
  urgency: isEmergency ? ('emergency' as const) : ('ordinary' as const),
  ...(isEmergency && { ground }),
  reason: reason.trim(),
});

interface TermsFieldsProps {
  readonly terms: Terms;
  readonly tried: boolean;
  readonly onTerms: (terms: Terms) => void;
}

/** Ordinary or emergency with its ground, and the reasons. */
export function TermsFields({ terms, tried, onTerms }: TermsFieldsProps) {
  const { vocabulary } = useWords();
  const missing = tried ? missingIn(terms) : {};
  return (
    <>
      <fieldset>
        <legend>怎样发布</legend>
        <label className={styles.choice}>
          <input
            type="radio"
            name="urgency"
            checked={!terms.isEmergency}
            onChange={() => onTerms({ ...terms, isEmergency: false })}
          />
          按期发布：由审批人定将来的一天起施行
        </label>
        <label className={styles.choice}>
          <input
            type="radio"
            name="urgency"
            checked={terms.isEmergency}
            onChange={() => onTerms({ ...terms, isEmergency: true })}
          />
          紧急发布：批准当日施行，事后由第三个人复核
        </label>
      </fieldset>
      {terms.isEmergency && (
        <Field label="紧急事由" required error={missing.ground}>
          {(control) => (
            <ChoiceList
              {...control}
              value={terms.ground}
              options={vocabulary.enumerations.紧急发布事由 ?? []}
              onChange={(ground) => onTerms({ ...terms, ground })}
            />
          )}
        </Field>
      )}
      <Field label="理由" required hint="和发布一起长期保存；不要写证件号码" error={missing.reason}>
        {(control) => (
          <Input.TextArea
            {...control}
            rows={3}
            maxLength={REASON_MAX}
            value={terms.reason}
            onChange={(event) => onTerms({ ...terms, reason: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

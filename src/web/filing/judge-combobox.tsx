import type { BenchJudge } from '../api/types.js';
import { Combobox } from '../parts/combobox.js';
import styles from '../parts/dialogs.module.css';
import type { ControlProps } from '../parts/field.js';

/** What stands in the field, and the judge whom it names; a name that was typed and not taken from the list is no judge. */
export interface JudgeChoice {
  readonly text: string;
  readonly judge?: BenchJudge;
}

export const NO_JUDGE: JudgeChoice = { text: '' };

interface JudgeComboboxProps extends ControlProps {
  readonly choice: JudgeChoice;
  readonly onChoice: (choice: JudgeChoice) => void;
  /** Those who may be picked. Whoever has left the court is not offered. */
  readonly bench: readonly BenchJudge[];
  /** What stands below the name. */
  readonly noteOf: (judge: BenchJudge) => string;
}

/** A judge of the bench, found by name, number or division. */
export function JudgeCombobox({ choice, onChoice, bench, noteOf, ...control }: JudgeComboboxProps) {
  const { text, judge } = choice;
  const wanted = judge !== undefined && text === judge.name ? '' : text.trim();
  const options = bench
    .filter(({ leftOn }) => leftOn === null)
    .filter(({ id, name, division }) => `${id} ${name} ${division}`.toLowerCase().includes(wanted.toLowerCase()));
  return (
    <Combobox
      {...control}
      text={text}
      onText={(typed) => onChoice({ text: typed })}
      options={options}
      keyOf={({ id }) => id}
      onPick={(picked) => onChoice({ text: picked.name, judge: picked })}
      empty="没有这样的法官，请换一个写法"
      placeholder="姓名、编号或者部门"
    >
      {(option) => (
        <span className={styles.judge}>
          <span>
            {option.name} <small>{option.id}</small>
          </span>
          <small>{noteOf(option)}</small>
        </span>
      )}
    </Combobox>
  );
}

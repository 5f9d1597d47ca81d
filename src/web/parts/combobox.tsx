import Input from 'antd/es/input';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import styles from './combobox.module.css';
import type { ControlProps } from './field.js';

interface ComboboxProps<T> extends ControlProps {
  /** What stands in the field. */
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly options: readonly T[];
  readonly keyOf: (option: T) => string;
  readonly onPick: (option: T) => void;
  readonly children: (option: T) => ReactNode;
  /** What the list says when there is nothing to pick. */
  readonly empty?: string | undefined;
  readonly placeholder?: string;
  readonly onBlur?: (() => void) | undefined;
}

/** A field with suggestions below: arrows choose, Enter takes, Esc closes the list and nothing else. */
export function Combobox<T>(props: ComboboxProps<T>) {
  const { text, onText, options, keyOf, onPick, children, empty, placeholder, onBlur, ...control } = props;
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const listId = `${control.id}-list`;
  const active = options[at];
  const shown = open && (options.length > 0 || (empty !== undefined && text !== ''));

  const pick = (option: T): void => {
    onPick(option);
    setOpen(false);
  };
  const move = (step: number): void => {
    setOpen(true);
    const next = Math.max(0, Math.min(options.length - 1, open ? at + step : at));
    setAt(next);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Enter' && shown && active !== undefined) {
      event.preventDefault();
      pick(active);
    } else if (event.key === 'Escape' && shown) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    }
  };

  return (
    <div className={styles.combobox}>
      <Input
        {...control}
        role="combobox"
        aria-expanded={shown}
        aria-autocomplete="list"
        aria-controls={shown ? listId : undefined}
        aria-activedescendant={shown && active !== undefined ? `${listId}-${at}` : undefined}
        autoComplete="off"
        value={text}
        placeholder={placeholder}
        onChange={(event) => {
          onText(event.target.value);
          setAt(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(text === '')}
        onBlur={() => {
          setOpen(false);
          onBlur?.();
        }}
        onKeyDown={onKeyDown}
      />
      {shown && (
        // Focus stays in the field: a mouse that goes down on the list must not take it.
        <div id={listId} ref={list} role="listbox" aria-label="可选项" className={styles.list}>
          {options.map((option, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and points here
            <div
              key={keyOf(option)}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === at}
              onMouseDown={(event) => {
                event.preventDefault();
                pick(option);
              }}
            >
              {children(option)}
            </div>
          ))}
          {options.length === 0 && (
            // biome-ignore lint/a11y/useFocusableInteractive: it says that there is nothing to pick
            <div role="option" aria-selected={false} aria-disabled className={styles.empty}>
              {empty}
            </div>
          )}
        </div>
      )}
    </div>
  );
}

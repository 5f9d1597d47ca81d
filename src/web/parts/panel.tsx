import CloseOutlined from '@ant-design/icons/es/icons/CloseOutlined';
import Button from 'antd/es/button';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import styles from './panel.module.css';

interface PanelProps {
  /** Of its name. */
  readonly id?: string;
  readonly title: string;
  /** Whose panel it is once that was read: as it changes, the focus goes to its name, from where everything else is one Tab away. */
  readonly shown?: string | undefined;
  /** A word about how far it is, beside its name. */
  readonly mark?: string | undefined;
  /** What else stands beside its name. */
  readonly beside?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What is open beside a list, or in its place. Whoever shows it says which keys close it. */
export function Panel({ id, title, shown, mark, beside, onClose, children }: PanelProps) {
  const own = useId();
  const name = id ?? own;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (shown !== undefined) heading.current?.focus({ preventScroll: true });
  }, [shown]);
  return (
    <section className={styles.panel} aria-labelledby={name}>
      <header className={styles.head}>
        <h2 id={name} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        {mark !== undefined && <span className={styles.mark}>{mark}</span>}
        {beside}
        <Button
          type="text"
          className={styles.close ?? ''}
          aria-label="关闭"
          aria-keyshortcuts="Escape"
          icon={<CloseOutlined aria-hidden />}
          onClick={onClose}
        />
      </header>
      {children}
    </section>
  );
}

interface PanelBodyProps {
  readonly label: string;
  /** How it stands apart, where that is not as elsewhere. */
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** What of a panel scrolls. */
export function PanelBody({ label, className, children }: PanelBodyProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by key
    <section className={className ?? styles.body} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}

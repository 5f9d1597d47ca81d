import CloseOutlined from '@ant-design/icons/es/icons/CloseOutlined';
import Button from 'antd/es/button';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useKeys } from '../keys/keys.js';
import styles from '../review/objection-panel.module.css';

interface PanelProps {
  readonly title: string;
  readonly mark?: string | undefined;
  readonly clock?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What is open beside a list: its name has the focus when it opens, Esc closes it. */
export function Panel({ title, mark, clock, onClose, children }: PanelProps) {
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useKeys('panel', { Escape: onClose });
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <header className={styles.head}>
        <h2 id={id} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        {mark !== undefined && <span className={styles.state}>{mark}</span>}
        {clock}
        <Button
          type="text"
          className={styles.close ?? ''}
          aria-label="关闭"
          aria-keyshortcuts="Escape"
          icon={<CloseOutlined aria-hidden />}
          onClick={onClose}
        />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by key */}
      <section className={styles.body} tabIndex={0} aria-label="详情">
        {children}
      </section>
    </section>
  );
}

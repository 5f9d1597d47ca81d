import CheckCircleFilled from '@ant-design/icons/es/icons/CheckCircleFilled';
import CloseOutlined from '@ant-design/icons/es/icons/CloseOutlined';
import ExclamationCircleFilled from '@ant-design/icons/es/icons/ExclamationCircleFilled';
import { useEffect } from 'react';
import { signal, useSignal } from '../api/signal.js';
import styles from './notices.module.css';

interface Notice {
  readonly id: number;
  readonly tone: 'done' | 'wrong';
  readonly text: string;
}

/** A notice of something done goes away by itself; one of something wrong stays until it is closed. */
const SHOWN_MS = 6000;
const AT_MOST = 3;

const notices = signal<readonly Notice[]>([]);
const announced = signal('');
let last = 0;

function show(tone: Notice['tone'], text: string): void {
  last += 1;
  notices.set([...notices.get().filter((each) => each.text !== text), { id: last, tone, text }].slice(-AT_MOST));
}

const close = (id: number): void => notices.set(notices.get().filter((each) => each.id !== id));

/** Says that something is done. */
export const tellDone = (text: string): void => show('done', text);

/** Says that something did not work and what to do. */
export const tellWrong = (text: string): void => show('wrong', text);

/** Reads something out to those who do not see it change. */
export const announce = (text: string): void => announced.set(text);

function NoticeLine({ id, tone, text }: Notice) {
  useEffect(() => {
    if (tone === 'wrong') return;
    const timer = window.setTimeout(() => close(id), SHOWN_MS);
    return () => window.clearTimeout(timer);
  }, [id, tone]);
  return (
    <li className={tone === 'wrong' ? styles.wrong : styles.done}>
      {tone === 'wrong' ? <ExclamationCircleFilled aria-hidden /> : <CheckCircleFilled aria-hidden />}
      <span>{text}</span>
      <button type="button" aria-label="关闭这条提示" onClick={() => close(id)}>
        <CloseOutlined aria-hidden />
      </button>
    </li>
  );
}

/** Where notices appear; it is there from the start, so that screen readers hear what comes into it. */
export function Notices() {
  const shown = useSignal(notices);
  const text = useSignal(announced);
  return (
    <section className={styles.notices} aria-label="提示">
      <ul aria-live="polite">
        {shown.map((notice) => (
          <NoticeLine key={notice.id} {...notice} />
        ))}
      </ul>
      <p className="visually-hidden" aria-live="polite">
        {text}
      </p>
    </section>
  );
}

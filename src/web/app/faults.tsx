import { Link } from '@tanstack/react-router';
import Button from 'antd/es/button';
import { messageOf } from '../api/problem.js';
import styles from './faults.module.css';

/** Shown instead of a page that broke. */
export function PageFault({ error }: { readonly error: unknown }) {
  return (
    <main className={styles.fault}>
      <h1>这一页打不开</h1>
      <p>{messageOf(error)}</p>
      <Button type="primary" onClick={() => window.location.reload()}>
        刷新
      </Button>
    </main>
  );
}

/** Shown for an address that names nothing. */
export function NotFound() {
  return (
    <main className={styles.fault}>
      <h1>没有这个页面</h1>
      <p>地址可能抄错了，或者是旧的。</p>
      <Link to="/">回到立案分流台</Link>
    </main>
  );
}

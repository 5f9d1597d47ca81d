import Button from 'antd/es/button';
import { messageOf } from '../api/problem.js';
import { Alert } from './alert.js';

interface NotYetProps {
  /** Null while it is on its way. */
  readonly error: Error | null;
  /** What could not be read: 列表没有读出来 */
  readonly title: string;
  readonly onAgain: () => void;
}

/** In place of what has not been read: that it is on its way, or why it did not come. */
export function NotYet({ error, title, onAgain }: NotYetProps) {
  if (error === null) return <p role="status">正在读取…</p>;
  return (
    <Alert tone="wrong" title={title} urgent>
      <p>{messageOf(error)}</p>
      <Button size="small" onClick={onAgain}>
        再读一次
      </Button>
    </Alert>
  );
}

import SearchOutlined from '@ant-design/icons/es/icons/SearchOutlined';
import { Link } from '@tanstack/react-router';
import Button from 'antd/es/button';
import Input, { type InputRef } from 'antd/es/input';
import { type Ref, useEffect, useState } from 'react';
import { useSession } from '../app/session-boundary.js';
import { SignOutButton } from '../session/sign-out-button.js';
import { useCourt } from './court.js';
import styles from './top-bar.module.css';

interface TopBarProps {
  readonly searchRef: Ref<InputRef>;
  readonly searched: string;
  readonly onSearch: (text: string) => void;
  readonly onKeyList: () => void;
  readonly onPassword: () => void;
}

/** Where one is, who one is, and the search over all filings. */
export function TopBar({ searchRef, searched, onSearch, onKeyList, onPassword }: TopBarProps) {
  const { courts, user } = useSession();
  const court = useCourt();
  const [text, setText] = useState(searched);
  useEffect(() => setText(searched), [searched]);
  return (
    <header className={styles.bar}>
      <h1>
        首责 <span>立案分流台</span>
      </h1>
      <p className={styles.court}>
        {court.name}
        {courts.length > 1 && <Link to="/">换一个</Link>}
      </p>
      <search>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            onSearch(text.trim());
          }}
        >
          <Input
            ref={searchRef}
            aria-label="搜索收案"
            placeholder="登记号、当事人姓名或者完整证件号码"
            prefix={<SearchOutlined aria-hidden />}
            allowClear
            maxLength={200}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onClear={() => onSearch('')}
            suffix={text === '' ? <kbd aria-hidden>/</kbd> : undefined}
          />
        </form>
      </search>
      <nav aria-label="账号">
        <span className={styles.user}>{user.name}</span>
        <Button type="text" onClick={onPassword}>
          修改密码
        </Button>
        <Button type="text" onClick={onKeyList} aria-keyshortcuts="?">
          快捷键 <kbd aria-hidden>?</kbd>
        </Button>
        <SignOutButton isBare />
      </nav>
    </header>
  );
}

import SearchOutlined from '@ant-design/icons/es/icons/SearchOutlined';
import Input, { type InputRef } from 'antd/es/input';
import { type Ref, useEffect, useState } from 'react';
import { Bar } from './bar.js';

interface TopBarProps {
  readonly searchRef: Ref<InputRef>;
  readonly searched: string;
  readonly onSearch: (text: string) => void;
  readonly onKeyList: () => void;
  readonly onPassword: () => void;
}

/** The top of the filing desk, with the search over all filings. */
export function TopBar({ searchRef, searched, onSearch, onKeyList, onPassword }: TopBarProps) {
  const [text, setText] = useState(searched);
  useEffect(() => setText(searched), [searched]);
  return (
    <Bar title="立案分流台" onKeyList={onKeyList} onPassword={onPassword}>
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
    </Bar>
  );
}

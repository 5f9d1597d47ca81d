import type { ReactNode } from 'react';
import { useKeys } from '../keys/keys.js';
import { Panel as Frame, PanelBody } from '../parts/panel.js';

interface PanelProps {
  readonly title: string;
  readonly mark?: string | undefined;
  readonly clock?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What is open beside a list of the judge's desk: its name has the focus when it opens, Esc closes it. */
export function Panel({ title, mark, clock, onClose, children }: PanelProps) {
  useKeys('panel', { Escape: onClose });
  return (
    <Frame title={title} shown="" mark={mark} beside={clock} onClose={onClose}>
      <PanelBody label="详情">{children}</PanelBody>
    </Frame>
  );
}

import Modal from 'antd/es/modal';
import { type ReactNode, useEffect, useState } from 'react';
import { useKeys } from '../keys/keys.js';

/** Dialogs hang here and not at the body, so that no style is written to lock a page that does not scroll. */
export const OVERLAYS_ID = 'overlays';

interface DialogProps {
  readonly title: string;
  readonly onClose?: (() => void) | undefined;
  readonly width?: number;
  readonly children: ReactNode;
}

/** A dialog in front of everything; without `onClose` it can only be left by what it asks for. */
export function Dialog({ title, onClose, width = 520, children }: DialogProps) {
  useKeys('dialog', {}, { blocks: true });
  // What had the focus when it was opened gets it back, as long as it is still there.
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    },
    [opener],
  );
  return (
    <Modal
      open
      title={title}
      width={width}
      footer={null}
      closable={onClose !== undefined && { 'aria-label': '关闭' }}
      mask={{ closable: false }}
      keyboard={onClose !== undefined}
      onCancel={() => onClose?.()}
      getContainer={() => document.getElementById(OVERLAYS_ID) ?? document.body}
    >
      {children}
    </Modal>
  );
}

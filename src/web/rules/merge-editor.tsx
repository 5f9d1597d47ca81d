import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { MergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { styleNonce } from '../app/theme.js';
import { dressed } from './editor-theme.js';
import styles from './merge-editor.module.css';

interface Side {
  readonly label: string;
  readonly text: string;
}

interface MergeEditorProps {
  readonly left: Side;
  readonly right: Side;
  /** Where the right side can be written in. */
  readonly onRight?: (text: string) => void;
}

/** Two texts side by side with what differs marked; where the right one is written in, pieces of the left can be taken over. */
export default function MergeEditor({ left, right, onRight }: MergeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const latest = useRef(onRight);
  useLayoutEffect(() => {
    latest.current = onRight;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed on the right comes back as its text, and must not make it anew
  useEffect(() => {
    if (host.current === null) return;
    const isWritten = onRight !== undefined;
    const side = (label: string, readOnly: boolean) => [
      dressed(styleNonce()),
      lineNumbers(),
      EditorView.lineWrapping,
      EditorState.readOnly.of(readOnly),
      EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
    ];
    const made = new MergeView({
      parent: host.current,
      a: { doc: left.text, extensions: side(left.label, true) },
      b: {
        doc: right.text,
        extensions: [
          ...side(right.label, !isWritten),
          history(),
          keymap.of([...defaultKeymap, ...historyKeymap]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current?.(update.state.doc.toString());
          }),
        ],
      },
      collapseUnchanged: { margin: 3, minSize: 6 },
      ...(isWritten && { revertControls: 'a-to-b' as const, renderRevertControl: takeButton }),
    });
    return () => made.destroy();
  }, [left.text, left.label, right.label]);
  return <div ref={host} className={styles.merge} />;
}

function takeButton(): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = '→';
  button.title = '这一处用左边的';
  button.setAttribute('aria-label', '这一处用左边的');
  return button;
}

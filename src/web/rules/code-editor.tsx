import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
  startCompletion,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, foldGutter, foldKeymap, indentUnit } from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Text } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { RuleWords } from '../api/types.js';
import { styleNonce } from '../app/theme.js';
import styles from './code-editor.module.css';
import { cellSpan } from './csv-text.js';
import { dressed } from './editor-theme.js';
import type { RuleProblem } from './problem.js';
import { isCause, suggest } from './suggest.js';

/** Where the editor is asked to go; each time anew, however often to the same place. */
export interface Target {
  readonly file: string;
  /** Absent: it only takes the focus. */
  readonly line?: number;
  readonly column?: number;
  readonly asked: number;
}

interface CodeEditorProps {
  readonly path: string;
  readonly text: string;
  readonly label: string;
  readonly readOnly: boolean;
  readonly problems: readonly RuleProblem[];
  readonly target: Target | undefined;
  readonly words: RuleWords | undefined;
  readonly onText: (text: string) => void;
  /** The line that the caret stands in, from 1. */
  readonly onLine: (line: number) => void;
  readonly onSave: () => void;
  /** Looks up names of causes. */
  readonly causes: (typed: string) => Promise<readonly string[]>;
}

/** The rules' editor. What is wrong is marked where it stands; nothing that it does waits for the service. */
export default function CodeEditor(props: CodeEditorProps) {
  const { path, text, label, readOnly, problems, target } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | undefined>(undefined);
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });
  const access = useRef(new Compartment());

  // biome-ignore lint/correctness/useExhaustiveDependencies: an editor is made once for each file; what changes within it is sent to it below
  useEffect(() => {
    if (host.current === null) return;
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: text,
        extensions: [
          dressed(styleNonce()),
          lintGutter(),
          lineNumbers(),
          foldGutter(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          drawSelection(),
          history(),
          bracketMatching(),
          indentUnit.of('  '),
          EditorState.tabSize.of(2),
          EditorView.lineWrapping,
          path.endsWith('.yaml') ? yaml() : [],
          search({ top: true }),
          autocompletion({ override: [(context) => complete(context, latest.current)], icons: false }),
          // Tab goes on to what comes next on the page: Ctrl+] and Ctrl+[ indent.
          keymap.of([
            {
              key: 'Mod-s',
              run: () => {
                latest.current.onSave();
                return true;
              },
            },
            { key: 'Ctrl-Space', run: startCompletion },
            ...completionKeymap,
            ...defaultKeymap,
            ...historyKeymap,
            ...searchKeymap,
            ...foldKeymap,
          ]),
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
          access.current.of(editable(readOnly)),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onText(update.state.doc.toString());
            if (update.selectionSet || update.docChanged)
              latest.current.onLine(update.state.doc.lineAt(update.state.selection.main.head).number);
          }),
        ],
      }),
    });
    view.current = made;
    return () => {
      made.destroy();
      view.current = undefined;
    };
  }, [path, label]);

  useEffect(() => {
    const made = view.current;
    if (made === undefined || made.state.doc.toString() === text) return;
    // From outside: another's text that was taken, or a cell of the table.
    made.dispatch({ changes: { from: 0, to: made.state.doc.length, insert: text } });
  }, [text]);

  useEffect(() => {
    view.current?.dispatch({ effects: access.current.reconfigure(editable(readOnly)) });
  }, [readOnly]);

  useEffect(() => {
    const made = view.current;
    if (made !== undefined)
      made.dispatch(
        setDiagnostics(
          made.state,
          problems.map((each) => marked(each, made.state.doc, path)),
        ),
      );
  }, [problems, path]);

  useEffect(() => {
    const made = view.current;
    if (made === undefined || target === undefined) return;
    if (target.line !== undefined) {
      const at = soughtIn(made.state.doc, path, target.line, target.column ?? 1);
      made.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
    }
    made.focus();
  }, [target, path]);

  return <div ref={host} className={styles.editor} />;
}

const editable = (readOnly: boolean) => [EditorState.readOnly.of(readOnly), EditorView.editable.of(true)];

function placeIn(doc: Text, line: number, column: number): number {
  const found = doc.line(Math.max(1, Math.min(line, doc.lines)));
  return Math.min(found.from + Math.max(0, column - 1), found.to);
}

/** As a problem names its place: in a CSV by the cell. */
function soughtIn(doc: Text, path: string, line: number, column: number): number {
  if (!path.endsWith('.csv')) return placeIn(doc, line, column);
  const { from, text } = doc.line(Math.max(1, Math.min(line, doc.lines)));
  return from + cellSpan(text, column).from;
}

/** A problem as a mark from its place to the end of the word or cell there; the text may have moved on since. */
function marked({ line, column, message, code }: RuleProblem, doc: Text, path: string): Diagnostic {
  const { from: start, text } = doc.line(Math.max(1, Math.min(line, doc.lines)));
  // In a CSV columns are cells, but for what no eye sees in one.
  if (path.endsWith('.csv') && code !== 'CSV_INVISIBLE') {
    const { from, to } = cellSpan(text, column);
    return { from: start + from, to: start + Math.max(from, to), severity: 'error', message };
  }
  const from = placeIn(doc, line, column);
  const rest = /^[^\s,{}[\]]+/.exec(text.slice(from - start));
  return { from, to: Math.min(start + text.length, from + (rest?.[0].length ?? 1)), severity: 'error', message };
}

async function complete(
  context: CompletionContext,
  { path, words, causes }: CodeEditorProps,
): Promise<CompletionResult | null> {
  if (words === undefined || !path.endsWith('.yaml')) return null;
  const before = context.state.doc.sliceString(0, context.pos);
  const { typed, options } = suggest(before, path, words);
  const from = context.pos - typed.length;
  if (isCause(before, words) && typed !== '') {
    const names = await causes(typed);
    return names.length === 0
      ? null
      : { from, filter: false, options: names.map((name) => ({ label: name, type: 'value' })) };
  }
  // Offered by itself once something is typed, or after 「: 」; elsewhere whoever asks for it gets it.
  if (options.length === 0 || (typed === '' && !context.explicit && !/[:{[,] $/.test(before))) return null;
  return {
    from,
    options: options.map(({ label, apply, detail, kind }) => ({
      label,
      type: kind,
      ...(apply !== undefined && { apply }),
      ...(detail !== undefined && { detail }),
    })),
  };
}

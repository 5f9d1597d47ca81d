import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: '#1f4e8c' },
  { tag: tags.comment, color: '#5f6c7e' },
  { tag: [tags.string, tags.quote], color: '#17683b' },
  { tag: tags.punctuation, color: '#465365' },
]);

/** Marks are drawn by the style sheet alone: the images that the library would draw them with the page's policy refuses. */
const look = EditorView.theme({
  '&': { height: '100%', fontSize: '14px', backgroundColor: '#fff' },
  '&.cm-focused': { outline: '2px solid #4c8be0', outlineOffset: '-2px' },
  '.cm-scroller': {
    fontFamily:
      '"Noto Sans Mono CJK SC", "Sarasa Mono SC", ui-monospace, Consolas, "PingFang SC", "Microsoft YaHei", monospace',
    lineHeight: '22px',
  },
  '.cm-gutters': { color: '#5f6c7e', backgroundColor: '#f3f5f8', borderRight: '1px solid #dde3ea' },
  '.cm-activeLine': { backgroundColor: '#f3f7fc' },
  '.cm-activeLineGutter': { color: '#1b2430', backgroundColor: '#e3ebf5' },
  '.cm-lintRange-error, .cm-lintRange-warning': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy #a8231b',
    textDecorationSkipInk: 'none',
    textUnderlineOffset: '3px',
  },
  '.cm-gutter-lint': { width: '16px' },
  '.cm-lint-marker': { content: 'normal', width: '16px', textAlign: 'center', cursor: 'pointer' },
  '.cm-lint-marker-error': { content: 'normal' },
  '.cm-lint-marker-error:before': { content: '"●"', color: '#a8231b', fontSize: '11px' },
  '.cm-diagnostic-error': { borderLeft: '4px solid #a8231b' },
  '.cm-lintPoint-error:after': { borderBottomColor: '#a8231b' },
  '.cm-tooltip': { backgroundColor: '#fff', border: '1px solid #b9c4d1', color: '#1b2430' },
  '.cm-tooltip-autocomplete ul li': { padding: '2px 8px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: '#1f4e8c', color: '#fff' },
  '.cm-completionDetail': { fontStyle: 'normal', color: '#465365', marginLeft: '12px' },
  'li[aria-selected] .cm-completionDetail': { color: '#dbe7f6' },
  '.cm-panels': { backgroundColor: '#f3f5f8', color: '#1b2430' },
});

/** What the library says of itself, in Chinese. */
const phrases = EditorState.phrases.of({
  'Control character': '控制字符',
  Completions: '可以写的',
  Diagnostics: '问题',
  'No diagnostics': '没有问题',
  Find: '查找',
  Replace: '替换为',
  next: '下一处',
  previous: '上一处',
  all: '全部选中',
  'match case': '区分大小写',
  'by word': '整词',
  regexp: '正则',
  replace: '替换',
  'replace all': '全部替换',
  close: '关闭',
  'current match': '当前这一处',
  'replaced $ matches': '替换了 $ 处',
  'replaced match on line $': '替换了第 $ 行的一处',
  'on line': '在第几行',
  'Go to line': '到第几行',
  go: '去',
  'Folded lines': '折起的行',
  'Unfolded lines': '展开的行',
  'Fold line': '折起',
  'Unfold line': '展开',
  unfold: '展开',
  to: '到',
  'folded code': '折起的内容',
  'Selection deleted': '删去了选中的内容',
});

/** How every editor of rules looks and speaks. The nonce lets its styles through the page's policy. */
export const dressed = (nonce: string): Extension => [
  EditorView.cspNonce.of(nonce),
  syntaxHighlighting(colours),
  look,
  phrases,
];

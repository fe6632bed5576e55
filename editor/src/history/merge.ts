// Two texts side by side, in full, with what is alike folded away. Loaded when somebody asks for it.
import {MergeView} from '@codemirror/merge';
import {EditorState, type Extension} from '@codemirror/state';
import {EditorView, lineNumbers} from '@codemirror/view';

interface Shown {
  before: string;
  after: string;
  names: {before: string; after: string};
  isDark: boolean;
}

export function showBoth(parent: HTMLElement, {before, after, names, isDark}: Shown): () => void {
  const nonce = document.querySelector<HTMLElement>('[nonce]')?.nonce ?? '';
  const common: Extension[] = [
    EditorView.cspNonce.of(nonce),
    lineNumbers(),
    EditorView.lineWrapping,
    EditorView.perLineTextDirection.of(true),
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    EditorView.theme(
      {
        '&': {fontSize: 'var(--size-s)', backgroundColor: 'var(--surface)', color: 'var(--text)'},
        '.cm-content': {fontFamily: 'var(--mono)'},
        '.cm-gutters': {backgroundColor: 'var(--sunken)', color: 'var(--text-soft)', border: '0'},
      },
      {dark: isDark},
    ),
  ];
  const side = (doc: string, label: string) => ({
    doc,
    extensions: [...common, EditorView.contentAttributes.of({'aria-label': label, tabindex: '0', role: 'textbox', 'aria-readonly': 'true', 'aria-multiline': 'true'})],
  });
  const view = new MergeView({
    a: side(before, names.before),
    b: side(after, names.after),
    parent,
    collapseUnchanged: {margin: 2, minSize: 6},
    gutter: true,
    highlightChanges: true,
  });
  return () => view.destroy();
}

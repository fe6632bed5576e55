// What whole lines are, seen at their beginning: code, quotation, table, rule; and wrapped lines of a list that stand below its text.
import {syntaxTree} from '@codemirror/language';
import type {EditorState, Extension, Range} from '@codemirror/state';
import {Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate} from '@codemirror/view';

const classes: Record<string, string> = {
  FencedCode: 'cm-codeLine', CodeBlock: 'cm-codeLine', LiquidBlock: 'cm-codeLine', Table: 'cm-tableLine', HTMLBlock: 'cm-rawLine',
  Blockquote: 'cm-quoteLine', HorizontalRule: 'cm-ruleLine',
};

const hanging = (columns: number) =>
  Decoration.line({attributes: {style: `padding-inline-start: calc(var(--gap-4) + ${columns}ch); text-indent: -${columns}ch`}});

export function blockLines(state: EditorState, from: number, to: number): Range<Decoration>[] {
  const found: Range<Decoration>[] = [];
  syntaxTree(state).iterate({
    from,
    to,
    enter: (node) => {
      const name = classes[node.name];
      const first = state.doc.lineAt(Math.max(node.from, from)).number, last = state.doc.lineAt(Math.min(node.to, to)).number;
      if (name) for (let n = first; n <= last; ++n) found.push(Decoration.line({class: name}).range(state.doc.line(n).from));
      if (node.name !== 'ListItem') return;
      const line = state.doc.lineAt(node.from);
      const mark = /^\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?/.exec(line.text)?.[0].length ?? 0;
      if (mark > 0 && mark <= 12 && line.from >= from && !line.text.includes('\t')) found.push(hanging(mark).range(line.from));
    },
  });
  return found;
}

class Blocks {
  decorations: DecorationSet;

  constructor(view: EditorView) {
    this.decorations = this.all(view);
  }

  update({view, docChanged, viewportChanged, startState, state}: ViewUpdate) {
    if (docChanged || viewportChanged || syntaxTree(startState) !== syntaxTree(state)) this.decorations = this.all(view);
  }

  all(view: EditorView): DecorationSet {
    return Decoration.set(view.visibleRanges.flatMap(({from, to}) => blockLines(view.state, from, to)), true);
  }
}

export const blocks: Extension = ViewPlugin.fromClass(Blocks, {decorations: (plugin) => plugin.decorations});

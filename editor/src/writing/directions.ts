// Each line runs as its own first letter says: Persian from the right, English from the left, in one text.
import {type Extension, RangeSetBuilder} from '@codemirror/state';
import {Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate} from '@codemirror/view';

const auto = Decoration.line({attributes: {dir: 'auto'}});

class Directions {
  decorations: DecorationSet;

  constructor(view: EditorView) {
    this.decorations = this.all(view);
  }

  update({view, docChanged, viewportChanged}: ViewUpdate) {
    if (docChanged || viewportChanged) this.decorations = this.all(view);
  }

  all({state: {doc}, visibleRanges}: EditorView): DecorationSet {
    const found = new RangeSetBuilder<Decoration>();
    let last = 0;
    for (const {from, to} of visibleRanges) {
      for (let n = Math.max(last + 1, doc.lineAt(from).number); n <= doc.lineAt(to).number; ++n) {
        const {from: at} = doc.line(n);
        found.add(at, at, auto);
        last = n;
      }
    }
    return found.finish();
  }
}

export const directions: Extension = ViewPlugin.fromClass(Directions, {decorations: (plugin) => plugin.decorations});

// Pictures of the text, small, below the line that names them. Those of other sites are not fetched: who edits is not to be counted there.
import {syntaxTree} from '@codemirror/language';
import {type EditorState, type Extension, type Range, StateField} from '@codemirror/state';
import {Decoration, type DecorationSet, EditorView, WidgetType} from '@codemirror/view';
import type {Tree} from '@lezer/common';

// The file in the repository that an address means in a text of the file `from`; null: it is none of the site's.
export function fileOf(address: string, from: string, baseurl = ''): string | null {
  const filtered = /^\{\{-?\s*(['"])(.*?)\1\s*\|\s*(?:relative_url|absolute_url)\s*-?\}\}$/.exec(address)?.[2];
  let path = filtered ?? address.replace(/\{\{-?\s*site\.(?:baseurl|url)\s*-?\}\}/g, '');
  if (path.includes('{') || /^[a-z][a-z0-9+.-]*:|^\/\//i.test(path)) return null;
  const base = baseurl.replace(/\/$/, '');
  if (base && path.startsWith(`${base}/`)) path = path.slice(base.length);
  path = path.replace(/[?#].*$/, '');
  try {
    path = decodeURIComponent(path);
  } catch {
    return null;
  }
  const start = path.startsWith('/') ? [] : from.split('/').slice(0, -1), parts: string[] = [...start];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part && part !== '.') parts.push(part);
  }
  return /\.(png|jpe?g|gif|webp|avif|svg)$/i.test(parts.at(-1) ?? '') ? parts.join('/') : null;
}

export interface Seen {
  at: number; // the end of its line
  file: string;
}

export function picturesOf(state: EditorState, fileFor: (address: string) => string | null): Seen[] {
  const found: Seen[] = [];
  syntaxTree(state).iterate({
    enter: (node) => {
      if (node.name !== 'Image') return;
      const url = node.node.getChild('URL'), file = url && fileFor(state.sliceDoc(url.from, url.to).trim());
      if (file) found.push({at: state.doc.lineAt(node.to).to, file});
      return false;
    },
  });
  return found;
}

export interface PictureSource {
  fileFor: (address: string) => string | null;
  load: (file: string) => Promise<string | null>; // its address on this origin; null: there is no such picture
}

class Picture extends WidgetType {
  constructor(
    readonly file: string,
    readonly source: PictureSource,
  ) {
    super();
  }

  override eq(other: Picture) {
    return other.file === this.file;
  }

  // What is to be seen on it stands in the text: who hears needs no second telling.
  override toDOM(view: EditorView): HTMLElement {
    const place = document.createElement('div');
    place.className = 'cm-picture';
    place.ariaHidden = 'true';
    place.hidden = true;
    void this.source.load(this.file).then((address) => {
      if (!address) return;
      const image = document.createElement('img');
      image.alt = '';
      image.addEventListener('load', () => {
        place.hidden = false;
        view.requestMeasure();
      });
      image.src = address;
      place.append(image);
    });
    return place;
  }

  override ignoreEvent() {
    return false;
  }
}

interface Shown {
  tree: Tree;
  marks: DecorationSet;
}

export function pictures(source: PictureSource): Extension {
  const marksOf = (state: EditorState): DecorationSet => {
    const all: Range<Decoration>[] = picturesOf(state, source.fileFor).map(({at, file}) =>
      Decoration.widget({widget: new Picture(file, source), block: true, side: 1}).range(at),
    );
    return Decoration.set(all, true);
  };
  return StateField.define<Shown>({
    create: (state) => ({tree: syntaxTree(state), marks: marksOf(state)}),
    update(shown, {state}) {
      const tree = syntaxTree(state);
      return tree === shown.tree ? shown : {tree, marks: marksOf(state)};
    },
    provide: (field) => EditorView.decorations.from(field, ({marks}) => marks),
  });
}

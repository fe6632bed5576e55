// Lists and quotations as one types: Enter begins the next item, and ends the list in an empty one; items move in and out.
//
// Numbers of other items stay as they are: Markdown counts for itself, and lines that nobody has touched do not change.
import {syntaxTree} from '@codemirror/language';
import {type ChangeSpec, EditorSelection, type EditorState, type StateCommand} from '@codemirror/state';

interface Marks {
  quote: string; // "> "
  indent: string;
  bullet: string; // "-", "1."
  gap: string;
  task: string; // "[ ] "
}

const shape = /^((?:\s{0,3}>\s?)*)(\s*)([-*+]|\d{1,9}[.)])?(\s+)?(\[[ xX]\]\s+)?/;

export function marksOf(line: string): Marks {
  const [, quote = '', indent = '', bullet = '', gap = '', task = ''] = shape.exec(line) ?? [];
  const isItem = bullet !== '' && gap !== '';
  return isItem ? {quote, indent, bullet, gap, task} : {quote, indent: '', bullet: '', gap: '', task: ''};
}

const lengthOf = ({quote, indent, bullet, gap, task}: Marks) => quote.length + indent.length + bullet.length + gap.length + task.length;

export function nextOf({quote, indent, bullet, gap, task}: Marks): string {
  const number = Number.parseInt(bullet, 10);
  const next = Number.isNaN(number) ? bullet : `${number + 1}${bullet.at(-1)}`;
  return quote + indent + next + (bullet ? gap : '') + (task ? '[ ] ' : '');
}

const isRaw = (state: EditorState, at: number): boolean => {
  for (let node = syntaxTree(state).resolveInner(at, -1); node.parent; node = node.parent) {
    if (/^(FencedCode|CodeBlock|LiquidBlock|HTMLBlock|CommentBlock)$/.test(node.name)) return true;
  }
  return false;
};

// The item that the one of this line stands in: a line above with less indentation.
function outerOf(state: EditorState, number: number, indent: number): Marks | null {
  for (let n = number - 1; n >= 1 && number - n < 200; --n) {
    const text = state.doc.line(n).text;
    if (text.trim() === '') continue;
    const marks = marksOf(text);
    if (marks.bullet && marks.indent.length < indent) return marks;
    if (!marks.bullet && !/^\s/.test(text)) return null;
  }
  return null;
}

// An empty item becomes one of the list outside, or no item.
function ended(state: EditorState, number: number, marks: Marks): string {
  const outer = marks.bullet && marks.indent ? outerOf(state, number, marks.indent.length) : null;
  if (outer) return nextOf({...outer, task: marks.task && outer.task});
  return marks.bullet ? marks.quote : marks.quote.replace(/\s{0,3}>\s?$/, '');
}

export const continueList: StateCommand = ({state, dispatch}) => {
  if (state.readOnly || state.selection.ranges.length > 1) return false;
  const {from, to} = state.selection.main, line = state.doc.lineAt(from);
  const marks = marksOf(line.text), length = lengthOf(marks);
  if (length === 0 || from < line.from + length || isRaw(state, from)) return false;
  const isEmpty = line.text.trimEnd().length <= length && line.text.slice(length).trim() === '' && from === to;
  if (isEmpty && to >= line.to) {
    const text = ended(state, line.number, marks);
    dispatch(state.update({changes: {from: line.from, to: line.to, insert: text}, selection: {anchor: line.from + text.length},
      scrollIntoView: true, userEvent: 'delete'}));
    return true;
  }
  const insert = state.lineBreak + nextOf(marks);
  const change = state.changes({from, to, insert});
  dispatch(state.update({changes: change, selection: EditorSelection.cursor(change.mapPos(to, 1)), scrollIntoView: true, userEvent: 'input'}));
  return true;
};

// The lines that are selected, each once.
function* linesOf(state: EditorState): Generator<{number: number; from: number; text: string}> {
  let last = 0;
  for (const range of state.selection.ranges) {
    for (let n = state.doc.lineAt(range.from).number; n <= state.doc.lineAt(range.to).number; ++n) {
      if (n > last) yield state.doc.line(n);
      last = Math.max(last, n);
    }
  }
}

// How far an item moves in: to where the text of the one before it begins, as kramdown wants it.
function stepIn(state: EditorState, number: number, marks: Marks): number {
  for (let n = number - 1; n >= 1 && number - n < 200; --n) {
    const above = marksOf(state.doc.line(n).text);
    if (!above.bullet) continue;
    if (above.indent.length < marks.indent.length) break;
    if (above.indent.length === marks.indent.length) return above.bullet.length + above.gap.length;
  }
  return marks.bullet.length + marks.gap.length;
}

const moved = (isIn: boolean): StateCommand => ({state, dispatch}) => {
  if (state.readOnly) return false;
  const changes: ChangeSpec[] = [];
  for (const line of linesOf(state)) {
    const marks = marksOf(line.text);
    if (!marks.bullet) continue;
    const at = line.from + marks.quote.length;
    if (isIn) changes.push({from: at, insert: ' '.repeat(stepIn(state, line.number, marks))});
    else if (marks.indent) {
      const outer = outerOf(state, line.number, marks.indent.length)?.indent.length ?? 0;
      changes.push({from: at, to: at + marks.indent.length - Math.min(outer, marks.indent.length - 1)});
    }
  }
  if (!changes.length) return false;
  dispatch(state.update({changes, scrollIntoView: true, userEvent: isIn ? 'input.indent' : 'delete.dedent'}));
  return true;
};

export const itemIn = moved(true);
export const itemOut = moved(false);

// What the toolbar and the keys do to a text: marks around words, signs before lines, blocks of their own. Each takes back what it did.
import {syntaxTree} from '@codemirror/language';
import {type ChangeSpec, EditorSelection, type EditorState, type SelectionRange, type StateCommand} from '@codemirror/state';
import type {SyntaxNode} from '@lezer/common';
import {withBreaks} from './exact';
import {marksOf} from './lists';

export type Inline = 'bold' | 'italic' | 'code' | 'strike';
const inline: Record<Inline, {mark: string; node: string; sign: string}> = {
  bold: {mark: '**', node: 'StrongEmphasis', sign: 'EmphasisMark'},
  italic: {mark: '*', node: 'Emphasis', sign: 'EmphasisMark'},
  code: {mark: '`', node: 'InlineCode', sign: 'CodeMark'},
  strike: {mark: '~~', node: 'Strikethrough', sign: 'StrikethroughMark'},
};

// The node of that name which the whole range is in.
export function around(state: EditorState, {from, to}: {from: number; to: number}, name: RegExp): SyntaxNode | null {
  for (const side of [1, -1] as const) {
    for (let node: SyntaxNode | null = syntaxTree(state).resolveInner(from, side); node; node = node.parent) {
      if (name.test(node.name) && node.to >= to) return node;
    }
  }
  return null;
}

const tidy = (state: EditorState, range: SelectionRange): SelectionRange => {
  if (range.empty) return state.wordAt(range.head) ?? range;
  const text = state.doc.sliceString(range.from, range.to, '\n'), lead = text.length - text.trimStart().length;
  return text.trim() ? EditorSelection.range(range.from + lead, range.from + lead + text.trim().length) : range;
};

// The parts of a range that lie in one line each, without the signs of lists and headings before them.
function parts(state: EditorState, {from, to}: SelectionRange): {from: number; to: number}[] {
  const found = [];
  for (let n = state.doc.lineAt(from).number; n <= state.doc.lineAt(to).number; ++n) {
    const line = state.doc.line(n), {quote, indent, bullet, gap, task} = marksOf(line.text);
    const sign = quote.length + indent.length + bullet.length + gap.length + task.length;
    const begin = /^#{1,6}\s+/.exec(line.text.slice(sign))?.[0].length ?? 0;
    const part = {from: Math.max(from, line.from + sign + begin), to: Math.min(to, line.to)};
    if (state.doc.sliceString(part.from, part.to).trim()) found.push(part);
  }
  return found;
}

export const toggleInline = (kind: Inline): StateCommand => ({state, dispatch}) => {
  if (state.readOnly) return false;
  const {mark, node: name, sign} = inline[kind];
  const result = state.changeByRange((given) => {
    const range = tidy(state, given), node = around(state, range, new RegExp(`^${name}$`));
    if (node) {
      const signs = node.getChildren(sign), first = signs[0], last = signs.at(-1);
      const changes = [first, last].flatMap((one) => (one ? [{from: one.from, to: one.to}] : []));
      const map = state.changes(changes);
      return {changes, range: EditorSelection.range(map.mapPos(given.anchor), map.mapPos(given.head))};
    }
    if (range.empty) return {changes: {from: range.from, insert: mark + mark}, range: EditorSelection.cursor(range.from + mark.length)};
    const pieces = parts(state, range);
    const changes = pieces.flatMap(({from, to}) => [{from, insert: mark}, {from: to, insert: mark}]);
    const begin = range.from + mark.length, end = range.to + mark.length * (pieces.length * 2 - 1);
    const cursor = given.head + mark.length;
    return {changes, range: given.empty ? EditorSelection.cursor(cursor) : EditorSelection.range(begin, end)};
  });
  dispatch(state.update(result, {scrollIntoView: true, userEvent: 'input'}));
  return true;
};

export const isInline = (state: EditorState, kind: Inline): boolean =>
  around(state, tidy(state, state.selection.main), new RegExp(`^${inline[kind].node}$`)) !== null;

// What each of the lines that are selected becomes, its text without line end.
function overLines(state: EditorState, next: (texts: string[]) => string[]): ChangeSpec[] {
  const {from, to} = state.selection.main, first = state.doc.lineAt(from).number, last = state.doc.lineAt(to).number;
  const lines = Array.from({length: last - first + 1}, (_, n) => state.doc.line(first + n));
  const after = next(lines.map(({text}) => text));
  return lines.flatMap((line, n) => {
    const text = after[n]!;
    if (text === line.text) return [];
    let same = 0; // what stands behind the change stays, with the cursor in it
    while (same < Math.min(text.length, line.text.length) && text.at(-1 - same) === line.text.at(-1 - same)) same += 1;
    return [{from: line.from, to: line.to - same, insert: text.slice(0, text.length - same)}];
  });
}

const byLines = (next: (texts: string[]) => string[]): StateCommand => ({state, dispatch}) => {
  if (state.readOnly) return false;
  const changes = state.changes(overLines(state, next)), {anchor, head} = state.selection.main;
  const selection = {anchor: changes.mapPos(anchor, 1), head: changes.mapPos(head, 1)};
  dispatch(state.update({changes, selection, scrollIntoView: true, userEvent: 'input'}));
  return true;
};

export const levelOf = (line: string): number => /^\s{0,3}(#{1,6})(\s|$)/.exec(line)?.[1]?.length ?? 0;

export const toggleHeading = (level: number): StateCommand =>
  byLines((texts) => {
    const isOff = texts.every((text) => text.trim() === '' || levelOf(text) === level);
    return texts.map((text) => {
      const bare = text.replace(/^\s{0,3}#{1,6}(\s+|$)/, '');
      return text.trim() === '' && texts.length > 1 ? text : isOff ? bare : `${'#'.repeat(level)} ${bare}`;
    });
  });

export type List = 'bullets' | 'numbers' | 'tasks';
const kindOf = (text: string): List | null => {
  const {bullet, task} = marksOf(text);
  if (!bullet) return null;
  return task ? 'tasks' : /\d/.test(bullet) ? 'numbers' : 'bullets';
};

export const toggleList = (kind: List): StateCommand =>
  byLines((texts) => {
    const isOff = texts.every((text) => text.trim() === '' || kindOf(text) === kind);
    let number = 0;
    return texts.map((text) => {
      if (text.trim() === '' && texts.length > 1) return text;
      const {quote, indent, bullet, gap, task} = marksOf(text);
      const bare = text.slice(quote.length + indent.length + bullet.length + gap.length + task.length);
      if (isOff) return quote + bare;
      number += 1;
      return `${quote}${indent}${{bullets: '- ', numbers: `${number}. `, tasks: '- [ ] '}[kind]}${bare}`;
    });
  });

export const isList = (state: EditorState, kind: List): boolean => kindOf(state.doc.lineAt(state.selection.main.head).text) === kind;

export const toggleQuote: StateCommand = byLines((texts) => {
  const isOff = texts.every((text) => /^\s{0,3}>/.test(text));
  return texts.map((text) => (isOff ? text.replace(/^\s{0,3}>\s?/, '') : `> ${text}`));
});

export interface Edit {
  changes: {from: number; to: number; insert: string};
  selection: {anchor: number; head: number};
  scrollIntoView: true;
  userEvent: string;
}

// A block with an empty line before and behind it, in the place of the selection; `select` names a part of it.
export function block(state: EditorState, text: string, select = ''): Edit {
  const {from, to} = state.selection.main, line = state.doc.lineAt(from), end = state.doc.lineAt(to);
  const before = from === line.from ? (line.number === 1 || state.doc.line(line.number - 1).text.trim() === '' ? '' : '\n') : '\n\n';
  const isLast = end.number === state.doc.lines;
  const next = isLast ? '' : state.doc.line(end.number + 1).text.trim();
  const after = to === end.to ? (next === '' ? '' : '\n') : '\n\n';
  const insert = before + text + after, at = from + before.length + Math.max(0, select ? text.indexOf(select) : text.length);
  return {
    changes: {from, to, insert: withBreaks(insert, state.lineBreak)},
    selection: {anchor: at, head: at + select.length}, scrollIntoView: true, userEvent: 'input',
  };
}

export const codeBlock: StateCommand = ({state, dispatch}) => {
  if (state.readOnly) return false;
  const {from, to} = state.selection.main, text = state.doc.sliceString(from, to, '\n');
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  const edit = block(state, `${fence}\n${text}\n${fence}`), begin = edit.selection.anchor - text.length - fence.length - 1;
  dispatch(state.update({...edit, selection: {anchor: begin, head: begin + text.length}}));
  return true;
};

// `names`: of the first two columns, in the language of whoever writes.
export const table = (names: [string, string]): StateCommand => ({state, dispatch}) => {
  if (state.readOnly) return false;
  const dashes = names.map((name) => '-'.repeat(Math.max(3, name.length))), blanks = dashes.map((one) => ' '.repeat(one.length));
  const row = (cells: string[]) => `| ${cells.map((cell, n) => cell.padEnd(dashes[n]!.length)).join(' | ')} |`;
  dispatch(state.update(block(state, [row(names), row(dashes), row(blanks), row(blanks)].join('\n'), names[0])));
  return true;
};

export const rule: StateCommand = ({state, dispatch}) => {
  if (state.readOnly) return false;
  dispatch(state.update(block(state, '---')));
  return true;
};

// A number where the cursor is, and its note at the end of the text, where one then writes.
export const footnote: StateCommand = ({state, dispatch}) => {
  if (state.readOnly) return false;
  const text = state.doc.toString();
  let number = 1;
  while (text.includes(`[^${number}]`)) number += 1;
  const {to} = state.selection.main, length = state.doc.length;
  const last = state.doc.line(state.doc.lines).text, isOpen = last !== '';
  const above = isOpen ? last : state.doc.lines > 1 ? state.doc.line(state.doc.lines - 1).text : '';
  const lead = (isOpen ? '\n' : '') + (/^\[\^[^\]]+\]:/.test(above) || above === '' ? '' : '\n');
  const note = `${lead}[^${number}]: `, mark = `[^${number}]`, tail = isOpen ? '' : '\n';
  dispatch(state.update({
    changes: [{from: to, insert: mark}, {from: length, insert: withBreaks(note + tail, state.lineBreak)}],
    selection: {anchor: length + mark.length + note.length}, scrollIntoView: true, userEvent: 'input',
  }));
  return true;
};

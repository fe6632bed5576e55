// A text in and out of the surface, byte for byte.
//
// CodeMirror holds lines without what ends them. A text whose lines all end alike is split at that; in one where they differ, only \n
// ends a line and \r stays what it is, a character.
import {diff} from '@codemirror/merge';
import {type ChangeSpec, EditorState, type Extension, type Text} from '@codemirror/state';

export type LineBreak = '\n' | '\r\n' | '\r';

export function lineBreakOf(text: string): LineBreak {
  const all = text.match(/\r\n?|\n/g) ?? [];
  const first = all[0] as LineBreak | undefined;
  return first && all.every((one) => one === first) ? first : '\n';
}

// What is pasted or inserted, with the line ends that the text has.
export const withBreaks = (text: string, lineBreak: string): string => text.replace(/\r\n?|\n/g, lineBreak);

const linesBetween = 200; // texts that differ more are replaced as a whole, from the first difference to the last

// The changes that make `after` of `before`, as few as are found quickly, so that a cursor elsewhere stays where it is.
export function changesBetween(before: Text, after: Text): ChangeSpec[] {
  const changes = diff(before.toString(), after.toString(), {scanLimit: linesBetween, timeout: 100});
  return changes.map(({fromA, toA, fromB, toB}) => ({from: fromA, to: toA, insert: after.slice(fromB, toB)}));
}

// Where lines end differently, the cursor does not come to stand behind a \r: a word would be typed into the line's end.
export const beforeCarriageReturn: Extension = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.selection || transaction.startState.lineBreak !== '\n') return transaction;
  const {main, ranges} = transaction.newSelection;
  if (ranges.length > 1 || !main.empty || main.head === 0) return transaction;
  const line = transaction.newDoc.lineAt(main.head);
  const isBehind = main.head === line.to && line.text.endsWith('\r') && line.number < transaction.newDoc.lines;
  return isBehind ? [transaction, {selection: {anchor: main.head - 1}, sequential: true}] : transaction;
});

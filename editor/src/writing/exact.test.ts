import {EditorState} from '@codemirror/state';
import {describe, expect, it} from 'vitest';
import {beforeCarriageReturn, changesBetween, lineBreakOf, withBreaks} from './exact';

const opened = (text: string) =>
  EditorState.create({doc: text, extensions: [EditorState.lineSeparator.of(lineBreakOf(text)), beforeCarriageReturn]});

const odd = {
  empty: '',
  'no final newline': 'one\ntwo',
  'CRLF': 'one\r\ntwo\r\n',
  'CRLF without the last': 'one\r\ntwo',
  'CR alone': 'one\rtwo\r',
  mixed: 'one\r\ntwo\nthree\r\n',
  'a CR within a line': 'on\re\ntwo\n',
  'CRCRLF': 'one\r\r\ntwo\r\n',
  BOM: '\uFEFFone\n',
  'tabs and blanks': '\tone  \n \t\n  two\t\n\n\n',
  'line separators of Unicode': 'a\u2028b\u2029c\u0085d\ve\ff\n',
  'NUL and other controls': 'a\u0000b\u0007c\u001b\n',
  'bidirectional marks': '\u200Fسلام\u200E one\u202Etwo\n',
  'lone surrogates': 'a\ud800b\udc00\n',
  'emoji and combining': '👩‍👩‍👧 e\u0301 ﷽\n',
};

describe('a text', () => {
  for (const [name, text] of Object.entries(odd)) {
    it(`comes out as it went in: ${name}`, () => expect(opened(text).sliceDoc()).toBe(text));
    it(`changes in the line where a word is typed, and nowhere else: ${name}`, () => {
      const state = opened(text);
      for (let n = 1; n <= state.doc.lines; ++n) {
        const line = state.doc.line(n);
        const typed = state.update({changes: {from: line.from, insert: 'XQZ'}}).state.sliceDoc();
        const ends = state.lineBreak;
        const before = text.split(ends), after = typed.split(ends);
        expect(after.length).toBe(before.length);
        expect(after.map((one, m) => (m === n - 1 ? one.replace('XQZ', '') : one))).toEqual(before);
      }
    });
  }

  it('comes out as it went in, whatever it is made of', () => {
    const parts = ['a', 'é', ' ', '\t', '\n', '\r', '\r\n', '\n\n', '\u2028', '\u0000', '\uFEFF', '{% x %}', '<b>', '👩‍👧', '\ud800'];
    let seed = 1;
    const next = () => (seed = (seed * 48271) % 2147483647);
    for (let n = 0; n < 500; ++n) {
      const text = Array.from({length: next() % 30}, () => parts[next() % parts.length]).join('');
      const state = opened(text);
      expect(state.sliceDoc()).toBe(text);
      const other = Array.from({length: next() % 30}, () => parts[next() % parts.length]).join('').replace(/\r\n?/g, '\n');
      const target = state.toText(withBreaks(other, state.lineBreak));
      const replaced = state.update({changes: changesBetween(state.doc, target)}).state;
      expect(replaced.doc.eq(target)).toBe(true);
    }
  }, 60_000);
});

describe('the cursor', () => {
  it('does not stand behind the \\r of a line that ends otherwise than others', () => {
    const state = opened('one\r\ntwo\n').update({selection: {anchor: 4}}).state;
    expect(state.selection.main.head).toBe(3);
    const typed = state.update(state.replaceSelection('X')).state;
    expect(typed.sliceDoc()).toBe('oneX\r\ntwo\n');
  });

  it('stays in its line when the text changes above and below', () => {
    const state = opened('a\nb\nc\nd\n').update({selection: {anchor: 4}}).state;
    const after = state.update({changes: changesBetween(state.doc, state.toText('A\nb\nc\nD\nE\n'))}).state;
    expect(after.selection.main.head).toBe(4);
    expect(after.sliceDoc()).toBe('A\nb\nc\nD\nE\n');
  });
});

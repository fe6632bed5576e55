import {EditorState, type StateCommand} from '@codemirror/state';
import {describe, expect, it} from 'vitest';
import {minutesOf, wordsOf} from './counting';
import {codeBlock, footnote, isInline, table, toggleHeading, toggleInline, toggleList, toggleQuote} from './format';
import {markdown} from './languages';
import {habitOf, headingsOf, isSafe, linkAt, pictureText, postAddress, siteAddress} from './links';
import {continueList, itemIn, itemOut} from './lists';
import {parsed} from './parsed';

// A state out of a text in which « and » are the ends of the selection, or | the cursor; and back.
function stateOf(marked: string): EditorState {
  const from = marked.search(/[«|]/), text = marked.replace(/[«»|]/g, '');
  const to = marked.includes('»') ? marked.indexOf('»') - 1 : from;
  return parsed(EditorState.create({doc: text, selection: {anchor: from, head: to}, extensions: [markdown]}));
}
function marked(state: EditorState): string {
  const {from, to} = state.selection.main, text = state.sliceDoc();
  return from === to ? `${text.slice(0, from)}|${text.slice(from)}` : `${text.slice(0, from)}«${text.slice(from, to)}»${text.slice(to)}`;
}
function after(text: string, command: StateCommand): string {
  let state = stateOf(text);
  const isDone = command({state, dispatch: (transaction) => (state = transaction.state)});
  return isDone ? marked(state) : 'not done';
}
// `|` means the cursor, so tables are written with ¦.
const tabled = (text: string) => text.replaceAll('|', '¦');

describe('marks around words', () => {
  const bold = toggleInline('bold'), italic = toggleInline('italic');
  for (const [name, text, command, wanted] of [
    ['a selection', 'a «word» b', bold, 'a **«word»** b'],
    ['without the blanks around it', 'a« word »b', bold, 'a **«word»** b'],
    ['the word at the cursor', 'a wo|rd b', bold, 'a **wo|rd** b'],
    ['nothing: between the marks one goes on', 'a | b', bold, 'a **|** b'],
    ['off again', 'a **wo|rd** b', bold, 'a wo|rd b'],
    ['off again, of a selection', 'a **«word»** b', bold, 'a «word» b'],
    ['off, as others write it', 'a __wo|rd__ b', bold, 'a wo|rd b'],
    ['italic in bold', 'a **«word»** b', italic, 'a ***«word»*** b'],
    ['code', 'a «x = 1» b', toggleInline('code'), 'a `«x = 1»` b'],
    ['code off', 'a `x |= 1` b', toggleInline('code'), 'a x |= 1 b'],
    ['strike', 'a «word» b', toggleInline('strike'), 'a ~~«word»~~ b'],
    ['items of a list one by one', '- «one\n- two»', bold, '- **«one**\n- **two»**'],
  ] as const) it(name, () => expect(after(text, command)).toBe(wanted));

  it('says whether the cursor is in them', () => {
    expect(isInline(stateOf('a **wo|rd** b'), 'bold')).toBe(true);
    expect(isInline(stateOf('a **word** |b'), 'bold')).toBe(false);
  });
});

describe('signs before lines', () => {
  for (const [name, text, command, wanted] of [
    ['a heading', 'Ti|tle', toggleHeading(2), '## Ti|tle'],
    ['another level', '# Ti|tle', toggleHeading(2), '## Ti|tle'],
    ['no heading', '## Ti|tle', toggleHeading(2), 'Ti|tle'],
    ['bullets', '«one\ntwo»', toggleList('bullets'), '- «one\n- two»'],
    ['no bullets', '«- one\n- two»', toggleList('bullets'), '«one\ntwo»'],
    ['numbers of bullets', '«- one\n- two»', toggleList('numbers'), '«1. one\n2. two»'],
    ['tasks', 'one|', toggleList('tasks'), '- [ ] one|'],
    ['a quotation', '«one\n\ntwo»', toggleQuote, '> «one\n> \n> two»'],
    ['no quotation', '> one|', toggleQuote, 'one|'],
    ['code', 'a\n«b\nc»\nd', codeBlock, 'a\n\n```\n«b\nc»\n```\n\nd'],
  ] as const) it(name, () => expect(after(text, command)).toBe(wanted));

  it('a footnote goes to the end, where one writes it', () => {
    expect(after('A| b\n', footnote)).toBe('A[^1] b\n\n[^1]: |\n');
    expect(after('A[^1] b|\n\n[^1]: x\n', footnote)).toBe('A[^1] b[^2]\n\n[^1]: x\n[^2]: |\n');
    expect(after('A|', footnote)).toBe('A[^1]\n\n[^1]: |');
  });

  it('a table stands apart', () => {
    expect(tabled(after('a\n|\nb', table(['One', 'Two']))).replace(/[«»]/g, '')).toBe(
      'a\n\n¦ One ¦ Two ¦\n¦ --- ¦ --- ¦\n¦     ¦     ¦\n¦     ¦     ¦\n\nb',
    );
  });
});

describe('Enter in a list', () => {
  for (const [name, text, wanted] of [
    ['the next bullet', '- one|', '- one\n- |'],
    ['with what is behind the cursor', '- one| two', '- one\n- | two'],
    ['the next number', '1. one|', '1. one\n2. |'],
    ['a number with a bracket', '9) nine|', '9) nine\n10) |'],
    ['the next task, undone', '- [x] one|', '- [x] one\n- [ ] |'],
    ['a quotation goes on', '> one|', '> one\n> |'],
    ['a list in a quotation', '> - one|', '> - one\n> - |'],
    ['indented', '- a\n  - b|', '- a\n  - b\n  - |'],
    ['an empty item ends the list', '- one\n- |', '- one\n|'],
    ['an empty inner item becomes an outer one', '- a\n  - b\n  - |', '- a\n  - b\n- |'],
    ['an empty line ends a quotation', '> one\n> |', '> one\n|'],
    ['nothing of a list', 'one|', 'not done'],
    ['before the bullet', '|- one', 'not done'],
    ['in code', '```\n- one|\n```', 'not done'],
    ['a rule', '---|', 'not done'],
  ] as const) it(name, () => expect(after(text, continueList)).toBe(wanted));

  it('has the line ends of the text', () => {
    const state = EditorState.create({doc: '- one\r\n', selection: {anchor: 5}, extensions: [EditorState.lineSeparator.of('\r\n'), markdown]});
    let text = '';
    continueList({state, dispatch: (transaction) => (text = transaction.state.sliceDoc())});
    expect(text).toBe('- one\r\n- \r\n');
  });

  for (const [name, text, command, wanted] of [
    ['in, below the text of the one before', '1. a\n2. b|', itemIn, '1. a\n   2. b|'],
    ['bullets in', '- a\n- b|', itemIn, '- a\n  - b|'],
    ['out', '- a\n  - b|', itemOut, '- a\n- b|'],
    ['out of two', '- a\n  - b\n    - c|', itemOut, '- a\n  - b\n  - c|'],
    ['not out of none', '- a|', itemOut, 'not done'],
    ['no paragraph', 'a|', itemIn, 'not done'],
  ] as const) it(name, () => expect(after(text, command)).toBe(wanted));
});

describe('links', () => {
  it('are made as the text has them', () => {
    expect(habitOf('no links')).toBe('path');
    expect(habitOf('no links', '/blog')).toBe('baseurl');
    expect(habitOf('[a]({{ site.baseurl }}/b)')).toBe('baseurl');
    expect(habitOf("[a]({{ '/b' | relative_url }})", '/blog')).toBe('filter');
    expect(siteAddress('/a/', 'path')).toBe('/a/');
    expect(siteAddress('/a/', 'baseurl')).toBe('{{ site.baseurl }}/a/');
    expect(siteAddress('/a/', 'filter')).toBe("{{ '/a/' | relative_url }}");
    expect(siteAddress('https://x.org/', 'filter')).toBe('https://x.org/');
    expect(postAddress('[a]({% post_url 2024-01-01-b %})', '_posts/2024-05-01-c.md')).toBe('{% post_url 2024-05-01-c %}');
    expect(postAddress('plain', '_posts/2024-05-01-c.md')).toBe(null);
  });

  it('are found where the cursor is', () => {
    expect(linkAt(stateOf('see [the *plan*|](/plan/ "x") now'))).toEqual({from: 4, to: 28, text: 'the *plan*', address: '/plan/'});
    expect(linkAt(stateOf('see | now'))).toBe(null);
  });

  it('run no scripts', () => {
    expect(isSafe('https://example.org')).toBe(true);
    expect(isSafe('/a/b')).toBe(true);
    expect(isSafe('#x')).toBe(true);
    expect(isSafe('javascript:alert(1)')).toBe(false);
    expect(isSafe(' java\tscript:alert(1)')).toBe(false);
    expect(isSafe('data:text/html,x')).toBe(false);
  });

  it('of pictures are escaped', () => expect(pictureText('a [b]\n c', '/x y(1).png')).toBe('![a \\[b\\] c](/x%20y%281%29.png)'));

  it('to headings have the ids that the page has', () => {
    expect(headingsOf('# One Thing!\n\n```\n# no\n```\nTwo\n---\n## One Thing!\n## سلام دنیا\n## x {#own}\n').map(({level, text, id}) => [level, text, id])).toEqual([
      [1, 'One Thing!', 'one-thing'], [2, 'Two', 'two'], [2, 'One Thing!', 'one-thing-1'], [2, 'سلام دنیا', 'سلام-دنیا'], [2, 'x', 'own'],
    ]);
  });
});

describe('how much is written', () => {
  it('counts what is read', () => {
    expect(wordsOf('# One two\n\n[three](/four/five) {{ site.six }} {% seven %} <b class="eight">nine</b> it’s\n')).toBe(5);
    expect(wordsOf('سلام دنیا، می‌روم')).toBe(3);
    expect(wordsOf('')).toBe(0);
    expect(wordsOf('你好世界')).toBeGreaterThan(1);
    expect(minutesOf(0)).toBe(1);
    expect(minutesOf(700)).toBe(3);
  });
});

import {EditorState} from '@codemirror/state';
import {describe, expect, it} from 'vitest';
import {markdown} from './languages';
import {parsed} from './parsed';
import {markdownToPaste} from './paste';
import {fileOf, picturesOf} from './pictures';

describe('the file that an address means', () => {
  for (const [address, wanted] of [
    ['/assets/a.png', 'assets/a.png'],
    ['{{ site.baseurl }}/assets/a%20b.png', 'assets/a b.png'],
    ["{{ '/assets/a.png' | relative_url }}", 'assets/a.png'],
    ['{{ site.url }}{{ site.baseurl }}/a.jpg?x=1#y', 'a.jpg'],
    ['/blog/assets/a.webp', 'assets/a.webp'],
    ['a.png', '_posts/2024/a.png'],
    ['../../../../a.png', 'a.png'],
    ['https://example.org/a.png', null],
    ['//example.org/a.png', null],
    ['data:image/png;base64,x', null],
    ['{{ page.image }}', null],
    ['/a/%E0%A4%A.png', null],
    ['/papers/a.pdf', null],
  ] as const) it(`${address}`, () => expect(fileOf(address, '_posts/2024/x.md', '/blog/')).toBe(wanted));

  it('is found in a text, line by line', () => {
    const state = parsed(EditorState.create({doc: '![a](/a.png) and ![b](/b.png)\n\n`![c](/c.png)`\n\n[![d]({{ site.baseurl }}/d.png)](/e)\n', extensions: [markdown]}));
    expect(picturesOf(state, (address) => fileOf(address, 'x.md'))).toEqual([{at: 29, file: 'a.png'}, {at: 29, file: 'b.png'}, {at: 83, file: 'd.png'}]);
  });
});

describe('what is pasted', () => {
  const state = (doc: string, anchor: number, head = anchor) =>
    parsed(EditorState.create({doc, selection: {anchor, head}, extensions: [markdown]}));
  it('an address over a selection is a link', () =>
    expect(markdownToPaste(state('see here now', 4, 8), ' https://example.org/a ', '')).toBe('[here](https://example.org/a)'));
  it('an address alone is itself', () => expect(markdownToPaste(state('see ', 4), 'https://example.org/', '')).toBe(null));
  it('rich text is Markdown', () => expect(markdownToPaste(state('', 0), 'a', '<b>a</b>')).toBe('**a**'));
  it('nothing is rich in code', () => expect(markdownToPaste(state('```\nx\n```', 5), 'a', '<b>a</b>')).toBe(null));
});

import {expect, test} from 'vitest';
import {linesFor, sourceBlocks, wordsOf} from './lines';

const text = '# A *title*\n\nFirst [link](/x/) words\ngo on.\n\n{% include box.html %}\n\n- one\n- two\n\nFirst link words\r\n\r\n{{ page.title }}\n';

test('lines with words are blocks', () => {
  expect(sourceBlocks(text)).toEqual([
    {line: 1, words: 'Atitle'},
    {line: 3, words: 'Firstlinkwords'},
    {line: 4, words: 'goon'},
    {line: 8, words: 'one'},
    {line: 9, words: 'two'},
    {line: 11, words: 'Firstlinkwords'},
  ]);
});

test('blocks of the page are found from top to bottom, each line once', () => {
  const page = ['A title', 'First link words go on.', 'From a template', 'one', 'two', 'First link words', 'First link words'];
  expect(linesFor(sourceBlocks(text), page.map(wordsOf))).toEqual([1, 3, null, 8, 9, 11, null]);
});

test('any script has words', () => expect(sourceBlocks('سلام، **دنیا**!\n地図')).toEqual([{line: 1, words: 'سلامدنیا'}, {line: 2, words: '地図'}]));

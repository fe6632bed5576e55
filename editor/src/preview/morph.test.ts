import {expect, it} from 'vitest';
import {lineAtTop, topOfLine, type Block} from './morph';

const blocks: Block[] = [{line: 1, top: 100}, {line: 5, top: 200}, {line: 9, top: 600}];

it('a line has its place in the page, also between blocks', () => {
  expect(topOfLine(blocks, 5)).toBe(200);
  expect(topOfLine(blocks, 3)).toBe(150);
  expect(topOfLine(blocks, 20)).toBe(600);
  expect(topOfLine([], 3)).toBeNull();
  expect(topOfLine([{line: 4, top: 50}], 2)).toBe(0);
});

it('a place in the page has its line', () => {
  expect(lineAtTop(blocks, 200)).toBe(5);
  expect(lineAtTop(blocks, 400)).toBe(7);
  expect(lineAtTop(blocks, 0)).toBe(1);
  expect(lineAtTop([], 10)).toBeNull();
});

import {expect, test} from 'vitest';
import type {Row} from './rows';
import {Selection} from './selection.svelte';

const rows = ['a', 'b', 'c', 'd', 'e'].map((path) => ({path}) as Row);
const paths = (selection: Selection) => selection.rows.map((row) => row.path).sort().join('');

test('a range goes from the last one to this one, either way', () => {
  const selection = new Selection(10);
  selection.toggle(rows[3]!, rows);
  selection.toggle(rows[1]!, rows, true);
  expect(paths(selection)).toBe('bcd');
  selection.toggle(rows[2]!, rows);
  expect(paths(selection)).toBe('bd');
});

test('a range without a beginning is the row alone', () => {
  const selection = new Selection(10);
  selection.toggle(rows[2]!, rows, true);
  expect(paths(selection)).toBe('c');
});

test('more than fit are not taken, and it says so', () => {
  const selection = new Selection(3);
  selection.all(rows, true);
  expect([paths(selection), selection.isFull]).toEqual(['abc', true]);
  selection.all(rows, false);
  expect([selection.size, selection.isFull]).toEqual([0, false]);
});

test('what is read anew takes the place of what was chosen', () => {
  const selection = new Selection(10);
  selection.all(rows.slice(0, 2), true);
  selection.refresh([{path: 'a', blob: 'new'} as Row]);
  expect(selection.rows.map((row) => row.blob)).toEqual(['new', undefined]);
});

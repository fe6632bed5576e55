import {expect, test} from 'vitest';
import {amongPaths, askedOf, changed, filtersOf, inAddresses, isNarrowed, queryOf, searchOf, sortOf} from './asked';
import type {Kind} from './kinds';

const posts: Kind = {list: 'posts', schema: 'posts', search: 'in:posts -is:draft', area: 'content'};
const pages: Kind = {list: 'pages', schema: 'pages', search: 'in:pages', area: 'content'};
const asked = (query: string) => askedOf(new URLSearchParams(query));
const now = new Date('2026-03-04T05:06:07.890Z');

test('an address says what is asked for, and back', () => {
  const whole = 'q=map&state=future&tag=a&category=b&year=2025&author=Linh&sort=-title&cursor=x&before=50';
  const again = new URLSearchParams(queryOf(asked(whole)));
  expect(Object.fromEntries(again)).toEqual(Object.fromEntries(new URLSearchParams(whole)));
});

test('what an address cannot mean is left out', () => {
  const odd = asked('state=gone&year=20x5&sort=-body&before=-3');
  expect(odd).toEqual(asked(''));
  expect(isNarrowed(odd)).toBe(false);
});

test('another filter begins at the first page', () => {
  expect(changed(asked('cursor=x&before=50'), {tag: 'a'})).toEqual(asked('tag=a'));
});

test('posts come newest first, and pages by title', () => {
  expect(sortOf(posts, asked(''))).toBe('-date');
  expect(sortOf(pages, asked(''))).toBe('title');
  expect(sortOf(posts, asked('sort=author'))).toBe('author');
});

test('a year is from its first day up to the next one', () => {
  expect(filtersOf(posts, asked('year=2025'), now)).toEqual([
    ['filter[date][gte]', '2025-01-01'],
    ['filter[date][lt]', '2026-01-01'],
  ]);
});

test('states are asked for by the minute, so that the list is known again', () => {
  expect(filtersOf(posts, asked('state=future'), now)).toEqual([['filter[date][gt]', '2026-03-04T05:06:00Z']]);
  expect(filtersOf(posts, asked('state=published'), now).at(-1)).toEqual(['filter[date][lte]', '2026-03-04T05:06:00Z']);
  expect(filtersOf(pages, asked('state=published'), now)).toEqual([['filter[published][ne]', 'false']]);
});

test('a comma in a path is no end of it', () => {
  expect(amongPaths(['a,b.md', 'c\\d.md'])).toEqual(['filter[path][in]', 'a\\,b.md,c\\\\d.md']);
});

test('paths that no address holds are asked for in several', () => {
  const paths = Array.from({length: 50}, (_, n) => `_posts/${n}-${'پ'.repeat(60)}.md`);
  const parts = inAddresses(paths);
  expect(parts.flat()).toEqual(paths);
  expect(parts.length).toBeGreaterThan(3);
  expect(Math.max(...parts.map((part) => new URLSearchParams([amongPaths(part)]).toString().length))).toBeLessThan(6000);
  expect(inAddresses([])).toEqual([]);
});

test('a search is of its kind, with tags of several words in quotes', () => {
  expect(searchOf(posts, asked('q= harb &tag=two words&category=c'))).toBe('in:posts -is:draft tag:"two words" category:c harb');
});

test('a search of more words than the server takes is none', () => {
  expect(searchOf(posts, asked(`q=${'a '.repeat(20)}`))).toBeUndefined();
  expect(searchOf(posts, asked(`q=${'پ'.repeat(600)}`))).toBeUndefined();
});

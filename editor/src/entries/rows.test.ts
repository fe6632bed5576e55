import {expect, test} from 'vitest';
import type {Kind} from './kinds';
import {dayOf, momentOf, rowOf, type Shown} from './rows';

const posts: Kind = {list: 'posts', schema: 'posts', search: '', area: 'content'};
const drafts: Kind = {...posts, list: 'drafts'};
const now = Date.parse('2026-01-01T00:00:00Z');
const derived = {title: 'T', date: '2025-07-14 00:00:00 -0300', is_draft: false, is_public: true};
const shown = (more: Partial<Shown> = {}): Shown => ({path: '_posts/2025-07-14-x.md', name: '2025-07-14-x', blob: 'b', front_matter: {}, derived, problems: [], ...more});
const state = (kind: Kind, more: Partial<Shown>) => rowOf(kind, shown(more), '', now).state;

test('moments as the API has them', () => {
  expect(momentOf('2025-07-14 10:20:30 -0330')).toBe(Date.parse('2025-07-14T13:50:30Z'));
  expect(momentOf('2025-07-14')).toBe(Date.parse('2025-07-14T00:00:00Z'));
  expect(momentOf('2025-07-14 10:20:30')).toBe(Date.parse('2025-07-14T10:20:30Z'));
  expect(momentOf('soon')).toBeNaN();
});

test('whether visitors see it, and why not', () => {
  const hidden = {...derived, is_public: false};
  expect(state(posts, {})).toBe('published');
  expect(state(drafts, {derived: {...hidden, is_draft: true}})).toBe('draft');
  expect(state(posts, {derived: {...hidden, date: '2026-02-01 00:00:00 +0000'}})).toBe('future');
  expect(state(posts, {derived: hidden, front_matter: {published: false}})).toBe('unpublished');
  expect(state(posts, {derived: hidden, front_matter: {unpublish: '2025-12-31 00:00:00 +0000'}})).toBe('unpublished');
  expect(state(posts, {derived: hidden})).toBe('hidden');
  expect(state(posts, {problems: [{severity: 'error', path: 'x', line: 1, column: 1, message: 'odd'}]})).toBe('problem');
  expect(state(posts, {problems: [{severity: 'warning', path: 'x', line: 1, column: 1, message: 'odd'}]})).toBe('published');
});

test('tags and authors in any form', () => {
  const row = (front_matter: Record<string, unknown>) => rowOf(posts, shown({front_matter}), 'The office', now);
  expect(row({tags: 'a b'}).tags).toEqual(['a', 'b']);
  expect(row({tags: ['a b', 3]}).tags).toEqual(['a b', '3']);
  expect(row({}).author).toBe('The office');
  expect(row({author: {name: 'Linh'}}).author).toBe('Linh');
  expect(row({author: ['Linh', {name: 'Petra'}]}).author).toBe('Linh, Petra');
});

test('a row without a title goes by its file', () => {
  expect(rowOf(posts, shown({derived: {...derived, title: ''}})).title).toBe('2025-07-14-x.md');
});

test('a day is the day of the site, wherever the viewer is', () => {
  const format = (when: Date, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', options).format(when);
  expect(dayOf(rowOf(posts, shown()), format)).toBe('14 Jul 2025');
  const timed = shown({front_matter: {date: '2025-07-14 23:30:00 -0300'}, derived: {...derived, date: '2025-07-14 23:30:00 -0300'}});
  expect(dayOf(rowOf(posts, timed), format)).toBe('14 Jul 2025, 23:30');
});

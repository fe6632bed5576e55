import {expect, test} from 'vitest';
import {defaultAuthor, isReviewed, labelsIn, labelTitle} from './config';
import type {Kind} from './kinds';

const posts: Kind = {list: 'posts', schema: 'posts', search: '', area: 'content'};

test('collections as a list and as a map, but for those that have screens', () => {
  expect(labelsIn({collections: ['recipes', 'posts', 'speakers']})).toEqual(['recipes']);
  expect(labelsIn({collections: {tools: {output: true}, books: null}})).toEqual(['books', 'tools']);
  expect(labelsIn({collections: 'odd'})).toEqual([]);
  expect(labelsIn({})).toEqual([]);
});

test('labels as people read them', () => {
  expect(labelTitle('how_tos')).toBe('How tos');
});

test('the author by default is that of the whole kind, the last that is said', () => {
  const defaults = [
    {scope: {path: ''}, values: {author: 'All'}},
    {scope: {path: '', type: 'posts'}, values: {author: 'Posts'}},
    {scope: {path: 'old', type: 'posts'}, values: {author: 'Old'}},
    {scope: {path: '', type: 'pages'}, values: {author: 'Pages'}},
  ];
  expect(defaultAuthor({defaults}, posts)).toBe('Posts');
  expect(defaultAuthor({}, posts)).toBe('');
});

test('approvals are wanted of all, but of admins who may go round them', () => {
  expect(isReviewed({}, false)).toBe(false);
  expect(isReviewed({stet: null}, false)).toBe(false);
  expect(isReviewed({stet: {review: null}}, false)).toBe(false);
  expect(isReviewed({stet: {review: {approvals: null}}}, false)).toBe(false);
  expect(isReviewed({stet: {review: {approvals: 0}}}, false)).toBe(false);
  expect(isReviewed({stet: {review: 'yes'}}, false)).toBe(true);
  expect(isReviewed({stet: {review: {approvals: 2}}}, true)).toBe(true);
  expect(isReviewed({stet: {review: {approvals: 'two'}}}, false)).toBe(true);
  expect(isReviewed({stet: {review: {approvals: 1, admins_bypass: true}}}, true)).toBe(false);
  expect(isReviewed({stet: {review: {approvals: 1, admins_bypass: true}}}, false)).toBe(true);
});

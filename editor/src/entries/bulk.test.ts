import {expect, test} from 'vitest';
import {addTag, placeOfPost, publish, remove, removeTag, unpublish} from './bulk';
import type {Kind} from './kinds';
import {rowOf} from './rows';

const posts: Kind = {list: 'posts', schema: 'posts', search: '', area: 'content'};
const drafts: Kind = {...posts, list: 'drafts', area: 'drafts'};
const recipes: Kind = {...posts, list: 'collections/recipes', label: 'recipes'};
const row = (front_matter: Record<string, unknown>, path = '_posts/2025-07-14-x.md') =>
  rowOf(posts, {path, name: 'x', blob: 'b1', front_matter, derived: {title: 'X', date: '2025-07-14 00:00:00 +0000', is_draft: false, is_public: true}});
const when = {sample: '_posts/2024-01-01-a.md', today: '2026-05-06', now: Date.parse('2026-05-06T00:00:00Z')};
const named = {resource: 'posts', name: 'x', if_match: 'b1'};

test('a tag is added to a list as one more item, and where there is none as a list', () => {
  expect(addTag(posts, [row({tags: ['a']}), row({tags: ['n']}), row({tags: 'a b'}), row({})], 'n')).toEqual([
    {action: 'patch', ...named, json_patch: [{op: 'add', path: '/front_matter/tags/-', value: 'n'}]},
    {action: 'patch', ...named, json_patch: [{op: 'add', path: '/front_matter/tags', value: ['a', 'b', 'n']}]},
    {action: 'patch', ...named, json_patch: [{op: 'add', path: '/front_matter/tags', value: ['n']}]},
  ]);
});

test('a tag is taken out by its place, from behind, and the last one with its key', () => {
  expect(removeTag(posts, [row({tags: ['n', 'a', 'n']}), row({tags: ['n']}), row({tags: 'n a'}), row({tags: ['a']})], 'n').map((action) => action.json_patch)).toEqual([
    [{op: 'remove', path: '/front_matter/tags/2'}, {op: 'remove', path: '/front_matter/tags/0'}],
    [{op: 'remove', path: '/front_matter/tags'}],
    [{op: 'replace', path: '/front_matter/tags', value: 'a'}],
  ]);
});

test('a draft becomes a post where the others are', () => {
  const draft = row({published: false}, '_drafts/thanks.md');
  expect(publish(drafts, [draft], when)).toEqual([
    {action: 'move', resource: 'drafts', name: 'x', if_match: 'b1', to: '_posts/2025-07-14-thanks.md', front_matter: {published: null}},
  ]);
  expect(placeOfPost({path: '_drafts/2020-01-02-a.md'}, '2026-05-06', '')).toBe('_posts/2026/05/2026-05-06-a.md');
});

test('publishing takes away what hides, and does nothing with what is seen', () => {
  const rows = [row({published: false}), row({unpublish: '2026-01-01'}), row({unpublish: '2027-01-01'}), row({})];
  expect(publish(posts, rows, when).map((action) => action.front_matter)).toEqual([{published: null}, {unpublish: null}]);
  expect(unpublish(posts, rows)).toHaveLength(3);
});

test('entries of collections are named by their label', () => {
  expect(remove(recipes, [row({})])).toEqual([{action: 'delete', resource: 'collections', label: 'recipes', name: 'x', if_match: 'b1'}]);
});

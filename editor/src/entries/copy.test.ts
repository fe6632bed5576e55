import {expect, test} from 'vitest';
import {copyOf} from './copy';
import type {Kind} from './kinds';

const pages: Kind = {list: 'pages', schema: 'pages', search: '', area: 'content'};
const entry = {kind: 'page', name: 'a', self: '', front_matter: {title: 'A', tags: ['x'], permalink: '/a/', redirect_from: ['/b/'], date: '2020-01-01'}, body: 'Text\n'};

test('a copy has no address and no date of the original, and nobody sees it yet', () => {
  expect(copyOf(pages, entry, 'A (copy)')).toEqual({front_matter: {title: 'A (copy)', tags: ['x'], published: false}, body: 'Text\n'});
  expect(copyOf({...pages, list: 'drafts'}, entry, 'B').front_matter).toEqual({title: 'B', tags: ['x']});
});

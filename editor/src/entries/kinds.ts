// The kinds of entries that have a list: posts, drafts, pages, and the site's own collections.
import {href} from '../app/router.svelte';
import type {Area} from '../api/session.svelte';

export interface Kind {
  list: string; // below the API's root, and in the editor's addresses: "posts", "collections/recipes"
  schema: string; // its key among /schemas
  search: string; // what narrows a search to it
  area: Area;
  label?: string; // of a collection
}

const own: Record<string, Kind> = {
  posts: {list: 'posts', schema: 'posts', search: 'in:posts -is:draft', area: 'content'},
  drafts: {list: 'drafts', schema: 'drafts', search: 'in:posts is:draft', area: 'drafts'},
  pages: {list: 'pages', schema: 'pages', search: 'in:pages', area: 'content'},
};

export const collection = (label: string): Kind => ({
  list: `collections/${label}`,
  schema: label,
  search: `in:${label}`,
  area: 'content',
  label,
});

// Of an address's segments: ['posts'], ['collections', 'recipes']. Nothing: there is no such kind.
export function kindAt(segments: string[]): Kind | undefined {
  const [first = 'posts', label] = segments;
  if (first === 'collections') return label ? collection(label) : undefined;
  return own[first];
}

// Of what the API calls an entry: {kind: "post", self: "/api/v1/posts/x"}.
export const kindOf = (entry: {self: string}): Kind | undefined =>
  kindAt(entry.self.replace(/^\/api\/v1\//, '').split('/').map(decodeURIComponent));

export const editHref = (kind: Kind, name: string): string => href(['edit', kind.list, name]);

// What a list is asked for, as the address has it and as the API has it.
import type {Kind} from './kinds';

export const states = ['published', 'future', 'unpublished', 'problem'] as const;
export type State = (typeof states)[number];

export interface Asked {
  q: string;
  tag: string;
  category: string;
  year: string;
  author: string;
  state: State | '';
  sort: string; // "-date"; "": the kind's own
  cursor: string;
  before: number; // how many rows stand before this page: for people, the server goes by the cursor
}

export const everything: Asked = {q: '', tag: '', category: '', year: '', author: '', state: '', sort: '', cursor: '', before: 0};

export const filterNames = ['state', 'tag', 'category', 'year', 'author'] as const;
export const pageSize = 50;
const searchWords = 16; // that a search may have, and its bytes
const searchBytes = 1000;

export const sortOf = (kind: Kind, asked: Asked): string =>
  asked.sort || (kind.list === 'posts' || kind.list === 'drafts' ? '-date' : 'title');

export function askedOf(query: URLSearchParams): Asked {
  const word = (name: string) => query.get(name) ?? '';
  const state = states.find((one) => one === word('state')) ?? '';
  const before = Number.parseInt(word('before'), 10);
  return {
    q: word('q'),
    tag: word('tag'),
    category: word('category'),
    year: /^\d{4}$/.test(word('year')) ? word('year') : '',
    author: word('author'),
    state,
    sort: /^-?(title|date|author)$/.test(word('sort')) ? word('sort') : '',
    cursor: word('cursor'),
    before: before > 0 ? before : 0,
  };
}

// For the address; what is empty is left out of it.
export const queryOf = (asked: Asked): Record<string, string> => ({
  ...Object.fromEntries((['q', ...filterNames, 'sort', 'cursor'] as const).map((name) => [name, asked[name]])),
  before: asked.before ? String(asked.before) : '',
});

export const isNarrowed = (asked: Asked): boolean => asked.q.trim() !== '' || filterNames.some((name) => asked[name] !== '');

// The same list with another filter begins at its first page.
export const changed = (asked: Asked, change: Partial<Asked>): Asked => ({...asked, cursor: '', before: 0, ...change});

type Pairs = [string, string][];
const escaped = (text: string): string => text.replace(/[\\,]/g, '\\$&');

// Of a list, but for what is broken, which paths say: `now` is cut to the minute, so that the server knows the list again.
export function filtersOf(kind: Kind, asked: Asked, now = new Date()): Pairs {
  const pairs: Pairs = [];
  const moment = `${now.toISOString().slice(0, 16)}:00Z`;
  if (asked.tag) pairs.push(['filter[tags]', asked.tag]);
  if (asked.category) pairs.push(['filter[categories]', asked.category]);
  if (asked.author) pairs.push(['filter[author]', asked.author]);
  if (asked.year) pairs.push(['filter[date][gte]', `${asked.year}-01-01`], ['filter[date][lt]', `${Number(asked.year) + 1}-01-01`]);
  if (asked.state === 'published') {
    pairs.push(['filter[published][ne]', 'false']);
    if (kind.list === 'posts') pairs.push(['filter[date][lte]', moment]);
  }
  if (asked.state === 'future') pairs.push(['filter[date][gt]', moment]);
  if (asked.state === 'unpublished') pairs.push(['filter[published]', 'false']);
  return pairs;
}

export const amongPaths = (paths: string[]): [string, string] => ['filter[path][in]', paths.map(escaped).join(',')];

const pathsBytes = 5_000; // of an address, which may have 8 kB in all

// In as many parts as there must be addresses: each letter of another script takes six signs.
export function inAddresses(paths: string[]): string[][] {
  const parts: string[][] = [];
  let left = 0;
  for (const path of paths) {
    const size = encodeURIComponent(escaped(path)).length + 3;
    if (left < size) {
      parts.push([]);
      left = pathsBytes;
    }
    parts.at(-1)!.push(path);
    left -= size;
  }
  return parts;
}

// Of a search: words as they are typed, in the kind alone. Undefined: there are too many of them.
export function searchOf(kind: Kind, asked: Asked): string | undefined {
  const quoted = (word: string) => (/\s/.test(word) ? `"${word.replace(/"/g, '')}"` : word);
  const parts = [kind.search];
  if (asked.tag) parts.push(`tag:${quoted(asked.tag)}`);
  if (asked.category) parts.push(`category:${quoted(asked.category)}`);
  const all = `${parts.join(' ')} ${asked.q.trim()}`;
  const isTooLong = all.split(/\s+/).length > searchWords || new TextEncoder().encode(all).length > searchBytes;
  return isTooLong ? undefined : all;
}

// What lists ask the server for. Filters have names of their own (filter[date][gte]), so that these addresses are put together here.
import type {components} from '$schema';
import {apiRoot, ask, read} from '../api/asking';
import {amongPaths, filtersOf, inAddresses, pageSize, searchOf, sortOf, type Asked} from './asked';
import {defaultAuthor} from './config';
import type {Kind} from './kinds';
import {expand, fields, rowOf, type Row, type Shown} from './rows';
import {site} from './site.svelte';

export type List = components['schemas']['EntryList'];
type Found = components['schemas']['SearchAnswer'];

export interface Listed {
  rows: Row[];
  total: number;
  isMore: boolean; // there are more than were counted
  next: string;
  prev: string;
}

export const pathOf = (kind: Kind, name?: string): string =>
  `${apiRoot}/${kind.list.split('/').map(encodeURIComponent).join('/')}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;

export const json = async <T>(address: string, init?: RequestInit): Promise<T> => (await (await ask(address, init)).json()) as T;

export const withQuery = (address: string, pairs: [string, string][]): string =>
  `${address}?${new URLSearchParams(pairs.filter(([, value]) => value !== ''))}`;

const answerMost = 200; // entries of one answer

async function pathsWithProblems(): Promise<string[]> {
  const found = await read('/problems');
  const paths = found.items.filter((problem) => problem.severity === 'error').map((problem) => problem.path);
  return [...new Set(paths)].slice(0, answerMost);
}

// `among`: the paths of what was searched for, if anything was. Of paths there is no paging: there are as many as one answer has, at most.
async function listPage(kind: Kind, asked: Asked, sort: string, signal?: AbortSignal, among?: string[]): Promise<List> {
  const broken = asked.state === 'problem' ? await pathsWithProblems() : undefined;
  const paths = broken && among ? among.filter((path) => broken.includes(path)) : (broken ?? among);
  const filters: [string, string][] = [...filtersOf(kind, asked), ['sort', sort], ['fields', fields], ['expand', expand]];
  const page = (more: [string, string][]) => json<List>(withQuery(pathOf(kind), [...filters, ...more]), {...(signal ? {signal} : {})});
  if (!paths) return page([['limit', String(pageSize)], ['cursor', asked.cursor]]);
  const found = await Promise.all(inAddresses(paths).map((part) => page([amongPaths(part), ['limit', String(answerMost)]])));
  const items = found.flatMap((part) => part.items);
  return {items, total: items.length, next: null, prev: null};
}

const rowsOf = (kind: Kind, items: Shown[]): Row[] =>
  items.map((shown) => rowOf(kind, shown, defaultAuthor(site.config, kind)));

// The words find entries, the best first; the list says what they are, and which of them pass the other filters.
async function search(kind: Kind, asked: Asked, words: string, signal: AbortSignal): Promise<Listed> {
  const pairs: [string, string][] = [['q', words], ['limit', String(pageSize)], ['cursor', asked.cursor], ['fields', 'path,title_parts,snippet']];
  const found = await json<Found>(withQuery(`${apiRoot}/search`, pairs), {signal});
  const hits = new Map(found.items.map((hit) => [hit.path ?? '', hit]));
  const others = {...asked, tag: '', category: ''};
  const page = await listPage(kind, others, 'path', signal, [...hits.keys()]);
  const rows = new Map(rowsOf(kind, page.items).map((row) => [row.path, row]));
  const ordered = [...hits].flatMap(([path, hit]) => {
    const row = rows.get(path);
    return row ? [{...row, titleParts: hit.title_parts, snippet: hit.snippet}] : [];
  });
  // How many of those on other pages pass the filters that a search does not know, nobody has counted.
  const isUncounted = asked.year !== '' || asked.author !== '' || asked.state !== '';
  const next = found.next ?? '';
  return {
    rows: ordered,
    total: isUncounted ? ordered.length : found.total,
    isMore: isUncounted ? next !== '' || asked.cursor !== '' : found.is_more,
    next,
    prev: '',
  };
}

// Undefined: the words are too many to be searched for.
export async function list(kind: Kind, asked: Asked, signal: AbortSignal): Promise<Listed | undefined> {
  await site.load();
  if (asked.q.trim()) {
    const words = searchOf(kind, asked);
    return words === undefined ? undefined : search(kind, asked, words, signal);
  }
  const page = await listPage(kind, asked, sortOf(kind, asked), signal);
  return {rows: rowsOf(kind, page.items), total: page.total, isMore: false, next: page.next ?? '', prev: page.prev ?? ''};
}

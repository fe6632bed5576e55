// What filters offer, and how many entries each would leave. Loaded after the list, which does not wait for it.
import {apiRoot} from '../api/asking';
import {everything, filtersOf, type Asked} from './asked';
import {json, pathOf, withQuery, type List} from './calls';
import {defaultAuthor} from './config';
import type {Kind} from './kinds';
import {site} from './site.svelte';

// How many a filter would leave; at its sort's end the first of them.
async function one(kind: Kind, asked: Partial<Asked>, sort = 'path', more: [string, string][] = []) {
  const pairs: [string, string][] = [...more, ...filtersOf(kind, {...everything, ...asked}), ['sort', sort], ['limit', '1'], ['fields', 'path,derived'], ['expand', 'derived']];
  return json<List>(withQuery(pathOf(kind), pairs));
}

export interface Choice {
  value: string;
  count: number;
}
export type Choices = Record<'tag' | 'category' | 'year' | 'author', Choice[]>;

interface Tallied {
  properties?: Record<string, {'x-stet'?: {values?: {value: unknown; count: number}[]}}>;
}

const valuesOf = (schema: Tallied, ...names: string[]): Choice[] => {
  const counts = new Map<string, number>();
  for (const name of names) {
    for (const {value, count} of schema.properties?.[name]?.['x-stet']?.values ?? []) {
      if (typeof value === 'string') counts.set(value, (counts.get(value) ?? 0) + count);
    }
  }
  return [...counts].map(([value, count]) => ({value, count}));
};

const yearsAtOnce = 8;

// Each year that has entries, the newest first. Where they lie far apart, what is between them is not asked for year by year.
async function spread(kind: Kind, from: number, to: number): Promise<Choice[]> {
  if (to - from < yearsAtOnce) {
    const years = Array.from({length: to - from + 1}, (_, n) => String(to - n));
    const pages = await Promise.all(years.map((year) => one(kind, {year})));
    return years.map((value, n) => ({value, count: pages[n]!.total})).filter(({count}) => count > 0);
  }
  const {total} = await one(kind, {}, 'path', [['filter[date][gte]', `${from}-01-01`], ['filter[date][lt]', `${to + 1}-01-01`]]);
  if (total === 0) return [];
  const middle = Math.floor((from + to) / 2);
  return (await Promise.all([spread(kind, middle + 1, to), spread(kind, from, middle)])).flat();
}

async function yearsOf(kind: Kind): Promise<Choice[]> {
  if (kind.list !== 'posts') return [];
  const [first, last] = await Promise.all([one(kind, {}, 'date'), one(kind, {}, '-date')]);
  const yearIn = (page: List) => Number.parseInt(page.items[0]?.derived?.date ?? '', 10);
  const from = yearIn(first), to = yearIn(last);
  return Number.isNaN(from) || Number.isNaN(to) ? [] : spread(kind, from, to);
}

// By name, with how many entries each leaves. The authors' counts are the list's own: defaults of the site name some.
export async function choicesOf(kind: Kind): Promise<Choices> {
  await site.load();
  const schema = await json<Tallied>(`${apiRoot}/schemas/${encodeURIComponent(kind.schema)}`).catch((): Tallied => ({}));
  const named = valuesOf(schema, 'author');
  const unnamed = defaultAuthor(site.config, kind);
  if (unnamed) {
    const {total} = await one(kind, {author: unnamed});
    const at = named.findIndex(({value}) => value === unnamed);
    named.splice(at < 0 ? named.length : at, at < 0 ? 0 : 1, {value: unnamed, count: total});
  }
  const byName = (all: Choice[]) => all.filter(({count}) => count > 0).sort((a, b) => a.value.localeCompare(b.value));
  return {
    tag: byName(valuesOf(schema, 'tags')),
    category: byName(valuesOf(schema, 'categories', 'category')),
    year: await yearsOf(kind),
    author: byName(named),
  };
}

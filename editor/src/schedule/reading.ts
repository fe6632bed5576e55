// The whole schedule, read from the API.
import {api, take, takeWhole} from '../api/client';
import {isProblem} from '../api/problem';
import {readChange} from '../changes/calls';
import {type Clash, clashOf, type Entry, type EventFacts, eventOf, type Person, type Session, sessionOf} from './model';
import type {InChange} from './plan.svelte';

const pageSize = 200, clashesMost = 1000;

export interface Read {
  event: EventFacts | null; // null: the site has no schedule yet
  sessions: Session[];
  people: Person[];
  clashes: Clash[];
  policy: 'refuse' | 'warn' | 'off';
}

async function pages(page: (cursor?: string) => Promise<{items: Entry[]; next: string | null}>): Promise<Entry[]> {
  const all: Entry[] = [];
  for (let cursor: string | undefined; ; ) {
    const {items, next} = await page(cursor);
    all.push(...items);
    if (!next) return all;
    cursor = next;
  }
}

async function readEvent(query: InChange): Promise<EventFacts | null> {
  try {
    const {data, etag} = await takeWhole(api.GET('/schedule/event', {params: {query}}));
    return eventOf(data as Record<string, unknown>, etag);
  } catch (error) {
    if (!isProblem(error, 404)) throw error;
    if (query.change) await readChange(query.change); // it may be the change that is gone
    return null;
  }
}

const personOf = (entry: Entry): Person => ({
  slug: entry.path!.replace(/^_speakers\//, '').replace(/\.[^.]+$/, ''),
  name: String((entry.front_matter as Record<string, unknown> | undefined)?.['name'] ?? entry.name),
  path: entry.path!, blob: entry.blob!,
});

export async function readSchedule(inChange: InChange): Promise<Read> {
  const event = await readEvent(inChange);
  if (!event) return {event, sessions: [], people: [], clashes: [], policy: 'warn'};
  const [entries, people, clashes] = await Promise.all([
    pages((cursor) => take(api.GET('/schedule/sessions', {params: {query: {limit: pageSize, expand: 'slots', sort: 'path', cursor, ...inChange}}}))),
    pages((cursor) => take(api.GET('/speakers', {params: {query: {limit: pageSize, sort: 'name', cursor, ...inChange}}}))),
    take(api.GET('/schedule/clashes', {params: {query: {limit: clashesMost, ...inChange}}})),
  ]);
  return {
    event, people: people.map(personOf), clashes: clashes.items.map((clash) => clashOf(clash)), policy: clashes.policy as Read['policy'],
    sessions: entries.map((entry) => sessionOf(entry, event.types)),
  };
}

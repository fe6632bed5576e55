// What somebody types, kept in this browser until it is saved: per person, entry and tab. A crash, a reload or a closed tab loses nothing.
//
// Each tab keeps its own, so that two never overwrite one another. Bounded: draftsMax of them, none older than draftDays.
import type {Fields} from './values';

export interface Draft {
  key: string; // who, where and which tab
  entry: string; // who and where
  tab: string;
  at: number;
  base: Text & {blob: string; shown: string};
  mine: Text;
  message: string;
}

export interface Text {
  fields: Fields;
  body: string;
}

export const draftsMax = 60, draftDays = 60;

let opened: Promise<IDBDatabase> | null = null;

function openOnce(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('stet', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('drafts', {keyPath: 'key'}).createIndex('entry', 'entry');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('another tab holds an older version of the drafts'));
  });
}

// A browser that is busy, or still closing what the last tab had open, may refuse at first, or say nothing: it is asked again after each of these
// milliseconds.
const pauses = [200, 1000, 4000];
const patience = 5000; // milliseconds for one answer

const within = <T>(answer: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('the browser\'s storage does not answer')), patience);
    answer.then(resolve, reject).finally(() => clearTimeout(late));
  });

async function openPatiently(): Promise<IDBDatabase> {
  for (const pause of pauses) {
    const found = await within(openOnce()).catch(() => null);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return within(openOnce());
}

function database(): Promise<IDBDatabase> {
  if (opened) return opened;
  const opening = openPatiently();
  const forget = () => {
    if (opened === opening) opened = null;
  };
  opening.then((found) => {
    found.onclose = forget; // by the browser itself: it is opened again when it is next wanted
    found.onversionchange = () => {
      found.close();
      forget();
    };
  }, forget);
  return (opened = opening);
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  within(
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    }),
  );

const store = async (mode: IDBTransactionMode): Promise<IDBObjectStore> =>
  (await database()).transaction('drafts', mode).objectStore('drafts');

// Plain data: what Svelte watches cannot be stored as it is.
export async function keepDraft(draft: Draft): Promise<void> {
  await done((await store('readwrite')).put(JSON.parse(JSON.stringify(draft)) as Draft));
}

export async function dropDraft(key: string): Promise<void> {
  await done((await store('readwrite')).delete(key));
}

// Of an entry, the newest first.
export async function draftsOf(entry: string): Promise<Draft[]> {
  const found = await done<Draft[]>((await store('readonly')).index('entry').getAll(entry));
  return found.sort((a, b) => b.at - a.at);
}

export async function draftAt(key: string): Promise<Draft | undefined> {
  return done<Draft | undefined>((await store('readonly')).get(key));
}

// Which of all are too old, or too many: the oldest.
export function outdated(all: {key: string; at: number}[], now: number): string[] {
  const byAge = [...all].sort((a, b) => b.at - a.at);
  return byAge.filter((draft, n) => n >= draftsMax || now - draft.at > draftDays * 86_400_000).map((draft) => draft.key);
}

export async function forgetOldDrafts(): Promise<void> {
  const all = await done<Draft[]>((await store('readonly')).getAll());
  for (const key of outdated(all, Date.now())) await dropDraft(key);
}

// One line of a list: what it is called, whether visitors see it, and why not.
import type {components} from '$schema';
import type {Kind} from './kinds';

export type Shown = components['schemas']['EntryShown'];
export type Parts = components['schemas']['TextParts'];
export type RowState = 'published' | 'draft' | 'future' | 'unpublished' | 'problem' | 'hidden';

export interface Row {
  path: string;
  name: string;
  blob: string;
  title: string;
  titleParts?: Parts | undefined; // of a search
  snippet?: Parts | undefined;
  date: string; // as the site's clock has it: "2025-07-14 00:00:00 -0300"; "": it has none
  isDayAlone: boolean;
  author: string;
  tags: string[];
  front: Record<string, unknown>;
  url: string;
  state: RowState;
  problem: string;
}

export const fields = 'path,name,blob,self,front_matter,url,derived,problems';
export const expand = 'url,derived,problems';

const texts = (value: unknown): string[] =>
  typeof value === 'string' ? value.split(/\s+/).filter(Boolean) : Array.isArray(value) ? value.map(String) : [];

const nameIn = (value: unknown): string =>
  Array.isArray(value) ? value.map(nameIn).filter(Boolean).join(', ')
  : typeof value === 'object' && value ? String((value as {name?: unknown}).name ?? '')
  : typeof value === 'string' || typeof value === 'number' ? String(value)
  : '';

// "2025-07-14 00:00:00 -0300", "2025-07-14": as moments; NaN for what is none.
export const momentOf = (date: string): number =>
  Date.parse(date.replace(/^(\S+) (\d\d:\d\d:\d\d)(?: ?([+-]\d\d):?(\d\d)| ?Z)?$/, (_, day, time, hours, minutes) =>
    `${day}T${time}${hours ? `${hours}:${minutes}` : 'Z'}`));

function stateOf(kind: Kind, shown: Shown, now: number): RowState {
  const front = shown.front_matter ?? {};
  if (shown.problems?.some((problem) => problem.severity === 'error')) return 'problem';
  if (kind.list === 'drafts' || shown.derived?.is_draft) return 'draft';
  if (shown.derived?.is_public) return 'published';
  if (front['published'] === false || momentOf(String(front['unpublish'] ?? '')) <= now) return 'unpublished';
  return momentOf(shown.derived?.date ?? '') > now ? 'future' : 'hidden';
}

// `author`: who is meant where an entry names nobody, by the site's defaults.
export function rowOf(kind: Kind, shown: Shown, author = '', now = Date.now()): Row {
  const front = (shown.front_matter ?? {}) as Record<string, unknown>;
  const isDated = kind.list === 'posts' || front['date'] !== undefined;
  const path = shown.path ?? '';
  return {
    path,
    name: shown.name ?? '',
    blob: shown.blob ?? '',
    title: shown.derived?.title || nameIn(front['title']) || path.split('/').pop()!,
    date: isDated ? (shown.derived?.date ?? '') : '',
    isDayAlone: !/\d:\d\d/.test(String(front['date'] ?? '')),
    author: nameIn(front['author']) || author,
    tags: texts(front['tags']),
    front,
    url: shown.url ?? '',
    state: stateOf(kind, shown, now),
    problem: shown.problems?.find((problem) => problem.severity === 'error')?.message ?? '',
  };
}

// The day, and the time where somebody has set one, by the site's clock and not the viewer's.
export function dayOf(row: Row, format: (when: Date, options: Intl.DateTimeFormatOptions) => string): string {
  const found = /^(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d:\d\d))?/.exec(row.date);
  if (!found) return '';
  const when = new Date(`${found[1]}T${found[2] ?? '00:00:00'}Z`);
  return format(when, {dateStyle: 'medium', timeZone: 'UTC', ...(row.isDayAlone || !found[2] ? {} : {timeStyle: 'short'})});
}

// What the screen of an entry asks of the server: the API's own calls, with what they answer in the shape that a form needs.
import type {components} from '$schema';
import {api, apiRoot, ask, take} from '../api/client';
import {Problem} from '../api/problem';
import {session} from '../api/session.svelte';
import {isReviewed} from '../entries/config';
import type {Text} from './drafts';
import {apiPath, schemaKey, type EntryPlace} from './place';
import type {Schema} from './fields';
import {patchOf, type Fields} from './values';

export type ContentProblem = components['schemas']['ContentProblem'];
export type CommitAnswer = components['schemas']['CommitAnswer'];
type Action = components['schemas']['Action'];

// An entry as it was at some moment. Where `isWhole`, the fields are none and the body is the whole file.
export interface Version extends Text {
  blob: string;
  path: string;
  url: string | null;
  problems: ContentProblem[];
  isWhole: boolean;
  isText: boolean; // else it is no UTF-8, and no text to be edited
  title: string;
}

interface Shown {
  path?: string;
  blob?: string;
  url?: string | null;
  front_matter?: Fields;
  body?: string;
  content?: string;
  problems?: ContentProblem[];
  derived?: {title?: string};
}

const nameOfPath = (path: string): string => path.split('/').pop() ?? path;

export function versionOf(entry: Shown, before?: Version): Version {
  const isWhole = entry.front_matter === undefined;
  const title = entry.front_matter?.['title'];
  const path = entry.path ?? before?.path ?? '';
  return {
    blob: entry.blob ?? '',
    path,
    url: entry.url ?? null,
    problems: entry.problems ?? [],
    isWhole,
    isText: !isWhole || entry.content !== undefined,
    title: typeof title === 'string' && title ? title : entry.derived?.title || nameOfPath(path),
    fields: entry.front_matter ?? {},
    body: (isWhole ? entry.content : entry.body) ?? '',
  };
}

const isBroken = (entry: Shown): boolean =>
  Object.keys(entry.front_matter ?? {}).length === 0 && (entry.problems ?? []).some((problem) => problem.severity === 'error' && !problem.pointer);

async function shownAt(path: string, change: string, expand: string): Promise<Shown> {
  const query = new URLSearchParams({...(expand && {expand}), ...(change && {change})});
  return (await (await ask(`${apiRoot}${path}?${query}`, {cache: 'no-store'})).json()) as Shown;
}

const filePath = (path: string): string => `/files/${path.split('/').map(encodeURIComponent).join('/')}`;

// Broken fields, and bytes that are no text, are read as the file that they are in.
export async function readVersion(place: EntryPlace, asWhole: boolean): Promise<Version> {
  const entry = await shownAt(apiPath(place), place.change, place.kind === 'files' ? 'url,problems' : 'url,problems,derived');
  const isOdd = JSON.stringify([entry.front_matter, entry.body]).includes('\ufffd');
  if (place.kind === 'files' || !(asWhole || isOdd || isBroken(entry))) return versionOf(entry);
  const file = await shownAt(filePath(entry.path!), place.change, 'problems');
  if (isOdd && !asWhole && file.content !== undefined) return versionOf(entry);
  return {...versionOf({...file, url: entry.url ?? null, derived: entry.derived ?? {}, problems: file.problems ?? entry.problems ?? []})};
}

// The fields that the site declares for it, or that its like have; null: nothing is known of them.
export async function readSchema(place: EntryPlace): Promise<Schema | null> {
  const key = schemaKey(place);
  if (!key) return null;
  try {
    return (await (await ask(`${apiRoot}/schemas/${key.split('/').map(encodeURIComponent).join('/')}`)).json()) as Schema;
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}

// What makes `mine` of `base`: nothing but what differs; null: nothing does.
export function actionOf(base: Version, mine: Text): Action | null {
  if (base.isWhole) return mine.body === base.body ? null : {action: 'update', path: base.path, content: mine.body};
  const patch = patchOf(base.fields, mine.fields);
  if (!patch && mine.body === base.body) return null;
  return {action: 'patch', path: base.path, ...(patch && {front_matter: patch}), ...(mine.body !== base.body && {body: mine.body})};
}

export interface Commit {
  base: Version;
  mine: Text;
  change: string;
  message?: string;
  key?: string; // for sending it again
  isDryRun?: boolean;
  signal?: AbortSignal;
}

// Done, merged with what others have saved meanwhile, or thrown: a Problem of kind "merge-conflict" where both changed the same.
export function commit({base, mine, change, message, key, isDryRun, signal}: Commit): Promise<CommitAnswer> {
  const action = actionOf(base, mine) ?? {action: 'patch' as const, path: base.path, front_matter: {}};
  return take(
    api.POST('/commits', {
      params: {
        query: {on_stale: 'merge', ...(isDryRun && {dry_run: true}), ...(change && {change})},
        header: {Prefer: 'wait', ...(key && {'Idempotency-Key': `"${key}"`})},
      },
      body: {...(message && {message}), actions: [{...action, if_match: base.blob}]},
      ...(signal && {signal}),
    }),
  );
}

// The entry as the answer to a commit has it.
export function savedVersion(answer: CommitAnswer, before: Version): Version {
  const done = answer.actions[0];
  const entry = (done?.entry ?? {}) as Shown;
  return versionOf({...entry, blob: entry.blob ?? done?.etag?.replaceAll('"', '') ?? before.blob, problems: answer.problems}, before);
}

export interface Shot {
  path: string;
  url: string | null;
  page: string | null; // its whole HTML; null: there is none, or it failed
  problems: ContentProblem[];
}

// A draft has no page yet: what is shown is the post that it would be.
const isDraft = ({path, isWhole}: Version): boolean => !isWhole && /(^|\/)_drafts\//.test(path);

export function preview(base: Version, mine: Text, change: string, signal: AbortSignal): Promise<Shot> {
  const action =
    isDraft(base) ? {action: 'create', resource: 'posts', front_matter: mine.fields, body: mine.body}
    : (actionOf(base, mine) ?? {action: 'patch' as const, path: base.path, front_matter: {}});
  // The document says no more of front_matter than that it is an object.
  const body = action as components['schemas']['Unsaved'] & Record<string, never>;
  return take(api.POST('/preview', {params: {query: {...(change && {change})}}, body, signal}));
}

export interface SiteFacts {
  address: string; // of what is live, without a slash at its end; '': nobody knows
  zone: string;
  isReviewed: boolean; // what readers see changes by approved changes alone
}

export async function readSite(): Promise<SiteFacts> {
  const [status, config] = await Promise.all([
    take(api.GET('/status')).catch(() => null),
    take(api.GET('/config')).catch(() => null) as Promise<Fields | null>,
  ]);
  return {
    address: (status?.live?.url ?? '').replace(/\/+$/, ''),
    zone: typeof config?.['timezone'] === 'string' ? config['timezone'] : 'UTC',
    isReviewed: isReviewed(config ?? {}, session.isAdmin),
  };
}

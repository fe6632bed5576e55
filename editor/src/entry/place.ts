// Which entry an address names, and where the API has it.
import {href} from '../app/router.svelte';

export const kinds = ['posts', 'drafts', 'pages', 'collections', 'schedule/sessions', 'speakers', 'files'] as const;
export type Kind = (typeof kinds)[number];

export interface EntryPlace {
  kind: Kind;
  label: string; // of a collection; else ''
  name: string;
  change: string; // the id of the unpublished change in which it is edited; '': what is live
}

// ['collections', 'recipes', 'soup']: null where that names nothing.
export function entryPlaceOf(rest: string[], query: URLSearchParams): EntryPlace | null {
  const kind = kinds.find((one) => one.split('/').every((part, n) => part === rest[n]));
  if (!kind) return null;
  const after = rest.slice(kind.split('/').length);
  const label = kind === 'collections' ? (after.shift() ?? '') : '';
  const name = after.join('/');
  if (!name || (kind === 'collections' && !label)) return null;
  return {kind, label, name, change: query.get('change') ?? ''};
}

const segments = ({kind, label, name}: EntryPlace): string[] => [kind, ...(label ? [label] : []), name];

// Below the API's root: '/posts/2025-09-02-x'.
export const apiPath = (place: EntryPlace): string =>
  `/${segments(place).flatMap((part) => part.split('/')).map(encodeURIComponent).join('/')}`;

export const editAddress = (place: EntryPlace): string =>
  href(['edit', ...segments(place)], {change: place.change || undefined});

// Where one goes back to.
export function listAddress({kind, label, change}: EntryPlace): string {
  if (kind === 'collections') return href(['collections', label]);
  if (kind === 'schedule/sessions') return href(['schedule'], {change});
  if (kind === 'speakers') return href(['schedule'], {window: 'people', change}); // who edits them comes from there
  return href([kind === 'files' ? 'pages' : kind]);
}

// What GET /schemas calls its fields; null: it has none.
export function schemaKey({kind, label}: EntryPlace): string | null {
  if (kind === 'files') return null;
  return kind === 'collections' ? label : kind;
}

// What must be allowed to write it.
export function areaOf(kind: Kind): 'drafts' | 'schedule' | 'theme' | 'content' {
  if (kind === 'drafts') return 'drafts';
  if (kind === 'schedule/sessions' || kind === 'speakers') return 'schedule';
  return kind === 'files' ? 'theme' : 'content';
}

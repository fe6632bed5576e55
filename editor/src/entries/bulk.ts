// What is done with several entries at once: the actions of one commit, and nothing for those that are so already.
import type {components} from '$schema';
import type {Kind} from './kinds';
import type {Row} from './rows';
import {momentOf} from './rows';

export type Action = components['schemas']['Action'];

export const named = (kind: Kind, row: Pick<Row, 'name' | 'blob'>) => ({
  resource: kind.label ? 'collections' : kind.list,
  ...(kind.label ? {label: kind.label} : {}),
  name: row.name,
  if_match: row.blob,
});

const patch = (kind: Kind, row: Row, json_patch: components['schemas']['JsonPatch']): Action => ({
  action: 'patch',
  ...named(kind, row),
  json_patch,
});

// One more tag: a list keeps its form, item by item.
export function addTag(kind: Kind, rows: Row[], tag: string): Action[] {
  return rows.filter((row) => !row.tags.includes(tag)).map((row) =>
    Array.isArray(row.front['tags']) ?
      patch(kind, row, [{op: 'add', path: '/front_matter/tags/-', value: tag}])
    : patch(kind, row, [{op: 'add', path: '/front_matter/tags', value: [...row.tags, tag]}]));
}

export function removeTag(kind: Kind, rows: Row[], tag: string): Action[] {
  return rows.filter((row) => row.tags.includes(tag)).map((row) => {
    const left = row.tags.filter((one) => one !== tag);
    if (left.length === 0) return patch(kind, row, [{op: 'remove', path: '/front_matter/tags'}]);
    if (!Array.isArray(row.front['tags'])) return patch(kind, row, [{op: 'replace', path: '/front_matter/tags', value: left.join(' ')}]);
    const places = row.tags.flatMap((one, n) => (one === tag ? [n] : [])).reverse();
    return patch(kind, row, places.map((n) => ({op: 'remove' as const, path: `/front_matter/tags/${n}`})));
  });
}

// A draft becomes a post, where posts are kept as `sample`, a post's path, is.
export function placeOfPost(row: Pick<Row, 'path'>, day: string, sample = ''): string {
  const file = row.path.split('/').pop()!.replace(/^\d{4}-\d\d?-\d\d?-/, '');
  const isFlat = /^_posts\/[^/]+$/.test(sample);
  return `_posts/${isFlat ? '' : `${day.slice(0, 4)}/${day.slice(5, 7)}/`}${day}-${file}`;
}

export interface Publishing {
  sample: string; // a post's path; "": there is none
  today: string; // by the site's clock
  now: number;
}

export function publish(kind: Kind, rows: Row[], {sample, today, now}: Publishing): Action[] {
  if (kind.list === 'drafts') {
    return rows.map((row) => ({
      action: 'move',
      ...named(kind, row),
      to: placeOfPost(row, row.date.slice(0, 10) || today, sample),
      ...(row.front['published'] === false ? {front_matter: {published: null}} : {}),
    }));
  }
  return rows.flatMap((row) => {
    const isOver = momentOf(String(row.front['unpublish'] ?? '')) <= now;
    const taken = {...(row.front['published'] === false ? {published: null} : {}), ...(isOver ? {unpublish: null} : {})};
    return Object.keys(taken).length ? [{action: 'patch' as const, ...named(kind, row), front_matter: taken}] : [];
  });
}

// They stay where they are, and visitors see them no more.
export const unpublish = (kind: Kind, rows: Row[]): Action[] =>
  rows.filter((row) => row.front['published'] !== false && row.state !== 'draft').map((row) => ({
    action: 'patch',
    ...named(kind, row),
    front_matter: {published: false},
  }));

export const remove = (kind: Kind, rows: Row[]): Action[] => rows.map((row) => ({action: 'delete', ...named(kind, row)}));

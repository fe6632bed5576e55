// Rooms, tracks and types, one by one: the calls, which take the sessions that name them along.
import {api, take} from '../api/client';
import {isProblem, type Problem} from '../api/problem';
import type {EventFacts, Named} from './model';
import type {InChange} from './plan.svelte';

export type Kind = 'rooms' | 'tracks' | 'types';
export const kinds: Kind[] = ['rooms', 'tracks', 'types'];

export type Fields = {name?: string; capacity?: number | null; color?: string | null; minutes?: number | null};
export type OnUse = {on_use: 'clear'} | {on_use: 'move'; to: string};

export const addName = (kind: Kind, body: Fields & {name: string}, query: InChange): Promise<unknown> => {
  const call = {params: {query}, body};
  if (kind === 'rooms') return take(api.POST('/schedule/rooms', call));
  return kind === 'tracks' ? take(api.POST('/schedule/tracks', call)) : take(api.POST('/schedule/types', call));
};

export const changeName = (kind: Kind, name: string, body: Fields, etag: string, query: InChange): Promise<unknown> => {
  const call = {params: {path: {name}, header: {'If-Match': etag}, query}, body};
  if (kind === 'rooms') return take(api.PATCH('/schedule/rooms/{name}', call));
  return kind === 'tracks' ? take(api.PATCH('/schedule/tracks/{name}', call)) : take(api.PATCH('/schedule/types/{name}', call));
};

export const deleteName = (kind: Kind, name: string, etag: string, query: InChange & (OnUse | object)): Promise<unknown> => {
  const call = {params: {path: {name}, header: {'If-Match': etag}, query}};
  if (kind === 'rooms') return take(api.DELETE('/schedule/rooms/{name}', call));
  return kind === 'tracks' ? take(api.DELETE('/schedule/tracks/{name}', call)) : take(api.DELETE('/schedule/types/{name}', call));
};

// One place up or down, in the order that the grid has.
export const reorderName = (kind: Kind, from: number, to: number, etag: string, query: InChange): Promise<unknown> =>
  take(api.PATCH('/schedule/event', {
    params: {header: {'If-Match': etag}, query},
    headers: {'Content-Type': 'application/json-patch+json'},
    body: [{op: 'move', from: `/${kind}/${from}`, path: `/${kind}/${to}`}] as never,
  }));

// The paths of those that name what is to go; null: it is refused for another reason.
export function usersOf(error: unknown): string[] | null {
  if (!isProblem(error, 409) || error.kind !== 'in-use') return null;
  return ((error as Problem).body['entries'] as {path: string}[] | undefined)?.map(({path}) => path) ?? [];
}

// What of one has changed, for a merge patch.
export function changesOf(was: Named, now: {name: string; number: string; color: string}, kind: Kind): Fields {
  const fields: Fields = {};
  if (now.name.trim() && now.name.trim() !== was.name) fields.name = now.name.trim();
  const number = now.number === '' || now.number === null ? null : Number(now.number);
  if (kind === 'rooms' && number !== was.capacity) fields.capacity = number;
  if (kind === 'types' && number !== was.minutes) fields.minutes = number;
  if (kind === 'tracks' && now.color !== (was.color ?? '')) fields.color = now.color || null;
  return fields;
}

export const namesOf = (event: EventFacts, kind: Kind): Named[] => event[kind];

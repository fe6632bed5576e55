// What lists have the server do: each is one commit.
import type {components} from '$schema';
import {api, apiRoot, take} from '../api/client';
import {json, pathOf} from './calls';
import type {Kind} from './kinds';

export type Done = components['schemas']['CommitAnswer'];
export type Written = components['schemas']['WriteAnswer'];

const post = <T>(address: string, body: unknown): Promise<T> =>
  json<T>(address, {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)});

export const commit = (message: string, actions: components['schemas']['Action'][], isDryRun = false): Promise<Done> =>
  post<Done>(`${apiRoot}/commits${isDryRun ? '?dry_run=1' : ''}`, {message, actions});

// The same as a change of its own, for others to look at: its id, and what was done in it.
export async function propose(message: string, actions: components['schemas']['Action'][]): Promise<{id: string; done: Done}> {
  const {id} = await take(api.POST('/changes', {body: {title: message.slice(0, 200)}}));
  try {
    return {id, done: await post<Done>(`${apiRoot}/commits?change=${id}`, {message, actions})};
  } catch (error) {
    await take(api.DELETE('/changes/{id}', {params: {path: {id}}})).catch(() => {}); // an empty one is of no use
    throw error;
  }
}

export const undo = (commit: string): Promise<Done> => post<Done>(`${apiRoot}/revert`, {commit});

export const create = (kind: Kind, entry: components['schemas']['EntryNew'], isDryRun = false): Promise<Written> =>
  post<Written>(`${pathOf(kind)}${isDryRun ? '?dry_run=1' : ''}`, entry);

export const read = (kind: Kind, name: string): Promise<components['schemas']['Entry']> => json(pathOf(kind, name));

// A post's path, for where posts are kept.
export const samplePost = async (): Promise<string> => (await take(api.GET('/posts', {params: {query: {limit: 1, fields: 'path'}}}))).items[0]?.path ?? '';

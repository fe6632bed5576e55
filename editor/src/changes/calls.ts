// What the server is asked about unpublished work.
import type {components} from '$schema';
import {api, take} from '../api/client';

type Schemas = components['schemas'];
export type Change = Schemas['Proposal'];
export type WholeChange = Schemas['ProposalInFull'];
export type ChangedFile = NonNullable<WholeChange['files'][number]>;
export type Conflict = Schemas['FileConflict'];
export type Review = Schemas['Review'];
export type Comment = Schemas['Comment'];
export type Resolution = Schemas['Resolution'];
export type ListState = 'open' | 'scheduled' | 'published' | 'withdrawn';

const at = (id: string) => ({params: {path: {id}}});

export const listChanges = (query: {state: ListState; cursor?: string; path?: string; limit?: number}) =>
  take(api.GET('/changes', {params: {query}}));
export const readChange = (id: string) => take(api.GET('/changes/{id}', at(id)));
export const beginChange = (body: {title: string; description?: string}) => take(api.POST('/changes', {body}));
export const describeChange = (id: string, body: {title?: string; description?: string}) =>
  take(api.PATCH('/changes/{id}', {...at(id), body, headers: {'Content-Type': 'application/merge-patch+json'}}));
export const askForReview = (id: string, wants_review: boolean) =>
  take(api.PATCH('/changes/{id}', {...at(id), body: {wants_review}, headers: {'Content-Type': 'application/merge-patch+json'}}));
export const publishChange = (id: string, body: {head: string; at?: string; message?: string}) =>
  take(api.POST('/changes/{id}/publish', {...at(id), body}));
export const unschedule = (id: string) => take(api.DELETE('/changes/{id}/schedule', at(id)));
export const withdraw = (id: string) => take(api.POST('/changes/{id}/withdraw', at(id)));
export const reopen = (id: string) => take(api.POST('/changes/{id}/reopen', at(id)));
export const removeChange = (id: string) => take(api.DELETE('/changes/{id}', at(id)));
export const previewChange = (id: string) => take(api.POST('/changes/{id}/preview', at(id)));
export const bringUpToDate = (id: string, body: {seen?: string; resolutions?: Resolution[]}) =>
  take(api.POST('/changes/{id}/rebase', {...at(id), body}));

export async function readComments(id: string): Promise<Comment[]> {
  const all: Comment[] = [];
  let cursor: string | undefined;
  do {
    const page = await take(api.GET('/changes/{id}/comments', {params: {path: {id}, query: {limit: 200, ...(cursor ? {cursor} : {})}}}));
    all.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor);
  return all;
}

export const say = (id: string, body: {body: string; path?: string; line?: number; commit?: string}) =>
  take(api.POST('/changes/{id}/comments', {...at(id), body}));
const comment = (id: string, number: number) => ({params: {path: {id, comment: String(number)}}});
export const editComment = (id: string, number: number, body: {body?: string; is_resolved?: boolean}) =>
  take(api.PATCH('/changes/{id}/comments/{comment}', {
    ...comment(id, number),
    body,
    headers: {'Content-Type': 'application/merge-patch+json'},
  }));
export const removeComment = (id: string, number: number) => take(api.DELETE('/changes/{id}/comments/{comment}', comment(id, number)));
export const review = (id: string, body: {verdict: 'approve' | 'ask'; body?: string; head: string}) =>
  take(api.POST('/changes/{id}/reviews', {...at(id), body}));
export const dismissReview = (id: string, number: number) =>
  take(api.DELETE('/changes/{id}/reviews/{review}', {params: {path: {id, review: String(number)}}}));

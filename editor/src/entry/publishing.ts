// A draft becomes a post, as the list of drafts does it.
import {api, take} from '../api/client';
import {publishing} from '../entries/deeds';
import {kindAt} from '../entries/kinds';
import {expand, rowOf} from '../entries/rows';
import {commit} from '../entries/writes';
import type {EntryPlace} from './place';

// Where the post is then.
export async function publishDraft({name}: EntryPlace): Promise<EntryPlace> {
  const drafts = kindAt(['drafts'])!;
  const draft = await take(api.GET('/drafts/{name}', {params: {path: {name}, query: {expand}}}));
  const {message, actions} = await publishing(drafts, [rowOf(drafts, draft)], true);
  const answer = await commit(message, actions);
  const post = answer.actions[0]?.entry as {name: string};
  return {kind: 'posts', label: '', name: post.name, change: ''};
}

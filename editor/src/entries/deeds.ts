// What is done with entries of a list: the actions of one commit, what the history calls it, and what is said when it is done.
import {href} from '../app/router.svelte';
import {knownZone, wallTime} from '../changes/zones';
import type {Question} from '../ui/confirm.svelte';
import {addTag, publish, remove, removeTag, unpublish, type Action} from './bulk';
import {copyOf} from './copy';
import {t} from './deed-words';
import {editHref, kindAt, type Kind} from './kinds';
import {messages} from './messages';
import type {Row} from './rows';
import {site} from './site.svelte';
import {t as label} from './words';
import {commit, create, propose, read, samplePost, undo} from './writes';

export interface Deed {
  actions: Action[];
  message: string;
  done: (n: number) => string;
}

type Link = {label: string; href: string};

// The commit that was made; none where there was nothing to do.
export async function run({actions, message, done}: Deed): Promise<{text: string; made: string}> {
  if (actions.length === 0) return {text: t('nothing to do'), made: ''};
  const answer = await commit(message, actions);
  return {text: done(actions.length), made: answer.commit ?? ''};
}

// By whoever may not do it: a change with it, which others look at; none where there was nothing to do.
export async function proposed({actions, message}: Deed): Promise<{text: string; link?: Link}> {
  if (actions.length === 0) return {text: t('nothing to do')};
  const {id} = await propose(message, actions);
  return {text: t('proposed'), link: {label: t('see change'), href: href(['changes', id])}};
}

export async function takeBack(made: string): Promise<string> {
  await undo(made);
  return t('undone');
}

export const tagging = (kind: Kind, rows: Row[], tag: string, isAdded: boolean): Deed => ({
  actions: (isAdded ? addTag : removeTag)(kind, rows, tag),
  message: isAdded ? messages.tag(tag, rows) : messages.untag(tag, rows),
  done: (n) => t(isAdded ? 'tagged' : 'untagged', {n, tag}),
});

export async function publishing(kind: Kind, rows: Row[], isOn: boolean, now = Date.now()): Promise<Deed> {
  if (!isOn) return {actions: unpublish(kind, rows), message: messages.unpublish(rows), done: (n) => t('unpublished', {n})};
  const [sample] = await Promise.all([kind.list === 'drafts' ? samplePost() : '', site.load()]);
  const today = wallTime(new Date(now), knownZone(site.config['timezone']) ?? 'UTC').slice(0, 10);
  return {
    actions: publish(kind, rows, {sample, today, now}),
    message: messages.publish(rows),
    done: (n) => t('published', {n}),
  };
}

export const removing = (kind: Kind, rows: Row[]): Deed => ({
  actions: remove(kind, rows),
  message: messages.remove(rows),
  done: (n) => t('deleted', {n, title: rows[0]?.title ?? ''}),
});

export const questionOf = (rows: Row[], isProposed: boolean): Question => ({
  title: t('delete.ask', {n: rows.length}),
  text: t(isProposed ? 'propose.text' : 'delete.text'),
  yes: label('delete'),
  isDanger: true,
});

// A copy, and where it is written.
export async function duplicate(kind: Kind, row: Row): Promise<{text: string; to: string}> {
  const copied = kind.list === 'posts' ? kindAt(['drafts'])! : kind;
  const entry = copyOf(copied, await read(kind, row.name), t('copy of', {title: row.title}));
  const made = await create(copied, {...entry, message: messages.copy(row)});
  return {text: t('duplicated'), to: editHref(copied, (made.entry as {name: string}).name)};
}

// Links as the texts of this site have them.
//
// Where a text has addresses by {{ site.baseurl }}, relative_url or {% post_url %}, a new one is made likewise; else an address on the site is
// a path from its root, with {{ site.baseurl }} before it where the site lies below a path of its host.
import type {EditorState} from '@codemirror/state';
import {around} from './format';

export type Habit = 'path' | 'baseurl' | 'filter';

export function habitOf(text: string, baseurl = ''): Habit {
  const filters = text.match(/\|\s*(?:relative_url|absolute_url)\b/g)?.length ?? 0;
  const prefixes = text.match(/\{\{-?\s*site\.(?:baseurl|url)\s*-?\}\}/g)?.length ?? 0;
  if (filters > prefixes) return 'filter';
  return prefixes > 0 || baseurl.replace(/\/$/, '') !== '' ? 'baseurl' : 'path';
}

export function siteAddress(url: string, habit: Habit): string {
  if (!url.startsWith('/')) return url;
  if (habit === 'filter') return `{{ '${url}' | relative_url }}`;
  return habit === 'baseurl' ? `{{ site.baseurl }}${url}` : url;
}

// Where a post is named by its file, as `{% post_url 2024-05-01-x %}`; null: this text does not do that, or it is no post.
export function postAddress(text: string, path: string): string | null {
  const name = /^_posts\/(.+)\.\w+$/.exec(path)?.[1];
  if (name && /\{%-?\s*post_url\s/.test(text)) return `{% post_url ${name} %}`;
  return /\{%-?\s*link\s/.test(text) ? `{% link ${path} %}` : null;
}

const escaped = (text: string) => text.replace(/([\\[\]])/g, '\\$1');

// Blanks and brackets would end an address.
export const addressText = (address: string): string =>
  address.includes('{') ? address : address.replace(/[\s()<>]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`);

export const linkText = (text: string, address: string): string => `[${text}](${addressText(address)})`;
export const pictureText = (alt: string, address: string): string => `![${escaped(alt.replace(/\s+/g, ' ').trim())}](${addressText(address)})`;
export const plainText = (text: string): string => escaped(text.replace(/\s+/g, ' ').trim());

export const isAddress = (text: string): boolean => /^(?:https?:\/\/[^\s<>]+|mailto:[^\s<>@]+@[^\s<>]+)$/i.test(text.trim());

// Whether it is one that a page may link to: an address that runs a script is none.
export const isSafe = (address: string): boolean =>
  !/^[a-z][a-z0-9+.-]*:/i.test(address.replace(/[\u0000-\u0020]/g, '')) || /^(?:https?|mailto|tel|ftp|xmpp|geo|sms):/i.test(address.trim());

export interface LinkThere {
  from: number;
  to: number;
  text: string; // Markdown
  address: string;
}

// The link that the selection is in.
export function linkAt(state: EditorState): LinkThere | null {
  const node = around(state, state.selection.main, /^(Link|Autolink)$/);
  if (!node) return null;
  const url = node.getChild('URL'), marks = node.getChildren('LinkMark'), slice = (from: number, to: number) => state.doc.sliceString(from, to);
  const address = url ? slice(url.from, url.to) : '';
  const text = node.name === 'Autolink' ? address : slice(marks[0]?.to ?? node.from, marks[1]?.from ?? node.to);
  return {from: node.from, to: node.to, text, address};
}

export interface Heading {
  level: number;
  text: string;
  id: string;
}

// The headings of a text with the ids that kramdown gives them (or that `{#id}` says), the second of a name numbered.
export function headingsOf(text: string): Heading[] {
  const found: Heading[] = [], taken = new Map<string, number>();
  let fence = '';
  const lines = text.split(/\r\n?|\n/);
  lines.forEach((line, n) => {
    const mark = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark && (!fence || line.trim().startsWith(fence))) fence = fence ? '' : mark.slice(0, 3);
    if (fence || mark) return;
    const atx = /^(#{1,6})\s*(.+?)\s*#*\s*$/.exec(line), under = /^(=+|-+)\s*$/.exec(lines[n + 1] ?? '');
    const isUnder = !atx && under && line.trim() !== '' && !/^\s*([-*+>|]|\d+[.)])/.test(line);
    const raw = atx?.[2] ?? (isUnder ? line.trim() : '');
    if (!raw) return;
    const own = /\{:?\s*#([\w-]+)[^}]*\}\s*$/.exec(raw)?.[1] ?? /^\{:.*#([\w-]+).*\}\s*$/.exec(lines[n + (atx ? 1 : 2)] ?? '')?.[1];
    const said = shown(raw.replace(/\{:?[^}]*\}\s*$/, '').trim());
    found.push({level: atx ? atx[1]!.length : under![1]!.startsWith('=') ? 1 : 2, text: said, id: own ?? idOf(said, taken)});
  });
  return found;
}

const shown = (markdown: string) => markdown.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[*`~]|<[^>]*>/g, '');

function idOf(text: string, taken: Map<string, number>): string {
  const id = text.replace(/^[^\p{L}]+/u, '').replace(/[^\p{L}\p{M}\p{N} _-]/gu, '').replace(/ /g, '-').toLowerCase() || 'section';
  const count = taken.get(id) ?? 0;
  taken.set(id, count + 1);
  return count ? `${id}-${count}` : id;
}

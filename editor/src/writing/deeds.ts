// Everything that the toolbar and the keys do, in one table: what it is called, its sign, its key, whether it holds where the cursor is.
import Bold from '@lucide/svelte/icons/bold';
import Braces from '@lucide/svelte/icons/square-code';
import Code from '@lucide/svelte/icons/code';
import Image from '@lucide/svelte/icons/image';
import Italic from '@lucide/svelte/icons/italic';
import Link from '@lucide/svelte/icons/link';
import Bullets from '@lucide/svelte/icons/list';
import Numbers from '@lucide/svelte/icons/list-ordered';
import Tasks from '@lucide/svelte/icons/list-checks';
import Minus from '@lucide/svelte/icons/minus';
import Note from '@lucide/svelte/icons/superscript';
import Quote from '@lucide/svelte/icons/quote';
import Redo from '@lucide/svelte/icons/redo-2';
import Search from '@lucide/svelte/icons/search';
import Strike from '@lucide/svelte/icons/strikethrough';
import Table from '@lucide/svelte/icons/table';
import Undo from '@lucide/svelte/icons/undo-2';
import {redo, undo} from '@codemirror/commands';
import {openSearchPanel} from '@codemirror/search';
import type {EditorState} from '@codemirror/state';
import type {Command, EditorView, KeyBinding} from '@codemirror/view';
import type {Component} from 'svelte';
import {
  codeBlock, footnote, type Inline, isInline, isList, levelOf, type List, rule, table, toggleHeading, toggleInline, toggleList, toggleQuote,
} from './format';
import {linkAt} from './links';
import {t} from './words';

export type Name =
  | 'undo' | 'redo' | 'bold' | 'italic' | 'link' | 'picture' | 'bullets' | 'numbers' | 'tasks' | 'quote' | 'code' | 'strike' | 'code block' | 'table'
  | 'footnote' | 'rule' | 'find';

export interface Deed {
  name: Name;
  icon: Component;
  key?: string; // as CodeMirror writes it
  sign?: string; // what stands in the text
  isOn?: (state: EditorState) => boolean;
  isPlain?: boolean; // in texts that are no Markdown, too
  run: Command;
}

export interface Asking {
  link: () => void;
  picture: () => void;
}

export function deeds({link, picture}: Asking): Deed[] {
  const inline = (name: Inline, icon: Component, key: string, sign: string): Deed =>
    ({name, icon, key, sign, isOn: (state) => isInline(state, name), run: toggleInline(name)});
  const list = (name: List, icon: Component, key: string, sign: string): Deed =>
    ({name, icon, key, sign, isOn: (state) => isList(state, name), run: toggleList(name)});
  const asks = (ask: () => void): Command => ({state}: EditorView) => !state.readOnly && (ask(), true);
  return [
    inline('bold', Bold, 'Mod-b', t('sample.bold')),
    inline('italic', Italic, 'Mod-i', t('sample.italic')),
    {name: 'link', icon: Link, key: 'Mod-k', sign: t('sample.link'), isOn: (state) => linkAt(state) !== null, run: asks(link)},
    {name: 'picture', icon: Image, key: 'Mod-Alt-i', sign: '![…](…)', run: asks(picture)},
    list('bullets', Bullets, 'Mod-Shift-8', '- …'),
    list('numbers', Numbers, 'Mod-Shift-7', '1. …'),
    {name: 'undo', icon: Undo, key: 'Mod-z', isPlain: true, run: undo},
    {name: 'redo', icon: Redo, key: 'Mod-y', isPlain: true, run: redo},
    {name: 'quote', icon: Quote, key: 'Mod-Shift-9', sign: '> …', isOn: (state) => /^\s{0,3}>/.test(state.doc.lineAt(state.selection.main.head).text),
      run: toggleQuote},
    list('tasks', Tasks, 'Mod-Shift-6', '- [ ] …'),
    inline('code', Code, 'Mod-e', '`…`'),
    inline('strike', Strike, 'Mod-Shift-x', '~~…~~'),
    {name: 'code block', icon: Braces, key: 'Mod-Alt-c', sign: '```', run: codeBlock},
    {name: 'table', icon: Table, key: 'Mod-Alt-t', sign: '| … | … |', run: (view) => table([t('column 1'), t('column 2')])(view)},
    {name: 'footnote', icon: Note, key: 'Mod-Alt-f', sign: '[^1]', run: footnote},
    {name: 'rule', icon: Minus, key: 'Mod-Alt-r', sign: '---', run: rule},
    {name: 'find', icon: Search, key: 'Mod-f', isPlain: true, run: openSearchPanel},
  ];
}

export const levels = [0, 1, 2, 3, 4] as const;
export type Level = (typeof levels)[number];
export const toLevel = (level: Level): Command => (view) => {
  const now = levelOf(view.state.doc.lineAt(view.state.selection.main.head).text);
  return toggleHeading(level || now || 1)(view) || true;
};

// `isOn`: whether the text is Markdown now.
export function keysOf(all: Deed[], isOn: () => boolean): KeyBinding[] {
  const bound = (key: string, run: Command): KeyBinding => ({key, run: (view) => isOn() && run(view), preventDefault: true});
  const own = all.filter(({isPlain}) => !isPlain).map(({key = '', run}) => bound(key, run));
  return [...own, ...levels.slice(1).map((level) => bound(`Mod-Alt-${level}`, toLevel(level)))];
}

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

// "Mod-Shift-8" as people read it: Ctrl+Shift+8.
export const keyText = (key: string): string =>
  key.replace('Mod', isMac ? '⌘' : 'Ctrl').replace('Alt', isMac ? '⌥' : 'Alt').replace(/-(.)$/, (_, last: string) => `-${last.toUpperCase()}`).replace(/-(?=.)/g, '+');

// What the surface knows of the text it holds: Markdown, HTML with Liquid, YAML, or nothing.
import {yaml} from '@codemirror/lang-yaml';
import {defineLanguageFacet, Language, StreamLanguage, type StringStream} from '@codemirror/language';
import type {Extension} from '@codemirror/state';
import {parseMixed} from '@lezer/common';
import {styleTags, tags} from '@lezer/highlight';
import {parser} from '@lezer/markdown';
import {attributesTag, dialect, htmlTag, liquidTag} from './dialect';

export type Mode = 'markdown' | 'html' | 'yaml' | 'text';

interface Within {
  end: string; // of the comment or Liquid tag in which the line began
  isTag: boolean;
}

const names: [RegExp, string, string][] = [
  [/^<!--/, '-->', 'comment'],
  [/^\{%/, '%}', 'liquid'],
  [/^\{\{/, '}}', 'liquid'],
];

function upTo(stream: StringStream, state: Within, end: string): void {
  const at = stream.string.indexOf(end, stream.pos);
  state.end = at < 0 ? end : '';
  stream.pos = at < 0 ? stream.string.length : at + end.length;
}

function token(stream: StringStream, state: Within): string | null {
  if (state.end) {
    const kind = state.end === '-->' ? 'comment' : 'liquid';
    upTo(stream, state, state.end);
    return kind;
  }
  for (const [begin, end, kind] of names) {
    if (!stream.match(begin)) continue;
    upTo(stream, state, end);
    return kind;
  }
  if (state.isTag) return inTag(stream, state);
  if (stream.match(/^<\/?[A-Za-z][\w:-]*/)) {
    state.isTag = true;
    return 'html';
  }
  if (stream.match(/^&#?\w+;/)) return 'escape';
  stream.next();
  stream.eatWhile(/[^<{&]/);
  return null;
}

function inTag(stream: StringStream, state: Within): string | null {
  if (stream.eatSpace()) return null;
  if (stream.match(/^\/?>/)) {
    state.isTag = false;
    return 'html';
  }
  if (stream.match(/^"[^"]*"?|^'[^']*'?/)) return 'string';
  if (stream.match(/^[^\s"'<>/={]+/)) return 'attributes';
  stream.next();
  return null;
}

export const html = StreamLanguage.define<Within>({
  name: 'html',
  startState: () => ({end: '', isTag: false}),
  copyState: (state) => ({...state}),
  token,
  tokenTable: {liquid: liquidTag, attributes: attributesTag, html: htmlTag},
});

const facet = defineLanguageFacet({commentTokens: {block: {open: '<!--', close: '-->'}}});
const reader = parser.configure([
  ...dialect,
  {
    props: [styleTags({HTMLTag: htmlTag, 'TableHeader/...': tags.strong, TableDelimiter: tags.processingInstruction})],
    wrap: parseMixed((node) => (node.name === 'HTMLBlock' || node.name === 'CommentBlock' ? {parser: html.parser} : null)),
  },
]);
export const markdown = new Language(facet, reader, [], 'markdown');

export function languageOf(mode: Mode): Extension {
  const all: Record<Mode, Extension> = {markdown, html, yaml: yaml(), text: []};
  return all[mode];
}

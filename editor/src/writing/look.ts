// How the surface looks: all of it by the editor's tokens, so that it is light or dark as everything else.
import {HighlightStyle, syntaxHighlighting} from '@codemirror/language';
import type {Extension} from '@codemirror/state';
import {EditorView} from '@codemirror/view';
import {tags as t} from '@lezer/highlight';
import {attributesTag, htmlTag, liquidTag} from './dialect';

const mono = 'var(--mono)';

// What makes others something: it steps back, in links too.
const dimmed = {tag: t.processingInstruction, color: 'var(--text-soft)', fontWeight: '400', fontStyle: 'normal', textDecoration: 'none'};

const colours = [
  {tag: [t.url, t.link], color: 'var(--accent)'},
  {tag: t.labelName, color: 'var(--accent)'},
  {tag: liquidTag, color: 'var(--writing-liquid)', fontFamily: mono, fontSize: '0.88em'},
  {tag: [htmlTag, t.angleBracket], color: 'var(--writing-html)', fontFamily: mono, fontSize: '0.88em'},
  {tag: attributesTag, color: 'var(--writing-attributes)', fontFamily: mono, fontSize: '0.88em'},
  {tag: [t.comment, t.meta], color: 'var(--text-soft)', fontStyle: 'italic'},
  {tag: [t.string, t.character, t.escape], color: 'var(--writing-attributes)'},
  {tag: [t.definition(t.propertyName), t.propertyName, t.keyword, t.atom, t.bool], color: 'var(--writing-html)'},
];

// Formatted in place: what is a heading looks like one, and the marks that make it so step back.
const formatted = HighlightStyle.define([
  {tag: t.heading1, fontSize: '1.7em', fontWeight: '700', lineHeight: '1.3'},
  {tag: t.heading2, fontSize: '1.4em', fontWeight: '700', lineHeight: '1.35'},
  {tag: t.heading3, fontSize: '1.2em', fontWeight: '700'},
  {tag: [t.heading4, t.heading5, t.heading6], fontWeight: '700'},
  {tag: t.strong, fontWeight: '700'},
  {tag: t.emphasis, fontStyle: 'italic'},
  {tag: t.strikethrough, textDecoration: 'line-through'},
  {tag: t.monospace, fontFamily: mono, fontSize: '0.88em'},
  {tag: t.link, textDecoration: 'underline', textUnderlineOffset: '0.15em'},
  ...colours,
  {tag: t.url, color: 'var(--text-soft)', textDecoration: 'none', fontSize: '0.88em'},
  dimmed,
]);

const plain = HighlightStyle.define([{tag: t.heading, fontWeight: '700'}, {tag: t.strong, fontWeight: '700'}, ...colours, dimmed]);

export const look = (isFormatted: boolean): Extension => syntaxHighlighting(isFormatted ? formatted : plain);

export const theme = EditorView.theme({
  '&': {color: 'var(--text)', backgroundColor: 'transparent', fontSize: 'var(--writing-size)', minHeight: '12rem'},
  '&.cm-focused': {outline: 'none'},
  '.cm-scroller': {fontFamily: 'var(--writing-font)', lineHeight: '1.65', overflow: 'auto'},
  '.cm-content': {padding: 'var(--gap-4) 0 40vh', caretColor: 'var(--accent)', maxWidth: '46rem', marginInline: 'auto'},
  '.cm-line': {padding: '0 var(--gap-4)'},
  '.cm-cursor, .cm-dropCursor': {borderLeftColor: 'var(--accent)', borderLeftWidth: '2px'},
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    background: 'var(--writing-selection)',
  },
  '.cm-activeLine': {backgroundColor: 'transparent'},
  '.cm-placeholder': {color: 'var(--text-soft)'},
  '.cm-specialChar': {color: 'var(--bad)'},
  '.cm-gutters': {backgroundColor: 'transparent', border: 'none', color: 'var(--text-soft)'},
  '.cm-searchMatch': {backgroundColor: 'var(--mark)', outline: '1px solid var(--line-strong)'},
  '.cm-searchMatch-selected': {backgroundColor: 'var(--warn-soft)', outline: '2px solid var(--warn)'},
  '.cm-panels': {backgroundColor: 'var(--raised)', color: 'var(--text)', border: 'none', zIndex: '5'},
  '.cm-panels-top': {borderBottom: '1px solid var(--line)'},

  '.cm-codeLine': {fontFamily: mono, fontSize: '0.88em', backgroundColor: 'var(--sunken)'},
  '.cm-tableLine, .cm-rawLine': {fontFamily: mono, fontSize: '0.85em'},
  '.cm-quoteLine': {position: 'relative'},
  '.cm-quoteLine::before': {
    content: '""', position: 'absolute', insetBlock: '0', insetInlineStart: 'var(--gap-1)', borderInlineStart: '3px solid var(--line-strong)',
  },
  '.cm-ruleLine': {backgroundImage: 'linear-gradient(var(--line-strong), var(--line-strong))', backgroundSize: '100% 1px',
    backgroundPosition: 'center', backgroundRepeat: 'no-repeat'},
  '.cm-ruleLine > span': {backgroundColor: 'var(--surface)', paddingInlineEnd: 'var(--gap-2)'},
  '.cm-picture': {padding: 'var(--gap-1) var(--gap-4) var(--gap-2)'},
  '.cm-picture img': {
    display: 'block', maxHeight: '11rem', maxWidth: 'min(100%, 20rem)', borderRadius: 'var(--round)', border: '1px solid var(--line)',
    backgroundColor: 'var(--sunken)',
  },
  '.cm-fault': {textDecoration: 'underline wavy var(--bad)', textDecorationSkipInk: 'none', textUnderlineOffset: '0.2em'},
  '.cm-fault-warning': {textDecorationColor: 'var(--warn)'},
  '.cm-faultLine': {backgroundColor: 'var(--bad-soft)'},
  '.cm-faultLine-warning': {backgroundColor: 'var(--warn-soft)'},
});

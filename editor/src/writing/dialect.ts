// Markdown as Jekyll sites have it: GitHub's tables, tasks and strikethrough, kramdown's attribute lists, footnotes and mathematics,
// Liquid's tags and objects. They are told apart to be shown in colour, and never changed.
import {tags, Tag} from '@lezer/highlight';
import {
  Autolink, type BlockContext, type BlockParser, type Element, type InlineContext, InlineContext as Inline, type LeafBlock, type Line,
  type MarkdownConfig, Strikethrough, Table, TaskList,
} from '@lezer/markdown';

export const liquidTag = Tag.define('liquid', tags.macroName);
export const attributesTag = Tag.define('attributes', tags.attributeName);
export const htmlTag = Tag.define('html', tags.tagName);

const code = (text: string) => text.charCodeAt(0);
const brace = code('{'), percent = code('%'), colon = code(':'), bracket = code('['), closing = code(']'), paren = code('('), hat = code('^');
const dollar = code('$');

const wanted: Record<number, [end: string, name: string]> = {
  [brace]: ['}}', 'LiquidObject'],
  [percent]: ['%}', 'LiquidTag'],
  [colon]: ['}', 'AttributeList'],
};

// {{ object }}, {% tag %}, {: .class }
function braces(cx: InlineContext, next: number, pos: number): number {
  const kind = next === brace ? wanted[cx.char(pos + 1)] : undefined;
  if (!kind) return -1;
  const end = cx.slice(pos + 2, cx.end).indexOf(kind[0]);
  return end < 0 ? -1 : cx.addElement(cx.elt(kind[1], pos, pos + 2 + end + kind[0].length));
}

// [text]({{ site.baseurl }}/path): the address has blanks, which Markdown itself would not take.
function liquidLink(cx: InlineContext, next: number, pos: number): number {
  if (next !== closing || cx.char(pos + 1) !== paren) return -1;
  const found = /^\((?:[^(){}\s]|\{\{[^}]*\}\}|\{%[^%]*%\})*(?:\s+"[^"]*")?\)/.exec(cx.slice(pos + 1, cx.end));
  if (!found?.[0].includes('{')) return -1;
  const images = cx.findOpeningDelimiter(Inline.imageStart) ?? -1, links = cx.findOpeningDelimiter(Inline.linkStart) ?? -1;
  const at = Math.max(images, links);
  if (at < 0) return -1;
  const opening = cx.getDelimiterAt(at);
  if (!opening) return -1;
  const content = cx.takeContent(at), end = pos + 1 + found[0].length;
  const address = found[0].replace(/\s+"[^"]*"\)$/, ')').length;
  return cx.addElement(
    cx.elt(images > links ? 'Image' : 'Link', opening.from, end, [
      cx.elt('LinkMark', opening.from, opening.to),
      ...content,
      cx.elt('LinkMark', pos, pos + 2),
      cx.elt('URL', pos + 2, pos + address),
      cx.elt('LinkMark', end - 1, end),
    ]),
  );
}

function footnote(cx: InlineContext, next: number, pos: number): number {
  if (next !== bracket || cx.char(pos + 1) !== hat) return -1;
  const found = /^\[\^[^\]\s]+\]/.exec(cx.slice(pos, cx.end));
  return found ? cx.addElement(cx.elt('FootnoteReference', pos, pos + found[0].length)) : -1;
}

function mathematics(cx: InlineContext, next: number, pos: number): number {
  if (next !== dollar || cx.char(pos + 1) !== dollar) return -1;
  const end = cx.slice(pos + 2, cx.end).indexOf('$$');
  return end < 0 ? -1 : cx.addElement(cx.elt('Mathematics', pos, pos + end + 4));
}

// {% highlight %} and the like: what is between them is no Markdown.
const literal: BlockParser = {
  name: 'LiquidBlock',
  before: 'IndentedCode',
  parse(cx: BlockContext, line: Line) {
    const found = /^\{%-?\s*(highlight|raw|comment)\b/.exec(line.text.slice(line.pos));
    if (!found) return false;
    const from = cx.lineStart + line.pos, end = new RegExp(`\\{%-?\\s*end${found[1]}\\b`);
    while (!end.test(line.text)) if (!cx.nextLine()) break;
    const to = cx.lineStart + line.text.length;
    cx.addElement(cx.elt('LiquidBlock', from, to));
    cx.nextLine();
    return true;
  },
};

// [^1]: what a note says
const footnoteText: BlockParser = {
  name: 'FootnoteText',
  before: 'LinkReference',
  leaf(_cx: BlockContext, leaf: LeafBlock) {
    const found = /^\[\^[^\]\s]+\]:/.exec(leaf.content);
    if (!found) return null;
    const mark = found[0].length;
    return {
      nextLine: () => false,
      finish(cx: BlockContext, all: LeafBlock) {
        const inner: Element[] = cx.parser.parseInline(all.content.slice(mark), all.start + mark);
        const children = [cx.elt('FootnoteMark', all.start, all.start + mark), ...inner];
        cx.addLeafElement(all, cx.elt('FootnoteText', all.start, all.start + all.content.length, children));
        return true;
      },
    };
  },
};

const jekyll: MarkdownConfig = {
  defineNodes: [
    {name: 'LiquidObject', style: liquidTag},
    {name: 'LiquidTag', style: liquidTag},
    {name: 'LiquidBlock', block: true, style: liquidTag},
    {name: 'AttributeList', style: attributesTag},
    {name: 'FootnoteReference', style: tags.labelName},
    {name: 'FootnoteMark', style: tags.labelName},
    {name: 'FootnoteText', block: true},
    {name: 'Mathematics', style: tags.monospace},
  ],
  parseInline: [
    {name: 'Braces', parse: braces, before: 'Escape'},
    {name: 'LiquidLink', parse: liquidLink, before: 'LinkEnd'},
    {name: 'Footnote', parse: footnote, before: 'Link'},
    {name: 'Mathematics', parse: mathematics, before: 'Emphasis'},
  ],
  parseBlock: [literal, footnoteText],
};

export const dialect = [Table, TaskList, Strikethrough, Autolink, jekyll];

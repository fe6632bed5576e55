// Text with formatting, as word processors and web pages put it into the clipboard, as Markdown: what it says and how it is built, nothing of
// how it looked. Scripts, styles, comments and addresses that run something are left out.
import {isSafe, linkText, pictureText} from './links';
import {type Element, parseMarkup} from './markup';

type Node = Element | string;

const blocks = /^(address|article|aside|blockquote|body|center|dd|details|div|dl|dt|figcaption|figure|footer|form|h[1-6]|header|hr|html|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)$/;
const style = (element: Element, name: string): string =>
  new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;]+)`, 'i').exec(element.attributes['style'] ?? '')?.[1]?.trim().toLowerCase() ?? '';

// Google's documents wrap everything into <b style="font-weight:normal">, and say bold by a style.
const isBold = (one: Element): boolean => {
  const weight = style(one, 'font-weight');
  return weight ? /^(bold|bolder|[6-9]00)$/.test(weight) : /^(b|strong)$/.test(one.name);
};
const isItalic = (one: Element): boolean => {
  const slant = style(one, 'font-style');
  return slant ? /italic|oblique/.test(slant) : /^(i|em|cite|dfn|var)$/.test(one.name);
};
const isStruck = (one: Element): boolean => /^(s|strike|del)$/.test(one.name) || /line-through/.test(style(one, 'text-decoration(?:-line)?'));
const isCode = (one: Element): boolean => /^(code|kbd|samp|tt)$/.test(one.name);
const isHidden = (one: Element): boolean => style(one, 'display') === 'none' || style(one, 'mso-list') === 'ignore' || one.name === 'o:p';

const isBlock = (node: Node): node is Element => typeof node !== 'string' && (blocks.test(node.name) || node.children.some(isBlock));

export const textOf = (node: Node): string => (typeof node === 'string' ? node : node.name === 'br' ? '\n' : node.children.map(textOf).join(''));

// What Markdown would read as its own.
const escaped = (text: string): string =>
  text.replace(/[\\`*[\]<]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|\{(?=[{%:])/gu, '\\$&').replace(/&(?=#?\w+;)/g, '&amp;');
const escapedStart = (text: string): string => text.replace(/^(#{1,6}(?=\s)|[-+>](?=\s)|[=-]+$)/gm, '\\$1').replace(/^(\d{1,9})([.)])(?=\s)/gm, '$1\\$2');

// A mark stands at words, not at the blanks around them.
function wrapped(text: string, mark: string): string {
  const core = text.trim();
  if (!core || core.startsWith(mark) && mark.length === 2) return text;
  const at = text.indexOf(core);
  return text.slice(0, at) + mark + core + mark + text.slice(at + core.length);
}

interface Inside {
  bold: boolean;
  italic: boolean;
}

function codeSpan(text: string): string {
  const fence = '`'.repeat(Math.max(1, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  const gap = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return text.trim() ? fence + gap + text.trim().replace(/\s+/g, ' ') + gap + fence : text;
}

function inline(nodes: readonly Node[], inside: Inside): string {
  return nodes.map((node) => spoken(node, inside)).join('');
}

function spoken(node: Node, inside: Inside): string {
  if (typeof node === 'string') return escaped(node.replace(/[ \t\r\n\f]+/g, ' ').replace(/\u00ad/g, ''));
  if (isHidden(node)) return '';
  if (node.name === 'br') return '  \n';
  if (node.name === 'img') return picture(node);
  if (isCode(node)) return codeSpan(textOf(node));
  const bold = isBold(node), italic = isItalic(node);
  let text = inline(node.children, {bold: inside.bold || bold, italic: inside.italic || italic});
  if (node.name === 'a') text = link(node, text);
  if (isStruck(node)) text = wrapped(text, '~~');
  if (italic && !inside.italic) text = wrapped(text, '*');
  if (bold && !inside.bold) text = wrapped(text, '**');
  return text;
}

function picture(node: Element): string {
  const from = node.attributes['src'] ?? '';
  return /^(https?:|\/)/i.test(from) ? pictureText(node.attributes['alt'] ?? '', from) : '';
}

// Where word processors lead their links over a page of their own, to where that leads.
function target(address: string): string {
  const google = /^https:\/\/www\.google\.com\/url\?(.*)$/.exec(address);
  return (google && new URLSearchParams(google[1]).get('q')) || address;
}

function link(node: Element, text: string): string {
  const address = target((node.attributes['href'] ?? '').trim());
  const isOwn = !address || !isSafe(address) || /^file:/i.test(address) || /^#(_|cmnt|ftnt)/.test(address);
  return isOwn || !text.trim() ? text : linkText(text.trim(), address);
}

const clean = (text: string): string => text.replace(/\u00a0/g, ' ').split('\n').map((line) => line.replace(/[ \t]+/g, ' ').trim()).join('\n');
const paragraph = (nodes: readonly Node[]): string => {
  const text = inline(nodes, {bold: false, italic: false}).replace(/ {2}\n\s*/g, '\u0001').replace(/\u0001+$/, '');
  const joined = clean(text).replace(/\*\*\*\*/g, '').trim();
  return escapedStart(joined.replace(/\s*\u0001\s*/g, '  \n'));
};

const indented = (text: string, by: string): string => text.replace(/\n(?=[^\n])/g, `\n${by}`);

function list(node: Element): string {
  let number = Number.parseInt(node.attributes['start'] ?? '1', 10) || 1;
  const items: string[] = [];
  for (const child of node.children) {
    if (typeof child === 'string') continue;
    if (/^(ul|ol)$/.test(child.name) && items.length) {
      items[items.length - 1] += `\n${indented(`  ${list(child)}`, '  ')}`; // a list beside its item, as some programs write it
      continue;
    }
    const sign = node.name === 'ol' ? `${number++}. ` : '- ';
    const task = child.children.find((one): one is Element => typeof one !== 'string' && one.attributes['type'] === 'checkbox');
    const box = task ? ('checked' in task.attributes ? '[x] ' : '[ ] ') : '';
    const content = flow(child.children).join('\n\n').replace(/\n\n(?=\s*(?:[-*]|\d+\.) )/g, '\n');
    items.push(sign + box + indented(content, ' '.repeat(sign.length)));
  }
  return items.join('\n');
}

// Word says of a paragraph that it is an item, and writes the bullet out.
const wordLevel = (node: Node): number =>
  typeof node === 'string' || !/mso-list/i.test(node.attributes['style'] ?? '') ? 0 : Number(/level(\d)/.exec(style(node, 'mso-list'))?.[1] ?? 0);

const marker = (node: Node): string => {
  if (typeof node === 'string') return '';
  return style(node, 'mso-list') === 'ignore' ? textOf(node).trim() : node.children.map(marker).find(Boolean) ?? '';
};

function wordItem(node: Element): string {
  const level = wordLevel(node), isNumber = /^[\da-z]{1,3}[.)]$/i.test(marker(node));
  return '  '.repeat(level - 1).replace(/ {2}/g, isNumber ? '   ' : '  ') + (isNumber ? '1. ' : '- ') + paragraph(node.children);
}

function rowsOf(node: Element): Element[] {
  return node.children.flatMap((child) => (typeof child === 'string' ? [] : child.name === 'tr' ? [child] : rowsOf(child)));
}

function tableText(node: Element): string {
  const rows = rowsOf(node).map((row) =>
    row.children.flatMap((cell) => (typeof cell === 'string' ? [] : [flow(cell.children).join(' ').replace(/\s*\n\s*/g, ' ').replace(/\|/g, '\\|')])),
  );
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width === 0) return '';
  if (width === 1) return rows.map(([cell]) => cell ?? '').filter(Boolean).join('\n\n'); // a frame, no table
  const line = (cells: string[]) => `| ${Array.from({length: width}, (_, n) => cells[n] ?? '').join(' | ')} |`;
  return [line(rows[0]!), line(Array.from({length: width}, () => '---')), ...rows.slice(1).map(line)].join('\n');
}

function blockText(node: Element): string[] {
  const level = /^h([1-6])$/.exec(node.name)?.[1];
  if (level) {
    const text = paragraph(node.children).replace(/\s*\n\s*/g, ' ').replace(/^\*\*(.*)\*\*$/, '$1');
    return text ? [`${'#'.repeat(Number(level))} ${text}`] : [];
  }
  if (node.name === 'hr') return ['---'];
  if (node.name === 'pre') return [`\`\`\`\n${textOf(node).replace(/\n$/, '')}\n\`\`\``];
  if (node.name === 'ul' || node.name === 'ol') return [list(node)].filter(Boolean);
  if (node.name === 'table') return [tableText(node)].filter(Boolean);
  if (node.name === 'blockquote') return [`> ${flow(node.children).join('\n\n').replace(/\n/g, '\n> ')}`.replace(/^> $/gm, '>')];
  return flow(node.children);
}

// Blocks of Markdown, each without the empty lines around it.
function flow(nodes: readonly Node[]): string[] {
  const out: string[] = [];
  let line: Node[] = [];
  const flush = () => {
    const text = paragraph(line);
    line = [];
    if (text) out.push(text);
  };
  let wasItem = false;
  for (const node of nodes) {
    if (!isBlock(node)) {
      line.push(node);
      continue;
    }
    flush();
    if (isHidden(node)) continue;
    const isItem = wordLevel(node) > 0;
    const text = isItem ? [wordItem(node)] : blockText(node);
    if (isItem && wasItem && out.length) out[out.length - 1] += `\n${text[0]}`;
    else out.push(...text);
    wasItem = isItem;
  }
  flush();
  return out;
}

export const markdownOf = (html: string): string => flow(parseMarkup(html).children).join('\n\n');

// Whether it has more to say than its plain text: what a text editor puts there has not.
export const isRich = (html: string): boolean =>
  /<(a\s|h[1-6]|ul|ol|li|table|blockquote|img|pre|hr)\b|<(b|strong|i|em|s|del|code)\b|font-weight|font-style|mso-list/i.test(html) &&
  !/data-vscode|vscode-/i.test(html);

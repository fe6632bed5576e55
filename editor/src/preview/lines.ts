// Which line of the text a block of the page comes from: found by its words, from top to bottom, so that both can be scrolled in step. A block
// that templates have made has no words in the text, and no line.

export interface SourceBlock {
  line: number; // 1: the first of the text
  words: string;
}

const longest = 60; // letters that are compared

// Letters and digits alone: what Markdown, HTML and quotation marks add is no difference.
export const wordsOf = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '').slice(0, longest);

// Links show their text, and not where they lead; what templates and tags are is not shown.
const shown = (line: string): string =>
  line.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/\{[{%].*?[%}]\}/g, '').replace(/\{:.*?\}/g, '').replace(/<[^>]*>/g, '').replace(/^\s*\d+[.)]\s/, '');

export function sourceBlocks(text: string): SourceBlock[] {
  const blocks: SourceBlock[] = [];
  text.split(/\r\n|\n|\r/).forEach((line, index) => {
    const words = wordsOf(shown(line));
    if (words) blocks.push({line: index + 1, words});
  });
  return blocks;
}

// The line of each of `pageWords` (those of the page's blocks, in order), or null. Each line is of one block, and none before an earlier one's.
export function linesFor(blocks: SourceBlock[], pageWords: string[]): (number | null)[] {
  let at = 0;
  return pageWords.map((words) => {
    if (!words) return null;
    const found = blocks.findIndex((block, n) => n >= at && (words.startsWith(block.words) || block.words.startsWith(words)));
    if (found < 0) return null;
    at = found + 1;
    return blocks[found]!.line;
  });
}

export function markLines(page: Document, text: string) {
  const elements = [...page.querySelectorAll('p, h1, h2, h3, h4, h5, h6, li, pre, dt, dd, tr')].filter((element) => !element.closest('nav, header, footer, head'));
  const lines = linesFor(sourceBlocks(text), elements.map((element) => wordsOf(element.textContent ?? '')));
  elements.forEach((element, n) => lines[n] && element.setAttribute('data-stet-line', String(lines[n])));
}

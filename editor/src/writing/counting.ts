// How much is written: words of what a reader reads, and how long that takes.
const perMinute = 230; // words, of prose in most languages

const unread = /\{%-?\s*(highlight|raw|comment)\b[\s\S]*?\{%-?\s*end\1[^%]*%\}|\{%[^%]*%\}|\{\{[^}]*\}\}|\{:[^}]*\}|<!--[\s\S]*?-->|<[^>\n]*>|\]\([^)\n]*\)/g;
const splitter = new Intl.Segmenter(undefined, {granularity: 'word'});

export function wordsOf(text: string): number {
  let n = 0;
  const read = text.replace(unread, ' ');
  // Where words stand apart by blanks, that is quicker by far.
  if (!/[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/.test(read)) {
    return read.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’_\u200c-]*/gu)?.length ?? 0;
  }
  for (const {isWordLike} of splitter.segment(read)) if (isWordLike) n += 1;
  return n;
}

export const minutesOf = (words: number): number => Math.max(1, Math.round(words / perMinute));

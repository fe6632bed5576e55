// What the palette offers beside entries: things to do and screens to go to, as far as one may.
import type {Parts} from '../entries/rows';

export interface Command {
  id: string;
  group: 'do' | 'go' | 'entries';
  label: string;
  parts?: Parts | undefined; // of a search
  note?: string;
  run: () => void;
}

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{Mn}/gu, '').toLocaleLowerCase();

// Every word begins a word of the label, in any order: "po new" finds "New post".
export function fits(label: string, typed: string): boolean {
  const words = plain(label).split(/[^\p{L}\p{N}]+/u);
  return plain(typed).split(/\s+/).filter(Boolean).every((part) => words.some((word) => word.startsWith(part)));
}

// What fields are called where they are talked of.
import type {Schema} from './fields';
import {fieldOf} from './fields';
import {t} from './words';

export function partName(schema: Schema | null, part: string): string {
  if (part === 'body') return t('text');
  const node = schema?.properties?.[part];
  return fieldOf(part, node ?? {}, false).title;
}

const list = (words: string[]): string => new Intl.ListFormat(document.documentElement.lang, {type: 'conjunction'}).format(words);

export const partNames = (schema: Schema | null, parts: string[]): string => list(parts.map((part) => partName(schema, part)));
export const people = (names: string[]): string => list(names);

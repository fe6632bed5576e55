// What a kind of entries is called in the list's own words; a collection goes by its label.
import {labelTitle} from './config';
import type {Kind} from './kinds';
import {t} from './words';

const own = (kind: Kind) => (kind.label === undefined ? (kind.list as 'posts' | 'drafts' | 'pages') : undefined);

export function titleOf(kind: Kind): string {
  const name = own(kind);
  return name ? t(name) : labelTitle(kind.label!);
}

export function leadOf(kind: Kind): string {
  const name = own(kind);
  return name ? t(`${name}.lead`) : '';
}

export const newOf = (kind: Kind): string => t(`new.${own(kind) ?? 'item'}`);
export const searchTitle = (kind: Kind): string => t(`search.${own(kind) ?? 'item'}`);
export const noneOf = (kind: Kind): string => t(`none.${own(kind) ?? 'item'}`);

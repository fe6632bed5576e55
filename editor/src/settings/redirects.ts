import type {components} from '$schema';

// An entry to which an old address can lead.
export interface Target {
  kind: string;
  name: string;
  title: string;
}

// Each old address of entries that have some, with its entry; by address.
export function oldAddresses(entries: components['schemas']['EntryShown'][]): (Target & {old: string})[] {
  return entries
    .flatMap(({kind = '', name = '', front_matter: fields = {}}) =>
      [fields['redirect_from'] ?? []].flat().map((old) => ({kind, name, title: String(fields['title'] ?? name), old: String(old)})),
    )
    .sort((a, b) => (a.old < b.old ? -1 : 1));
}

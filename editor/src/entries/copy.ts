// A copy of an entry: what is another entry's address, date or history is not copied.
import type {components} from '$schema';
import type {Kind} from './kinds';

const ownOfOriginal = ['permalink', 'redirect_from', 'redirect_to', 'slug', 'date', 'published', 'unpublish', 'last_modified_at', 'uid'];

// Nobody sees a copy before somebody has looked at it: it is a draft, or unpublished.
export function copyOf(kind: Kind, entry: components['schemas']['Entry'], title: string): components['schemas']['EntryNew'] {
  const kept = Object.entries(entry.front_matter ?? {}).filter(([key]) => !ownOfOriginal.includes(key));
  return {
    front_matter: {...Object.fromEntries(kept), title, ...(kind.list === 'drafts' ? {} : {published: false})},
    body: entry.body ?? '',
  };
}

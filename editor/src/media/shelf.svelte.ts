// The files that a search and filters leave, a page after the other.
import {api, take} from '../api/client';
import type {Media} from './files';

export interface Wanted {
  name: string;
  type: string;
  folder: string;
  isUnused: boolean;
  sort: string;
}

export const everything: Wanted = {name: '', type: '', folder: '', isUnused: false, sort: '-date'};
const pageSize = 48;

export class Shelf {
  wanted = $state<Wanted>({...everything});
  files = $state.raw<Media[]>([]);
  total = $state(0);
  next = $state<string | null>(null);
  error = $state<unknown>(null);
  isLoading = $state(true);
  folders = $state.raw<string[]>([]); // that have been seen
  #asked = 0;

  constructor(wanted: Partial<Wanted> = {}, readonly change: () => string | undefined = () => undefined) {
    Object.assign(this.wanted, wanted);
  }

  get isNarrowed(): boolean {
    const {name, type, folder, isUnused} = this.wanted;
    return Boolean(name || type || folder || isUnused);
  }

  #ask(cursor?: string) {
    const {name, type, folder, isUnused, sort} = this.wanted, change = this.change();
    return take(
      api.GET('/media', {
        params: {
          query: {
            limit: pageSize, sort,
            ...(name.trim() && {name: name.trim()}), ...(type && {type}), ...(folder && {folder}), ...(isUnused && {unused: true}),
            ...(cursor && {cursor}), ...(change && {change}),
          },
        },
      }),
    );
  }

  async load() {
    const n = ++this.#asked;
    this.isLoading = true;
    this.error = null;
    try {
      const {items, total, next} = await this.#ask();
      if (n !== this.#asked) return; // another search has begun since
      Object.assign(this, {files: items, total, next});
      this.#see(items);
    } catch (error) {
      if (n === this.#asked) this.error = error;
    } finally {
      if (n === this.#asked) this.isLoading = false;
    }
  }

  async more() {
    if (!this.next) return;
    const n = ++this.#asked;
    try {
      const {items, next} = await this.#ask(this.next);
      if (n !== this.#asked) return;
      Object.assign(this, {files: [...this.files, ...items], next});
      this.#see(items);
    } catch (error) {
      this.error = error;
    }
  }

  #see(items: Media[]) {
    const all = new Set(this.folders);
    for (const {path} of items) {
      const parts = path.split('/');
      for (let n = 1; n < parts.length; ++n) all.add(parts.slice(0, n).join('/'));
    }
    this.folders = [...all].sort();
  }
}

// What the shell and the lists need to know of the site: where its public pages are, and what its configuration says of its
// collections and of who writes where an entry names nobody.
import {read} from '../api/asking';
import {labelsIn} from './config';

class Site {
  config = $state.raw<Record<string, unknown>>({});
  url = $state(''); // of the public pages
  labels = $derived(labelsIn(this.config));
  #asked: Promise<void> | null = null;

  // Once for everybody who asks; what cannot be read is asked for again by whoever comes next.
  load(): Promise<void> {
    this.#asked ??= Promise.all([
      read('/config').then((config) => (this.config = (config ?? {}) as Record<string, unknown>)),
      read('/status').then(({live}) => (this.url = live.url)),
    ]).then(
      () => undefined,
      () => {
        this.#asked = null;
      },
    );
    return this.#asked;
  }
}

export const site = new Site();

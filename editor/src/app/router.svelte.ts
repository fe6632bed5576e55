// Where in the editor one is: the part of the address after #, as segments and a query. The back button works, and every screen has an address.

export interface Place {
  segments: string[]; // decoded; none: the first screen
  query: URLSearchParams;
}

export function placeOf(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const segments = path.split('/').filter((segment) => segment !== '').map(decoded);
  return {segments, query: new URLSearchParams(query)};
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// href(['posts', '2020/10/x'], {tag: 'a'}): a name with slashes stands as several segments.
export function href(segments: string[], query: Record<string, string | undefined> = {}): string {
  const path = segments.flatMap((segment) => segment.split('/')).map(encodeURIComponent).join('/');
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) asked.set(name, value);
  return `#/${path}${asked.size ? `?${asked}` : ''}`;
}

// Says why one should stay, or nothing: then one may go there; null is out of the editor.
type Guard = (to: Place | null) => string | undefined;

class Router {
  place = $state<Place>(placeOf(location.hash));
  #guards = new Set<Guard>();
  #confirm: (why: string) => Promise<boolean> = async () => true;
  #last = location.hash;

  constructor() {
    addEventListener('hashchange', () => void this.#moved());
    addEventListener('beforeunload', (event) => {
      if (this.#reason(null)) event.preventDefault();
    });
  }

  go(to: string) {
    location.hash = to;
  }

  // Another address for the same screen, without a step for the back button.
  replace(to: string) {
    history.replaceState(null, '', to);
    this.#last = location.hash;
    this.place = placeOf(location.hash);
  }

  // How to ask whether unsaved work may be left.
  askBy(confirm: (why: string) => Promise<boolean>) {
    this.#confirm = confirm;
  }

  // Until the function that it returns is called.
  guard(guard: Guard): () => void {
    this.#guards.add(guard);
    return () => this.#guards.delete(guard);
  }

  #reason(to: Place | null): string | undefined {
    for (const guard of this.#guards) {
      const why = guard(to);
      if (why) return why;
    }
    return undefined;
  }

  async #moved() {
    if (location.hash === this.#last) return;
    const wanted = location.hash;
    const why = this.#reason(placeOf(wanted));
    if (why) {
      history.replaceState(null, '', this.#last || '#/');
      if (!(await this.#confirm(why))) return;
      this.#guards.clear();
      history.replaceState(null, '', wanted);
    }
    this.#last = wanted;
    this.place = placeOf(wanted);
  }
}

export const router = new Router();

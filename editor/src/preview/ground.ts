// The site that an unsaved text is a text of, as a preview's address shows it: its style sheets, pictures and other pages.
import {api, take} from '../api/client';

const lasts = 45 * 60_000; // milliseconds; the server keeps an address for an hour

export class Ground {
  #change: string | null = null;
  #until = 0;
  #address = Promise.resolve('');

  // "/preview/SECRET", without a slash at its end; of what is live, or of a change.
  at(change: string, now = Date.now()): Promise<string> {
    if (change !== this.#change || now >= this.#until) {
      this.#change = change;
      this.#until = now + lasts;
      this.#address = made(change).catch((error: unknown) => {
        this.#until = 0;
        throw error;
      });
    }
    return this.#address;
  }
}

async function made(change: string): Promise<string> {
  const shown = change
    ? await take(api.POST('/changes/{id}/preview', {params: {path: {id: change}}}))
    : await take(api.GET('/status')).then(({live}) => take(api.POST('/previews', {body: {of: live.commit}})));
  return shown.url.replace(/\/$/, '');
}

// Addresses from the root are the site's; in the frame the site is below `ground`.
export function keepInside(page: Document, ground: string) {
  const inside = (address: string) => (/^\/(?!\/)/.test(address) ? ground + address : address);
  for (const name of ['href', 'src', 'poster']) {
    for (const element of page.querySelectorAll(`[${name}^="/"]`)) element.setAttribute(name, inside(element.getAttribute(name)!));
  }
  for (const element of page.querySelectorAll('[srcset]')) {
    const parts = element.getAttribute('srcset')!.split(',').map((part) => inside(part.trim()));
    element.setAttribute('srcset', parts.join(', '));
  }
}

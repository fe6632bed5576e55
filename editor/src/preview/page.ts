// The page in the preview's frame: read by its address when it is another page, changed in place when it is the same page of a newer text.
//
// The frame is sandboxed: its scripts do not run. Its document may be reached from here, and a fetched page is made a document by the policy
// `stet-preview` alone, in the frame's own realm.
import {morph} from './morph';

interface Policy {
  createHTML(html: string): string;
}
const factory = (globalThis as {trustedTypes?: {createPolicy(name: string, rules: Policy): Policy}}).trustedTypes;
let policy: Policy | undefined;
const trusted = (html: string): string => {
  if (!factory) return html;
  policy ??= factory.createPolicy('stet-preview', {createHTML: (text) => text});
  return policy.createHTML(html);
};

type Realm = Window & {DOMParser: typeof DOMParser};

export class Page {
  #url = ''; // of the page that is in the frame
  #isLoaded = false;

  constructor(
    readonly frame: HTMLIFrameElement,
    readonly onready: () => void,
  ) {
    frame.addEventListener('load', () => {
      this.#isLoaded = this.#url !== '';
      this.onready();
    });
  }

  get document(): Document | null {
    return this.#isLoaded ? this.frame.contentDocument : null;
  }

  // The page that is at `address` now, for the entry whose own address is `url`.
  async show(address: string, url: string, signal: AbortSignal) {
    const own = this.document;
    if (!own?.body || this.#url !== url) {
      this.#url = url;
      this.#isLoaded = false;
      this.frame.src = address;
      return;
    }
    const response = await fetch(address, {signal, credentials: 'same-origin', cache: 'no-store'});
    if (!response.ok) throw new Error(`the preview's page: ${response.status}`);
    const html = await response.text();
    if (signal.aborted) return;
    const Parser = (this.frame.contentWindow as Realm).DOMParser;
    const next = new Parser().parseFromString(trusted(html), 'text/html');
    morph(own.documentElement, next.documentElement);
    this.onready();
  }

  // The page is to be read anew the next time.
  forget() {
    this.#url = '';
  }
}

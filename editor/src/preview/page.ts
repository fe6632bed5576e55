// The page in the preview's frame: the site's page of that address is loaded once, and made the page of the unsaved text in place, again and again.
//
// The frame is sandboxed: its scripts do not run. Its document may be reached from here, and what the server has rendered is made a document by
// the policy `stet-preview` alone, in the frame's own realm.
import {keepInside} from './ground';
import {markLines} from './lines';
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

export interface Shown {
  ground: string; // the site around it: "/preview/SECRET"
  url: string; // of the page, from the site's root
  html: string;
  text: string; // of which it is made
}

export class Page {
  #at = ''; // what is in the frame
  #isLoaded = false;
  #waiting: Shown | null = null;

  constructor(
    readonly frame: HTMLIFrameElement,
    readonly onready: () => void,
  ) {
    frame.addEventListener('load', () => {
      this.#isLoaded = this.#at !== '';
      if (this.#waiting) this.#put(this.#waiting);
    });
  }

  get document(): Document | null {
    return this.#isLoaded ? this.frame.contentDocument : null;
  }

  show(shown: Shown) {
    const at = shown.ground + shown.url;
    if (this.#at === at && this.document?.body) return this.#put(shown);
    this.#waiting = shown;
    if (this.#at === at) return;
    this.#at = at;
    this.#isLoaded = false;
    this.frame.src = at;
  }

  #put({ground, html, text}: Shown) {
    this.#waiting = null;
    const own = this.document;
    if (!own) return;
    const Parser = (this.frame.contentWindow as Realm).DOMParser;
    const next = new Parser().parseFromString(trusted(html) as string, 'text/html');
    keepInside(next, ground);
    markLines(next, text);
    morph(own.documentElement, next.documentElement);
    this.onready();
  }
}

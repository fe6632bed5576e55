// HTML of a clipboard, read as a browser would nearly, into plain values: nothing of it is ever put into a page, so nothing of it can run.
// (DOMParser would be as safe, but the page's policy of Trusted Types rightly counts it among what makes markup of strings.)

export interface Element {
  name: string;
  attributes: Record<string, string>;
  children: (Element | string)[];
}

const named: Record<string, string> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', shy: '\u00ad', ndash: '–', mdash: '—', lsquo: '‘', rsquo: '’', sbquo: '‚', ldquo: '“',
  rdquo: '”', bdquo: '„', laquo: '«', raquo: '»', hellip: '…', bull: '•', middot: '·', copy: '©', reg: '®', trade: '™', deg: '°', euro: '€', pound: '£',
  times: '×', divide: '÷', plusmn: '±', frac12: '½', sect: '§', para: '¶', dagger: '†', larr: '←', rarr: '→', uarr: '↑', darr: '↓', harr: '↔', zwnj: '\u200c',
  zwj: '\u200d', lrm: '\u200e', rlm: '\u200f', ensp: '\u2002', emsp: '\u2003', thinsp: '\u2009', szlig: 'ß', aelig: 'æ', AElig: 'Æ', oslash: 'ø', Oslash: 'Ø',
  ntilde: 'ñ', Ntilde: 'Ñ', ccedil: 'ç', Ccedil: 'Ç', aring: 'å', Aring: 'Å', iexcl: '¡', iquest: '¿', eth: 'ð', thorn: 'þ', oelig: 'œ', OElig: 'Œ',
};
const accents: Record<string, string> = {grave: '\u0300', acute: '\u0301', circ: '\u0302', tilde: '\u0303', uml: '\u0308', caron: '\u030c', cedil: '\u0327'};

function character(code: number): string {
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '\ufffd';
}

export function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]*));?/g, (whole, decimal, hex, name) => {
    if (decimal) return character(Number(decimal));
    if (hex) return character(Number.parseInt(hex, 16));
    const accented = /^([A-Za-z])(grave|acute|circ|tilde|uml|caron|cedil)$/.exec(name);
    return named[name] ?? (accented ? (accented[1]! + accents[accented[2]!]).normalize('NFC') : whole);
  });
}

const empty = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);
const unread = new Set(['script', 'style', 'title', 'textarea', 'noscript', 'template', 'xml', 'iframe', 'object']);
// What ends where another of them begins: <li>a<li>b.
const ended: [RegExp, RegExp, RegExp][] = [
  [/^li$/, /^li$/, /^(ul|ol)$/],
  [/^(dt|dd)$/, /^(dt|dd)$/, /^dl$/],
  [/^(td|th)$/, /^(td|th)$/, /^(tr|table)$/],
  [/^tr$/, /^(tr|td|th)$/, /^table$/],
  [/^(p|h[1-6]|ul|ol|dl|table|pre|blockquote|div|section|hr)$/, /^p$/, /^(div|section|li|td|th|blockquote|body)$/],
];
const depthMax = 200;

function attributesOf(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name, double, single, bare] of text.matchAll(/([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?/g)) {
    found[name!.toLowerCase()] ??= decoded(double ?? single ?? bare ?? '');
  }
  return found;
}

class Reader {
  readonly root: Element = {name: '', attributes: {}, children: []};
  #open: Element[] = [this.root];

  text(text: string) {
    if (text) this.#open.at(-1)!.children.push(decoded(text));
  }

  begin(name: string, attributes: Record<string, string>, isClosed: boolean) {
    for (const [begun, closed, fence] of ended) {
      if (!begun.test(name)) continue;
      for (let n = this.#open.length - 1; n > 0 && !fence.test(this.#open[n]!.name); --n) {
        if (closed.test(this.#open[n]!.name)) this.#open.length = n;
      }
    }
    const element: Element = {name, attributes, children: []};
    this.#open.at(-1)!.children.push(element);
    if (!isClosed && !empty.has(name) && this.#open.length < depthMax) this.#open.push(element);
  }

  end(name: string) {
    const at = this.#open.findLastIndex((element) => element.name === name);
    if (at > 0) this.#open.length = at;
  }
}

const token = /<!--[\s\S]*?(?:-->|$)|<!\[[\s\S]*?\]>|<![^>]*>|<\?[\s\S]*?>|<(\/?)([A-Za-z][\w:-]*)((?:"[^"]{0,20000}"|'[^']{0,20000}'|[^"'>]){0,3000})>/g;

export function parseMarkup(html: string): Element {
  const reader = new Reader();
  const last = html.lastIndexOf('>');
  let at = 0;
  token.lastIndex = 0;
  for (let found = token.exec(html); found; found = token.lastIndex > last ? null : token.exec(html)) {
    reader.text(html.slice(at, found.index));
    at = token.lastIndex;
    const name = found[2]?.toLowerCase();
    if (!name) continue;
    if (found[1]) reader.end(name);
    else if (unread.has(name)) {
      const close = html.toLowerCase().indexOf(`</${name}`, at);
      at = token.lastIndex = close < 0 ? html.length : html.indexOf('>', close) + 1 || html.length;
    } else reader.begin(name, attributesOf(found[3] ?? ''), /\/\s*$/.test(found[3] ?? ''));
  }
  reader.text(html.slice(at));
  return reader.root;
}

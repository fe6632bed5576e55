// Makes one document like another, in place: what is alike stays as it is, with its pictures and the place to which it is scrolled.

const lineMark = 'data-stet-line';
const most = 2000; // children of one element that are compared for the longest common sequence; beyond it, one by one

const isElement = (node: Node): node is Element => node.nodeType === 1;

// What may take whose place: elements of one name, and texts.
function kindOf(node: Node): string {
  if (!isElement(node)) return `#${node.nodeType}`;
  return node.id ? `${node.localName}#${node.id}` : node.localName;
}

// Where a block has moved by some lines it is still the same block.
function isAlike(a: Node, b: Node): boolean {
  if (a.nodeType !== b.nodeType) return false;
  if (!isElement(a) || !isElement(b)) return a.nodeValue === b.nodeValue;
  return a.localName === b.localName && withoutLines(a) === withoutLines(b);
}

const withoutLines = (element: Element): string => element.outerHTML.replace(/ data-stet-line="\d*"/g, '');

function setAttributes(from: Element, to: Element) {
  for (const {name} of [...from.attributes]) if (!to.hasAttribute(name)) from.removeAttribute(name);
  for (const {name, value} of [...to.attributes]) if (from.getAttribute(name) !== value) from.setAttribute(name, value);
}

// Pairs of the children that stay, in order: those that are alike, then those of one kind between them.
function pairs(old: Node[], next: Node[]): Map<Node, Node> {
  const found = new Map<Node, Node>();
  let head = 0, tail = 0;
  while (head < old.length && head < next.length && isAlike(old[head]!, next[head]!)) {
    found.set(next[head]!, old[head]!);
    ++head;
  }
  while (tail < old.length - head && tail < next.length - head && isAlike(old.at(-1 - tail)!, next.at(-1 - tail)!)) {
    found.set(next.at(-1 - tail)!, old.at(-1 - tail)!);
    ++tail;
  }
  const left = old.slice(head, old.length - tail), right = next.slice(head, next.length - tail);
  let at = 0;
  for (const node of right.slice(0, most)) {
    const from = left.findIndex((other, n) => n >= at && kindOf(other) === kindOf(node));
    if (from < 0) continue;
    found.set(node, left[from]!);
    at = from + 1;
  }
  return found;
}

function morphChildren(from: Element, to: Element) {
  const old = [...from.childNodes], next = [...to.childNodes];
  const stay = pairs(old, next);
  const kept = new Set(stay.values());
  for (const node of old) if (!kept.has(node)) node.remove();
  let place: ChildNode | null = from.firstChild;
  for (const node of next) {
    const same = stay.get(node);
    if (same) {
      morph(same, node);
      place = same.nextSibling as ChildNode | null;
    } else {
      from.insertBefore(from.ownerDocument.importNode(node, true), place);
    }
  }
}

export function morph(from: Node, to: Node) {
  if (!isElement(from) || !isElement(to)) {
    if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue;
    return;
  }
  if (from.localName !== to.localName) {
    from.replaceWith(from.ownerDocument.importNode(to, true));
    return;
  }
  if (from.isEqualNode(to)) return;
  setAttributes(from, to);
  morphChildren(from, to);
}

// The blocks that know their line, in the order of the page.
export interface Block {
  line: number;
  top: number; // in the frame's document
}

export function blocksOf(page: Document): Block[] {
  const scrolled = page.defaultView?.scrollY ?? 0;
  const blocks = [...page.querySelectorAll(`[${lineMark}]`)].map((element) => ({
    line: Number(element.getAttribute(lineMark)),
    top: element.getBoundingClientRect().top + scrolled,
  }));
  return blocks.filter((block) => Number.isInteger(block.line) && block.line > 0).sort((a, b) => a.line - b.line || a.top - b.top);
}

// Where in the page a line is, between the blocks around it.
export function topOfLine(blocks: Block[], line: number): number | null {
  const after = blocks.findIndex((block) => block.line > line);
  const from = blocks[after < 0 ? blocks.length - 1 : after - 1], to = after < 0 ? undefined : blocks[after];
  if (!from) return blocks.length ? 0 : null;
  if (!to || to.line === from.line) return from.top;
  return from.top + ((line - from.line) / (to.line - from.line)) * (to.top - from.top);
}

// Which line is at a height of the page.
export function lineAtTop(blocks: Block[], top: number): number | null {
  const byTop = [...blocks].sort((a, b) => a.top - b.top);
  const after = byTop.findIndex((block) => block.top > top);
  const from = byTop[after < 0 ? byTop.length - 1 : after - 1], to = after < 0 ? undefined : byTop[after];
  if (!from) return byTop[0] ? 1 : null;
  if (!to || to.top === from.top) return from.line;
  return Math.round(from.line + ((top - from.top) / (to.top - from.top)) * (to.line - from.line));
}

// Rows that are chosen for something, over all pages of a list; `most` at once.
import type {Row} from './rows';

export const mostAtOnce = 200; // as many as one commit has actions

export class Selection {
  #rows = $state<Map<string, Row>>(new Map());
  #last = ''; // the path from which a range begins
  isFull = $state(false);

  constructor(readonly most: number) {}

  get rows(): Row[] {
    return [...this.#rows.values()];
  }

  get size(): number {
    return this.#rows.size;
  }

  has(path: string): boolean {
    return this.#rows.has(path);
  }

  #put(rows: Row[], isOn: boolean) {
    const next = new Map(this.#rows);
    this.isFull = false;
    for (const row of rows) {
      if (!isOn) next.delete(row.path);
      else if (next.size < this.most || next.has(row.path)) next.set(row.path, row);
      else this.isFull = true;
    }
    this.#rows = next;
  }

  // With `isRange`, from the one that was last chosen to this one.
  toggle(row: Row, shown: Row[], isRange = false) {
    const from = shown.findIndex((one) => one.path === this.#last);
    const to = shown.findIndex((one) => one.path === row.path);
    if (isRange && from >= 0 && to >= 0) this.#put(shown.slice(Math.min(from, to), Math.max(from, to) + 1), true);
    else this.#put([row], !this.has(row.path));
    this.#last = row.path;
  }

  all(shown: Row[], isOn: boolean) {
    this.#put(shown, isOn);
  }

  clear() {
    this.#rows = new Map();
    this.#last = '';
    this.isFull = false;
  }

  // What has been read anew is what is done something with; who has gone is chosen no more.
  refresh(shown: Row[]) {
    const fresh = new Map(shown.map((row) => [row.path, row]));
    if (this.rows.some((row) => fresh.has(row.path) && fresh.get(row.path) !== row)) {
      this.#rows = new Map(this.rows.map((row) => [row.path, fresh.get(row.path) ?? row]));
    }
  }
}

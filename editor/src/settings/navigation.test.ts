import {expect, test} from 'vitest';
import {type Link, listsOf, type Operation, patchOf, type Row} from './navigation';

// RFC 6902, as far as lists need it.
function applied(data: unknown, operations: Operation[]): unknown {
  const root = structuredClone(data) as Record<string, unknown>;
  const placeOf = (path: string) => {
    const keys = path.split('/').slice(1).map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = keys.pop()!;
    return {parent: keys.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], root), last};
  };
  const takeOut = (path: string) => {
    const {parent, last} = placeOf(path);
    return (parent as unknown[]).splice(Number(last), 1)[0];
  };
  for (const operation of operations) {
    if (operation.op === 'remove') {
      takeOut(operation.path);
      continue;
    }
    const value = operation.op === 'move' ? takeOut(operation.from) : operation.value;
    const {parent, last} = placeOf(operation.path);
    if (operation.op === 'replace') (parent as Record<string, unknown>)[last] = value;
    else (parent as unknown[]).splice(Number(last), 0, value);
  }
  return root;
}

const link = (title: string): Link => ({title, url: `/${title}/`, icon: 'x'});

test('what was done to rows is what the patch does to the file', () => {
  let seed = 7;
  const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  for (let round = 0; round < 500; ++round) {
    const data = {'a/b~c': [...'abcdefg'].slice(0, random(8)).map(link), footer: [link('z')]};
    const lists = listsOf(data)!;
    const rows: Row[] = lists[0]!.rows;
    for (let step = random(6); step > 0; --step) {
      const at = random(rows.length + 1);
      const kind = random(4);
      if (kind === 0 || rows.length === 0) rows.splice(at, 0, {id: 100 + step, was: null, link: link(`new${step}`)});
      else if (kind === 1) rows.splice(at % rows.length, 1);
      else if (kind === 2) rows.splice(at % rows.length, 0, ...rows.splice(random(rows.length), 1));
      else rows[at % rows.length]!.link.title += '!';
    }
    const patch = patchOf(data, lists);
    expect(applied(data, patch)).toEqual({'a/b~c': rows.map((row) => row.link), footer: data.footer});
  }
});

test('nothing done is no patch', () => {
  const data = [link('a'), link('b')];
  expect(patchOf(data, listsOf(data)!)).toEqual([]);
});

test.each([null, {}, {main: 'x'}, {main: [{title: 'no address'}]}, {main: [link('a')], other: 3}])('%j is no navigation', (data) =>
  expect(listsOf(data)).toBeNull(),
);

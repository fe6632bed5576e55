import {describe, expect, it} from 'vitest';
import {hunksOf, wordsBetween} from './unified';

const diff = `--- a/x.md
+++ b/x.md
@@ -3,3 +3,4 @@
 same
-The ferry is at nine.
+The ferry is at ten.
+And back at six.
 end
@@ -20,0 +22,1 @@
+last
`;

describe('a unified diff', () => {
  const hunks = hunksOf(diff);
  it('is rows with the numbers of their lines', () => {
    expect(hunks[0]!.rows.map(({kind, before, after}) => [kind, before, after])).toEqual([
      ['same', 3, 3], ['gone', 4, null], ['come', null, 4], ['come', null, 5], ['same', 5, 6],
    ]);
    expect(hunks[1]!.rows[0]).toMatchObject({kind: 'come', after: 22});
  });
  it('says how many lines are left out', () => {
    expect(hunks.map((hunk) => hunk.skipped)).toEqual([2, 15]);
  });
  it('marks the words that differ', () => {
    const changed = (n: number) => hunks[0]!.rows[n]!.parts.filter((part) => part.isChanged).map((part) => part.text);
    expect(changed(1)).toEqual(['nine']);
    expect(changed(2)).toEqual(['ten']);
    expect(changed(3)).toEqual([]);
  });
  it('is nothing of nothing', () => {
    expect(hunksOf('')).toEqual([]);
  });
});

describe('two lines', () => {
  it('keep all their letters', () => {
    const [old, fresh] = wordsBetween('سلام دنیا، a-b', 'سلام جهان، a+b c');
    expect(old.map((part) => part.text).join('')).toBe('سلام دنیا، a-b');
    expect(fresh.map((part) => part.text).join('')).toBe('سلام جهان، a+b c');
    expect(old.filter((part) => part.isChanged).map((part) => part.text)).toEqual(['دنیا', '-']);
  });
});

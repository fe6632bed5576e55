import {describe, expect, it} from 'vitest';
import {joinRegions, linesOf, mergeLines} from './lines';

const merged = (base: string, mine: string, theirs: string) =>
  joinRegions(mergeLines(base, mine, theirs), (conflict) => `<${conflict.mine}|${conflict.theirs}>`);

it('lines keep their ends', () => {
  expect(linesOf('a\r\nb\n\nc')).toEqual(['a\r\n', 'b\n', '\n', 'c']);
  expect(linesOf('')).toEqual([]);
});

describe('two edits', () => {
  const base = 'one\ntwo\nthree\nfour\nfive\n';
  it('of different lines are both kept', () => {
    expect(merged(base, 'ONE\ntwo\nthree\nfour\nfive\n', 'one\ntwo\nthree\nfour\nFIVE\n')).toBe('ONE\ntwo\nthree\nfour\nFIVE\n');
    expect(merged(base, base + 'six\n', 'zero\n' + base)).toBe('zero\n' + base + 'six\n');
  });
  it('of one line are a conflict', () => {
    expect(merged(base, 'one\nTWO\nthree\nfour\nfive\n', 'one\nzwei\nthree\nfour\nfive\n')).toBe('one\n<TWO\n|zwei\n>three\nfour\nfive\n');
  });
  it('that touch one another are a conflict', () => {
    const regions = mergeLines('a\nb\n', 'A\nb\n', 'a\nB\n');
    expect(regions).toEqual([{from: 'conflict', base: 'a\nb\n', mine: 'A\nb\n', theirs: 'a\nB\n'}]);
  });
  it('that are alike are one', () => {
    expect(mergeLines('a\n', 'b\n', 'b\n')).toEqual([{from: 'both', base: 'a\n', mine: 'b\n', theirs: 'b\n'}]);
  });
  it('take lines away', () => {
    expect(merged(base, 'one\nthree\nfour\nfive\n', 'one\ntwo\nthree\nfour\n')).toBe('one\nthree\nfour\n');
  });
  it('lose nothing: all of mine and of theirs is in the regions', () => {
    for (const [mine, theirs] of [['', base], [base, ''], ['x\n' + base, base.replace('three\n', '3\n3b\n')], ['five\none\n', 'two\nfour']] as const) {
      const regions = mergeLines(base, mine, theirs);
      expect(regions.map((region) => region.mine).join('')).toBe(mine);
      expect(regions.map((region) => region.theirs).join('')).toBe(theirs);
      expect(regions.map((region) => region.base).join('')).toBe(base);
    }
  });
});

import {describe, expect, it} from 'vitest';
import {differing, patchOf, same, shown, stepsOf, valueAt, withField, withValueAt} from './values';

describe('a patch', () => {
  it('names what differs, and nothing else', () => {
    expect(patchOf({title: 'A', tags: ['x'], n: 1}, {title: 'B', tags: ['x'], n: 1})).toEqual({title: 'B'});
    expect(patchOf({a: 1}, {a: 1})).toBeNull();
  });
  it('takes away with null, and goes into maps', () => {
    expect(patchOf({a: 1, b: 2}, {b: 2})).toEqual({a: null});
    expect(patchOf({m: {a: 1, b: 2}}, {m: {a: 1, b: 3}})).toEqual({m: {b: 3}});
  });
  it('sends lists whole', () => {
    expect(patchOf({tags: ['a', 'b']}, {tags: ['a', 'b', 'c']})).toEqual({tags: ['a', 'b', 'c']});
  });
});

describe('fields', () => {
  it('keep their order when one is another', () => {
    expect(Object.keys(withField({a: 1, b: 2, c: 3}, 'b', 9))).toEqual(['a', 'b', 'c']);
    expect(Object.keys(withField({a: 1, b: 2}, 'a', undefined))).toEqual(['b']);
    expect(withField({a: 1}, 'z', null)).toEqual({a: 1, z: null});
  });
  it('are compared by value, whatever the order of keys', () => {
    expect(same({a: [1, {b: 2}], c: null}, {c: null, a: [1, {b: 2}]})).toBe(true);
    expect(same({a: undefined as never}, {b: undefined as never})).toBe(false);
    expect(same([1, 2], [1])).toBe(false);
  });
  it('that differ are named', () => {
    expect(differing({a: 1, b: 2}, {b: 3, c: 4})).toEqual(['b', 'c', 'a']);
  });
});

describe('a pointer', () => {
  it('leads to a value', () => {
    expect(stepsOf('/front_matter/a~1b/0')).toEqual(['front_matter', 'a/b', '0']);
    expect(valueAt({a: [{b: 1}]}, ['a', '0', 'b'])).toBe(1);
    expect(valueAt({a: 1}, ['a', 'b'])).toBeUndefined();
  });
  it('sets one', () => {
    expect(withValueAt({a: {b: 1}}, ['a', 'c'], 2)).toEqual({a: {b: 1, c: 2}});
    expect(withValueAt({a: {b: 1}}, ['a', 'b'], undefined)).toEqual({a: {}});
  });
});

it('a value is shown in a line, or as data', () => {
  expect(shown(['a', 'b'])).toBe('a, b');
  expect(shown(null)).toBe('');
  expect(shown({a: 1})).toBe('{\n  "a": 1\n}');
});

import {describe, expect, it} from 'vitest';
import {fieldOf, isText, valueText} from './fields';

describe('a field', () => {
  it('is called by its place', () => {
    expect(fieldOf('/front_matter/author/full_name')).toBe('author › full name');
    expect(fieldOf('/rooms/0/a~1b')).toBe('rooms › 0 › a/b');
    expect(isText('/body')).toBe(true);
  });
  it('has a value that can be read', () => {
    expect(valueText(['a', 'b'])).toBe('a, b');
    expect(valueText(null)).toBe('');
    expect(valueText(false)).toBe('false');
    expect(valueText({a: 1})).toBe('{\n  "a": 1\n}');
  });
});

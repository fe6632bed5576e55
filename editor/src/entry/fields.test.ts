import {describe, expect, it} from 'vitest';
import {addableFields, controlOf, fieldOf, formFields, initialOf, objectFields, type Schema} from './fields';

const declared: Schema = {
  properties: {
    summary: {title: 'Summary', description: 'One sentence.', type: ['string', 'null'], 'x-stet': {type: 'text', order: 1}},
    title: {title: 'Title', type: 'string', 'x-stet': {type: 'text', order: 0, required: true}},
    layout: {'x-stet': {is_own: true}},
  },
  'x-stet': {from: 'declared'},
};
const inferred: Schema = {
  properties: {
    title: {title: 'Title', 'x-stet': {type: 'text', order: 0, count: 9}},
    lang: {title: 'Lang', 'x-stet': {type: 'text', order: 1, count: 1}},
    tags: {title: 'Tags', 'x-stet': {type: 'tags', order: 2, count: 8}},
  },
  'x-stet': {from: 'inferred'},
};
const keys = (fields: {key: string}[]) => fields.map((field) => field.key);

describe('a form', () => {
  it('has all that the site declares, in its order, and what else is there', () => {
    const form = formFields(declared, {layout: 'post', title: 'A', mood: 'calm'});
    expect(keys(form)).toEqual(['title', 'summary', 'layout', 'mood']);
    expect(form[0]).toMatchObject({isRequired: true, isDeclared: true});
    expect(form[1]?.help).toBe('One sentence.');
  });
  it('has what is there, as it is there, where nothing is declared', () => {
    expect(keys(formFields(inferred, {tags: [], title: 'A', own_key: 1}))).toEqual(['tags', 'title', 'own_key']);
    expect(formFields(null, {own_key: 1})[0]?.title).toBe('Own key');
  });
  it('offers what others of the kind have, the most usual first', () => {
    expect(keys(addableFields(inferred, {title: 'A'}))).toEqual(['tags', 'lang']);
    expect(addableFields(null, {})).toEqual([]);
  });
  it('goes into objects', () => {
    const field = fieldOf('hero', {properties: {image: {'x-stet': {type: 'image'}}}, 'x-stet': {type: 'object'}}, true);
    expect(keys(objectFields(field, {image: 'a', other: 1}))).toEqual(['image', 'other']);
  });
});

describe('a control', () => {
  const of = (type: string, value: Parameters<typeof controlOf>[1], node = {}) =>
    controlOf(fieldOf('x', {...node, 'x-stet': {type: type as 'text'}}, true), value);
  it('is that of the type where the value is of it', () => {
    expect(of('text', 'a')).toBe('text');
    expect(of('markdown', 'a')).toBe('long');
    expect(of('date', '2025-01-01')).toBe('date');
    expect(of('boolean', undefined)).toBe('boolean');
    expect(of('tags', ['a', 1])).toBe('words');
    expect(of('image', {path: 'a.png', alt: ''})).toBe('image');
    expect(of('select', 3)).toBe('select');
    expect(of('list', [{a: 1}])).toBe('list');
    expect(of('number', null)).toBe('number');
  });
  it('is that of the value where it is of another, so that nothing is turned into something else', () => {
    expect(of('tags', 'a b')).toBe('text');
    expect(of('date', 'soon')).toBe('text');
    expect(of('number', 'many')).toBe('text');
    expect(of('boolean', 'maybe')).toBe('text');
    expect(of('text', ['a'])).toBe('words');
    expect(of('text', {a: 1})).toBe('object');
    expect(of('any', 'two\nlines')).toBe('long');
    expect(of('any', [{a: 1}])).toBe('list');
    expect(of('any', true)).toBe('boolean');
  });
  it('of a text that is a time by the clock is that of dates', () => {
    expect(of('text', '2025-09-12T10:00')).toBe('date');
  });
});

it('a field begins with its default, or with nothing', () => {
  const of = (type: string, more = {}) => initialOf(fieldOf('x', {...more, 'x-stet': {type: type as 'text'}}, true), '2026-01-01');
  expect([of('text'), of('boolean'), of('tags'), of('date'), of('object'), of('number')]).toEqual(['', false, [], '2026-01-01', {}, 0]);
  expect(of('text', {default: 'x'})).toBe('x');
});

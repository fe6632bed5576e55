// Which fields a form has: those of the site's schema, those that are really there, and how each is edited.
import {isMap, type Fields, type Value} from './values';

export type FieldType =
  | 'text' | 'markdown' | 'date' | 'boolean' | 'number' | 'list' | 'tags' | 'image' | 'reference' | 'select' | 'object' | 'any';

interface Notes {
  type?: FieldType;
  order?: number;
  required?: boolean;
  is_own?: boolean;
  collection?: string;
  entries?: string;
  external?: boolean;
  options?: {value: string | number; label: string}[];
  is_open?: boolean;
  values?: {value: string; count: number}[];
  count?: number;
  default?: string;
  min?: string;
  max?: string;
  items?: SchemaNode;
}

// What GET /schemas/NAME says of a field.
export interface SchemaNode {
  title?: string;
  description?: string;
  type?: string | string[];
  items?: SchemaNode;
  properties?: Record<string, SchemaNode>;
  additionalProperties?: boolean;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  default?: Value;
  'x-stet'?: Notes;
}

export interface Schema extends SchemaNode {
  'x-stet': Notes & {from?: 'declared' | 'inferred'};
}

export interface Field {
  key: string;
  type: FieldType;
  title: string;
  help: string;
  isRequired: boolean;
  isDeclared: boolean; // by the site; else it is only there
  notes: Notes;
  item: Field | null; // of a list
  members: Field[]; // of an object
  node: SchemaNode;
}

const titleOf = (key: string): string => {
  const words = key.replace(/[_-]+/g, ' ').trim();
  return words ? words[0]!.toUpperCase() + words.slice(1) : key;
};

export function fieldOf(key: string, node: SchemaNode, isDeclared: boolean): Field {
  const notes = node['x-stet'] ?? {};
  const items = notes.items ?? node.items;
  return {
    key,
    type: notes.type ?? 'any',
    title: node.title ?? titleOf(key),
    help: node.description ?? '',
    isRequired: isDeclared && (notes.required ?? false), // what all others have is no duty
    isDeclared,
    notes,
    item: items ? fieldOf('', items, isDeclared) : null,
    members: membersOf(node, isDeclared),
    node,
  };
}

function membersOf(node: SchemaNode, isDeclared: boolean): Field[] {
  return Object.entries(node.properties ?? {})
    .filter(([, member]) => !member['x-stet']?.is_own)
    .map(([key, member]) => fieldOf(key, member, isDeclared))
    .sort((a, b) => (a.notes.order ?? 0) - (b.notes.order ?? 0));
}

// Of a field that no schema knows, by what it is.
const unknown = (key: string): Field => fieldOf(key, {}, false);

const isDeclaredBy = (schema: Schema | null): boolean => schema?.['x-stet'].from === 'declared';

// The form's fields. Of a declared schema all, in its order; then whatever else is there.
export function formFields(schema: Schema | null, fields: Fields): Field[] {
  const known = schema ? membersOf(schema, isDeclaredBy(schema)) : [];
  const form = isDeclaredBy(schema) ? known : [];
  const rest = Object.keys(fields).filter((key) => !form.some((field) => field.key === key));
  return [...form, ...rest.map((key) => known.find((field) => field.key === key) ?? unknown(key))];
}

// Those that others of its kind have, the most usual first, and that could be added.
export function addableFields(schema: Schema | null, fields: Fields): Field[] {
  if (!schema) return [];
  const there = new Set(formFields(schema, fields).map((field) => field.key));
  return membersOf(schema, isDeclaredBy(schema))
    .filter((field) => !there.has(field.key))
    .sort((a, b) => (b.notes.count ?? 0) - (a.notes.count ?? 0));
}

// A field with members of an object that is there: those of its schema, then what else it has.
export function objectFields(field: Field, value: Fields): Field[] {
  const rest = Object.keys(value).filter((key) => !field.members.some((member) => member.key === key));
  return [...field.members, ...rest.map(unknown)];
}

export const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
export const momentPattern = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,9})?)?( ?)(Z|[+-]\d{2}:?\d{2})?$/;
export const isDateText = (value: Value | undefined): boolean =>
  typeof value === 'string' && (dayPattern.test(value) || momentPattern.test(value));

export type Control = 'text' | 'long' | 'date' | 'boolean' | 'number' | 'words' | 'list' | 'object' | 'image' | 'reference' | 'select';

const isWords = (value: Value): boolean => Array.isArray(value) && value.every((item) => typeof item === 'string' || typeof item === 'number');

function controlByValue(value: Value | undefined): Control {
  if (Array.isArray(value)) return isWords(value) ? 'words' : 'list';
  if (isMap(value)) return 'object';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return 'number';
  if (isDateText(value)) return 'date';
  return typeof value === 'string' && value.includes('\n') ? 'long' : 'text';
}

const isEmpty = (value: Value | undefined): boolean => value === undefined || value === null || value === '';

// How it is edited: as its type says where the value is of that type, else as the value is, so that nothing is turned into something else.
export function controlOf(field: Field, value: Value | undefined): Control {
  const fits = (...found: boolean[]): boolean => isEmpty(value) || found.some(Boolean);
  const isText = typeof value === 'string';
  switch (field.type) {
    case 'text':
      if (typeof value !== 'string') return isEmpty(value) ? 'text' : controlByValue(value);
      return momentPattern.test(value) ? 'date' : /\n/.test(value) ? 'long' : 'text';
    case 'markdown': return fits(isText) ? 'long' : controlByValue(value);
    case 'date': return fits(isDateText(value)) ? 'date' : controlByValue(value);
    case 'boolean': return fits(typeof value === 'boolean') && value !== '' ? 'boolean' : controlByValue(value);
    case 'number': return fits(typeof value === 'number') ? 'number' : controlByValue(value);
    case 'tags': return fits(value !== undefined && isWords(value)) ? 'words' : controlByValue(value);
    case 'list': {
      if (!fits(Array.isArray(value))) return controlByValue(value);
      const isOfTexts = !field.item || field.item.type === 'text' || field.item.type === 'any';
      return isOfTexts && (isEmpty(value) || isWords(value!)) ? 'words' : 'list';
    }
    case 'image': return fits(isText, isMap(value) && typeof value['path'] === 'string') ? 'image' : controlByValue(value);
    case 'reference': return fits(isText) ? 'reference' : controlByValue(value);
    case 'select': return fits(isText, typeof value === 'number') ? 'select' : controlByValue(value);
    case 'object': return fits(isMap(value)) ? 'object' : controlByValue(value);
    case 'any': return controlByValue(value);
  }
}

// What a field begins with when it is added.
export function initialOf(field: Field, now: string): Value {
  if (field.node.default !== undefined) return field.node.default;
  if (field.notes.default === 'today' || field.notes.default === 'now') return now;
  const control = controlOf(field, undefined);
  if (control === 'boolean') return false;
  if (control === 'words' || control === 'list') return [];
  if (control === 'object') return {};
  return control === 'number' ? 0 : control === 'date' ? now : '';
}

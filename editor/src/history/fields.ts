// Fields as people call them, and their values as text.

// "/front_matter/author/name": "author › name"; the body has a name of the catalogue.
export function fieldOf(pointer: string): string {
  return pointer
    .replace(/^\/front_matter/, '')
    .split('/')
    .slice(1)
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~').replace(/_/g, ' '))
    .join(' › ');
}

export const isText = (pointer: string): boolean => pointer === '/body' || pointer === '/content' || pointer === '';

export function valueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((item) => item === null || typeof item !== 'object')) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value);
}

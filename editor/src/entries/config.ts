// What is read out of a site's configuration, of any form that it may have.
import type {Kind} from './kinds';

interface Defaults {
  scope?: {path?: string; type?: string};
  values?: Record<string, unknown>;
}

const withScreens = new Set(['posts', 'drafts', 'pages', 'schedule', 'speakers', 'data']);

export function labelsIn(config: Record<string, unknown>): string[] {
  const found = config['collections'];
  const labels = Array.isArray(found) ? found.map(String) : typeof found === 'object' && found ? Object.keys(found) : [];
  return labels.filter((label) => !withScreens.has(label)).sort();
}

// "how_tos": How tos.
export function labelTitle(label: string): string {
  const words = label.replace(/[-_]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

// Of defaults for the whole kind: those for a folder are the folder's.
export function defaultAuthor(config: Record<string, unknown>, kind: Kind): string {
  const all = Array.isArray(config['defaults']) ? (config['defaults'] as Defaults[]) : [];
  const type = kind.label ?? kind.list;
  const fits = all.filter(({scope}) => !scope?.path && (!scope?.type || scope.type === type));
  const author = fits.map(({values}) => values?.['author']).filter((value) => typeof value === 'string');
  return author.at(-1) ?? '';
}

// Whether what readers see changes by approved changes alone. What is no number of approvals counts as one, as the server has it.
export function isReviewed(config: Record<string, unknown>, isAdmin: boolean): boolean {
  const review = (config['stet'] as {review?: unknown} | null | undefined)?.review ?? 0;
  if (typeof review !== 'object') return review !== 0;
  const {approvals, admins_bypass} = review as Record<string, unknown>;
  return (approvals ?? 0) !== 0 && !(admins_bypass === true && isAdmin);
}

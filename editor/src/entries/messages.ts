// How the history of the site tells what was done with entries: in English, as all else there, for it is read by everybody.
import type {Row} from './rows';

const what = (rows: Pick<Row, 'title'>[]): string => (rows.length === 1 ? `“${rows[0]!.title}”` : `${rows.length} entries`);

export const messages = {
  tag: (tag: string, rows: Row[]) => `Tag ${what(rows)} with ${tag}`,
  untag: (tag: string, rows: Row[]) => `Take the tag ${tag} from ${what(rows)}`,
  publish: (rows: Row[]) => `Publish ${what(rows)}`,
  unpublish: (rows: Row[]) => `Unpublish ${what(rows)}`,
  remove: (rows: Row[]) => `Delete ${what(rows)}`,
  rename: (row: Row) => `Rename ${what([row])}`,
  create: (title: string) => `Write “${title}”`,
  copy: (row: Pick<Row, 'title'>) => `Copy ${what([row])}`,
};

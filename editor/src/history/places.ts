// Where an entry is edited, by its file: only those kinds that have a screen.
import {href} from '../app/router.svelte';

const folders: [RegExp, string][] = [
  [/^_posts\/(?:.*\/)?([^/]+)\.(?:md|markdown|html)$/, 'posts'],
  [/^_drafts\/(.+)\.(?:md|markdown|html)$/, 'drafts'],
  [/^_schedule\/(.+)\.(?:md|markdown|html)$/, 'schedule/sessions'],
  [/^_speakers\/(.+)\.(?:md|markdown|html)$/, 'speakers'],
];

export function editHref(path: string, change?: string): string | null {
  for (const [pattern, kind] of folders) {
    const found = pattern.exec(path);
    if (found) return href(['edit', kind, path.startsWith('_posts/') ? path.slice('_posts/'.length).replace(/\.[^.]+$/, '') : found[1]!], {change});
  }
  if (/\.(md|markdown|html)$/.test(path) && !/(^|\/)[_.]/.test(path.replace(/^_pages\//, ''))) {
    return href(['edit', 'pages', path.replace(/\.[^.]+$/, '')], {change});
  }
  return null;
}

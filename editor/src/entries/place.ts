// The parts of an entry's place that people may choose: "x" of _posts/2025/07/2025-07-14-x.md.

const dated = /^\d{4}-\d\d?-\d\d?-/;

export interface Place {
  folder: string; // "_posts/2025/07/", or ""
  day: string; // "2025-07-14-", or ""
  slug: string;
  extension: string; // ".md"
}

export function placeIn(path: string): Place {
  const at = path.lastIndexOf('/') + 1;
  const file = path.slice(at);
  const day = /(^|\/)_posts\//.test(path) ? (dated.exec(file)?.[0] ?? '') : '';
  const dot = file.lastIndexOf('.');
  const end = dot > 0 ? dot : file.length;
  return {folder: path.slice(0, at), day, slug: file.slice(day.length, end), extension: file.slice(end)};
}

export const withSlug = (path: string, slug: string): string => {
  const {folder, day, extension} = placeIn(path);
  return folder + day + slug + extension;
};

// What is typed, as a part of an address has it.
export const slugOf = (typed: string): string => typed.trim().replace(/[\s/\\]+/g, '-').replace(/^-+|-+$/g, '');

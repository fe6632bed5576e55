// What a step of the history says, in people's words: what was done, by whom, through which door. Trailers tell the door, as the server writes
// them; what came without one was pushed.

export interface Told {
  message: string;
  author: {name?: string; email?: string; when?: string};
  committer: {name?: string; email?: string; when?: string};
}
export type Door = 'editor' | 'program' | 'push';
export type Doing = 'edit' | 'undo' | 'publish' | 'create' | 'delete' | 'move';

export interface Said {
  title: string;
  more: string; // what else was written, without trailers
  door: Door;
  doing: Doing;
  user: string; // by which they sign in; '': of a push
  change: string; // the id of the change that it published
  undone: string; // the commit that it took back
  helper: string; // who brought it in, where that is another
}

export function trailersOf(message: string): Map<string, string> {
  const trailers = new Map<string, string>();
  const last = message.trimEnd().split('\n\n').slice(1).at(-1);
  for (const line of last?.split('\n') ?? []) {
    const found = /^([A-Za-z][\w-]*): (.*)$/.exec(line);
    if (!found) return new Map();
    trailers.set(found[1]!, found[2]!);
  }
  return trailers;
}

export function saidOf({message, author, committer}: Told): Said {
  const trailers = trailersOf(message);
  const paragraphs = message.trimEnd().split('\n\n');
  if (trailers.size) paragraphs.pop();
  const [first = '', ...rest] = paragraphs.join('\n\n').split('\n');
  const user = trailers.get('Stet-User') ?? '';
  const door: Door = trailers.has('Stet-Token') ? 'program' : user ? 'editor' : 'push';
  return {
    title: first.trim(),
    more: rest.join('\n').trim(),
    door,
    doing: doingOf(first, trailers),
    user,
    change: trailers.get('Stet-Published-Change') ?? '',
    undone: trailers.get('Reverts') ?? '',
    helper: door === 'push' && committer.email !== author.email ? (committer.name ?? '') : '',
  };
}

function doingOf(subject: string, trailers: Map<string, string>): Doing {
  if (trailers.has('Reverts')) return 'undo';
  if (trailers.has('Stet-Published-Change')) return 'publish';
  const word = subject.split(' ', 1)[0];
  if (word === 'Create' || word === 'Add') return 'create';
  if (word === 'Delete' || word === 'Remove') return 'delete';
  return word === 'Move' || word === 'Rename' ? 'move' : 'edit';
}

// "2026-11-22" as the viewer's calendar has it: what is grouped together.
export function dayOf(when: string): string {
  const at = new Date(when);
  if (Number.isNaN(at.getTime())) return when.slice(0, 10);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

export function byDay<T extends Told>(steps: T[]): {day: string; steps: T[]}[] {
  const days: {day: string; steps: T[]}[] = [];
  for (const step of steps) {
    const day = dayOf(step.committer.when ?? '');
    if (days.at(-1)?.day === day) days.at(-1)!.steps.push(step);
    else days.push({day, steps: [step]});
  }
  return days;
}

// "_posts/2025/09/2025-09-02-what-to-bring.md": "what to bring".
export function nameOf(path: string): string {
  const last = path.split('/').at(-1) ?? path;
  return last.replace(/\.[^.]+$/, '').replace(/^\d{4}-\d{1,2}-\d{1,2}-/, '').replace(/[-_]+/g, ' ').trim() || last;
}

// Of a step that made `path` out of another: that other. Of what else went in it, what is exactly the same, or has the same name, or stands
// alone beside it.
export function oldPathOf(path: string, files: {path?: string; status?: string; before?: string | null; after?: string | null}[]): string | null {
  const made = files.find((file) => file.path === path && file.status === 'added');
  if (!made) return null;
  const gone = files.filter((file) => file.status === 'deleted' && file.path);
  const folder = (one: string) => one.slice(0, one.lastIndexOf('/') + 1);
  const found =
    gone.find((file) => file.before === made.after) ??
    gone.find((file) => nameOf(file.path!) === nameOf(path)) ??
    (gone.length === 1 && folder(gone[0]!.path!) === folder(path) ? gone[0] : undefined);
  return found?.path ?? null;
}

// Where a step has taken `path` to, likewise.
export const newPathOf = (path: string, files: Parameters<typeof oldPathOf>[1]): string | null =>
  oldPathOf(path, files.map((file) => ({
    path: file.path ?? '',
    status: file.status === 'added' ? 'deleted' : file.status === 'deleted' ? 'added' : file.status,
    before: file.after,
    after: file.before,
  })));

// A file that nothing was before, as a unified diff has it.
export function diffOfNew(path: string, text: string): string {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return `--- /dev/null\n+++ b/${path}\n@@ -0,0 +1,${lines.length} @@\n${lines.map((line) => `+${line}\n`).join('')}`;
}

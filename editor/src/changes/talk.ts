// Comments in threads: what was said at one place of one file, or of the change as such, in order.
import type {Comment} from './calls';

export interface Thread {
  path: string; // '': of the change as such
  line: number | null;
  comments: Comment[];
  isResolved: boolean;
}

// Threads of the change as such are one comment each with what answers it: the API has no answers, so they are one thread.
export function threadsOf(comments: Comment[]): Thread[] {
  const threads = new Map<string, Thread>();
  for (const comment of comments) {
    const path = comment.path ?? '', line = comment.line ?? null;
    const key = `${path} ${line ?? ''} ${line ? comment.commit : ''}`;
    const thread = threads.get(key) ?? {path, line, comments: [], isResolved: false};
    thread.comments.push(comment);
    threads.set(key, thread);
  }
  for (const thread of threads.values()) thread.isResolved = thread.comments.every((comment) => comment.resolved_by);
  return [...threads.values()];
}

export const openOf = (threads: Thread[]): number => threads.filter((thread) => !thread.isResolved).length;

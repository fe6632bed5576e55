// A file on its way to the server, with how much of it has arrived: what fetch does not tell.
import type {components} from '$schema';
import {connection} from './connection.svelte';
import {apiRoot, problemOf} from './client';
import {Unreachable} from './problem';
import {session} from './session.svelte';

export type Media = components['schemas']['Media'];
type Answer = components['schemas']['MediaAnswer'];

export interface Sending {
  method: 'POST' | 'PUT';
  path: string; // below the API's root, with its query
  file: File;
  etag?: string; // of what it takes the place of
  onprogress?: (share: number) => void; // 0 to 1
  signal?: AbortSignal;
}

function sent({method, path, file, etag, onprogress, signal}: Sending): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, apiRoot + path);
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    if (etag) request.setRequestHeader('If-Match', etag);
    if (session.csrf) request.setRequestHeader('X-CSRF-Token', session.csrf);
    request.upload.onprogress = ({loaded, total}) => onprogress?.(total ? loaded / total : 0);
    request.onload = () => {
      connection.isReached();
      const wait = request.getResponseHeader('Retry-After');
      resolve(new Response(request.responseText, {status: request.status, headers: wait ? {'Retry-After': wait} : {}}));
    };
    request.onerror = () => {
      connection.isLost();
      reject(new Unreachable(new Error('the upload was cut off')));
    };
    request.onabort = () => reject(new DOMException('the upload was called off', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort(), {once: true});
    request.send(file);
  });
}

// Throws as `api` does. A session that has ended asks for the password in place, and the file is sent again.
export async function sendFile(sending: Sending): Promise<Answer> {
  for (let n = 0; ; ++n) {
    const response = await sent(sending);
    if (response.ok) return (await response.json()) as Answer;
    const problem = await problemOf(response);
    const isEnded = problem.kind === 'unauthorized' || problem.kind === 'foreign-page';
    if (!isEnded || !session.user || n === 2) throw problem;
    await session.again();
  }
}

// The one way to the server: its public API, as everybody else has it, typed by the server's own OpenAPI document.
//
// The calls of `api` throw as `ask` does; `take` gives the data of what is left.
import createClient from 'openapi-fetch';
import type {paths} from '$schema';
import {apiRoot, ask} from './asking';

export {apiRoot, ask, problemOf} from './asking';

// The document's paths, below the root: '/posts' for "/api/v1/posts".
type Below<Paths> = {[Path in keyof Paths as Path extends `/api/v1${infer Rest}` ? Rest : never]: Paths[Path]};

// What a PATCH has is a merge patch, unless the caller says that it is a JSON Patch.
function called(request: Request): Promise<Response> {
  const isPlain = request.headers.get('Content-Type') === 'application/json';
  if (request.method === 'PATCH' && isPlain) request.headers.set('Content-Type', 'application/merge-patch+json');
  return ask(request);
}

// filter: {date: {gte: '2025'}} as filter[date][gte]=2025, to any depth; a list by commas.
export function queryOf(query: Record<string, unknown>): string {
  const asked = new URLSearchParams();
  const add = (name: string, value: unknown) => {
    if (value === undefined || value === null) return;
    if (Array.isArray(value)) asked.append(name, value.join(','));
    else if (typeof value === 'object') for (const [key, inner] of Object.entries(value)) add(`${name}[${key}]`, inner);
    else asked.append(name, value === true ? '1' : String(value));
  };
  for (const [name, value] of Object.entries(query)) add(name, value);
  return String(asked);
}

export const api = createClient<Below<paths>>({baseUrl: apiRoot, fetch: called, querySerializer: queryOf});

// The data of a call that has succeeded.
export async function take<T>(call: Promise<{data?: T; error?: unknown; response: Response}>): Promise<T> {
  return (await call).data as T;
}

// Likewise with its headers, for ETag and Link.
export async function takeWhole<T>(
  call: Promise<{data?: T; error?: unknown; response: Response}>,
): Promise<{data: T; response: Response; etag: string}> {
  const {data, response} = await call;
  return {data: data as T, response, etag: response.headers.get('ETag') ?? ''};
}

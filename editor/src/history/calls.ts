// What the server is asked about the past.
import type {components} from '$schema';
import {api, take, takeWhole} from '../api/client';
import {isProblem} from '../api/problem';

type Schemas = components['schemas'];
export type Step = Schemas['Change'];
export type FileDiff = Schemas['Diff']['files'][number];
export type Resolution = Schemas['Resolution'];

export interface Asked {
  path?: string;
  author?: string;
  cursor?: string;
  limit?: number;
}
export const readHistory = (query: Asked) => take(api.GET('/history', {params: {query}}));

export async function readDiff(from: string, to: string, path?: string): Promise<FileDiff[]> {
  return (await take(api.GET('/diff', {params: {query: {from, to, limit: 200, ...(path ? {path} : {})}}}))).files;
}

const pages = 25; // of 200 steps, in which one is looked for

// A step of the site's history, or of a file's.
export async function readStep(commit: string, path?: string): Promise<Step | null> {
  let cursor: string | undefined;
  for (let n = 0; n < pages; ++n) {
    const page = await readHistory({limit: 200, ...(path ? {path} : {}), ...(cursor ? {cursor} : {})});
    const found = page.items.find((step) => step.commit === commit);
    if (found || !page.next) return found ?? null;
    cursor = page.next;
  }
  return null;
}

export interface Bytes {
  content?: string;
  content_base64?: string;
}
// The file as a state of the site has it, byte for byte; null: it is not there.
export async function readBytes(path: string, ref?: string): Promise<(Bytes & {url: string | null; etag: string}) | null> {
  try {
    const {data, etag} = await takeWhole(
      api.GET('/files/{name}', {params: {path: {name: path}, query: {expand: 'url', ...(ref ? {ref} : {})}}}),
    );
    const {content, content_base64, url} = data;
    return {...(content === undefined ? {content_base64: content_base64 ?? ''} : {content}), url: url ?? null, etag};
  } catch (error) {
    if (isProblem(error, 404)) return null;
    throw error;
  }
}

export interface Write {
  dryRun?: boolean;
  change?: string | undefined;
}
const query = ({dryRun, change}: Write) => ({...(dryRun ? {dry_run: true} : {}), ...(change ? {change} : {})});

// By a path of the repository, whatever lies there: who may write it is told by the path.
export const writeBytes = (path: string, bytes: Bytes, tag: string | null, message: string, how: Write = {}) =>
  take(
    api.POST('/commits', {
      params: {query: query(how)},
      body: {message, actions: [{action: 'update', path, ...bytes, ...(tag ? {if_match: tag} : {if_none_match: '*' as const})}]},
    }),
  );

export const revert = (body: {commit: string; message?: string; resolutions?: Resolution[]; seen?: string}, how: Write = {}) =>
  take(api.POST('/revert', {params: {query: query(how)}, body}));

// Where the site can be looked at as that commit makes it: a path of this origin, for an hour.
export async function previewOf(commit: string): Promise<string> {
  return (await take(api.POST('/previews', {body: {of: commit}}))).url;
}

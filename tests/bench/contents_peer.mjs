// A contents API as one writes it in Node: PUT /contents/PATH, each a commit, by simple-git in a work tree.
// node contents_peer.mjs WORKTREE   with simple-git in a node_modules above. Prints its port.
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import {createRequire} from 'node:module';
import {dirname, join, normalize} from 'node:path';

const {simpleGit} = createRequire(process.cwd() + '/')('simple-git');
const root = process.argv[2];
const git = simpleGit(root);
let last = Promise.resolve();  // git's index is one: writes take turns

async function put(path, {content, message, sha}) {
  const file = join(root, path);
  const current = (await git.raw(['rev-parse', '--verify', '-q', `HEAD:${path}`]).catch(() => '')).trim();
  if (sha && sha !== current) return [409, {message: 'the file has changed'}];
  await mkdir(dirname(file), {recursive: true});
  await writeFile(file, Buffer.from(content, 'base64'));
  await git.add(path);
  const {commit} = await git.commit(message, [path]);
  return [200, {commit, sha: (await git.raw(['rev-parse', `HEAD:${path}`])).trim()}];
}

async function answer(request) {
  const path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname)).replace(/^\/contents\//, '');
  if (path.startsWith('/') || path.startsWith('..')) return [400, {}];
  if (request.method === 'GET') {
    return [200, {content: (await readFile(join(root, path))).toString('base64')}];
  }
  let text = '';
  for await (const part of request) text += part;
  const turn = last.then(() => put(path, JSON.parse(text)));
  last = turn.catch(() => {});
  return turn;
}

const server = createServer((request, response) => {
  answer(request)
    .catch((error) => [500, {message: String(error)}])
    .then(([status, body]) => {
      response.writeHead(status, {'Content-Type': 'application/json'});
      response.end(JSON.stringify(body));
    });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));

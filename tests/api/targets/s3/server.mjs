// s3rver on a free port of loopback, with a bucket "site": says where in its first line, and ends
// when its standard input does. s3rver does not calculate signatures of version 4, so they are
// verified here before it sees a request, and bodies against the hash that was signed.
// /-/requests tells how many requests there were, by method, and forgets them.
import { createHash, createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';

const KEY = 'S3RVER';
const SECRET = 'S3RVER';

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const hmac = (key, text) => createHmac('sha256', key).update(text).digest();

// Whether the request is signed with the secret, by what it is on the wire.
function isSigned(request) {
  const found = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8}\/([^/]+)\/s3\/aws4_request), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
    request.headers.authorization ?? '',
  );
  if (!found || found[1] !== KEY) return false;
  const [, , scope, region, names, signature] = found;
  const stamp = request.headers['x-amz-date'] ?? '';
  const [path, query = ''] = request.url.split('?');
  const lines = names.split(';').map((name) => `${name}:${(request.headers[name] ?? '').trim()}\n`);
  const all = Object.keys(request.headers).filter((name) => name.startsWith('x-amz-') || name === 'host');
  if (!all.every((name) => names.split(';').includes(name))) return false;
  const canonical = [request.method, path, query, lines.join(''), names, request.headers['x-amz-content-sha256']].join('\n');
  const text = ['AWS4-HMAC-SHA256', stamp, scope, sha256(canonical)].join('\n');
  let key = hmac('AWS4' + SECRET, stamp.slice(0, 8));
  for (const part of [region, 's3', 'aws4_request']) key = hmac(key, part);
  return hmac(key, text).toString('hex') === signature;
}

const directory = mkdtempSync(join(tmpdir(), 'stet-s3-'));
const s3 = new S3rver({ directory, silent: true, vhostBuckets: true, configureBuckets: [{ name: 'site' }] });
await s3.configureBuckets();
const answer = s3.callback();
let requests = {};
const count = (what) => (requests[what] = (requests[what] ?? 0) + 1);

const server = createServer((request, response) => {
  if (request.url === '/-/requests') {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(requests));
    requests = {};
    return;
  }
  count(request.method);
  if (request.method !== 'GET' && !isSigned(request)) {
    request.resume();
    response.statusCode = 403;
    response.end('<Error><Code>SignatureDoesNotMatch</Code><Message>It is not that of this request.</Message></Error>');
    return;
  }
  // Looked at as s3rver reads it: who listens to a stream sets it going.
  const body = createHash('sha256');
  const emit = request.emit;
  request.emit = function (event, ...more) {
    if (event === 'data') body.update(more[0]);
    const signed = request.headers['x-amz-content-sha256'];
    if (event === 'end' && signed && body.digest('hex') !== signed) count('other body than was signed');
    return emit.call(this, event, ...more);
  };
  answer(request, response);
});
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port })));
process.stdin.resume();
process.stdin.on('end', () => {
  rmSync(directory, { recursive: true, force: true });
  process.exit(0);
});

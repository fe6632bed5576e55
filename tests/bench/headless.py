#!/usr/bin/env python3
"""Measures what an editor's screens ask for: media and where they are named, problems, schemas, a large upload.

  headless.py --stet PROGRAM [--posts N] [--media N] [--upload-mib N]   (default: 10000 1000 1024)

Posts name two pictures each, ten in a thousand have a field that is not as their schema says. Loopback only; the server
is ended. Prints a table in Markdown.
"""
import argparse
import hashlib
import http.client
import os
import re
import shutil
import struct
import subprocess
import tempfile
import time
import zlib

from edits import ms, percentile

ROUNDS = 20
PIECE = 1 << 20

SETTINGS = '[media]\nfile_mib = 4096\nrequest_mib = 4096\n'
CONFIG = '''title: Pictures
stet:
  collections:
    posts:
      fields:
        - {name: title, type: text, required: true, max_length: 80}
        - {name: image, type: image}
        - {name: tags, type: tags, max_items: 5}
        - {name: status, type: select, options: [new, old]}
'''


def png(number):
    def chunk(name, data):
        return struct.pack('>I', len(data)) + name + data + struct.pack('>I', zlib.crc32(name + data))
    rows = b''.join(b'\0' + bytes([number % 256, number // 256, y] * 4) for y in range(3))
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 4, 3, 8, 2, 0, 0, 0)) +
            chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))


def make_repository(folder, posts, media):
    bare = os.path.join(folder, 'site.git')
    subprocess.run(['git', 'init', '-q', '--bare', '-b', 'main', bare], check=True)
    importer = subprocess.Popen(['git', '-C', bare, 'fast-import', '--quiet'], stdin=subprocess.PIPE)
    write = importer.stdin.write
    write(b'commit refs/heads/main\ncommitter a <a@example.org> 1700000000 +0000\ndata 1\nx\n')

    def add(path, data):
        write(b'M 100644 inline %s\ndata %d\n' % (path.encode(), len(data)) + data + b'\n')

    add('_config.yml', CONFIG.encode())
    add('index.html', b'---\ntitle: Home\n---\nx\n')
    for i in range(media):
        add(f'assets/img/p{i}.png', png(i))
    for i in range(posts):
        day = f'20{i % 20:02d}-{1 + i % 12:02d}-{1 + i % 28:02d}'
        status = 'odd' if i % 100 == 0 else 'new'
        add(f'_posts/{day[:4]}/{day}-post-{i}.md',
            f'---\ntitle: Post {i}\nimage: /assets/img/p{i % media}.png\nstatus: {status}\ntags: [a{i % 50}]\n---\n'
            f'Text of {i}. ![x](/assets/img/p{i * 7 % media}.png)\n'.encode())
    write(b'\n')
    importer.stdin.close()
    if importer.wait():
        raise RuntimeError('git fast-import has failed')
    return bare


class Server:
    def __init__(self, stet, bare, folder):
        settings = os.path.join(folder, 'settings.toml')
        with open(settings, 'w') as file:
            file.write(SETTINGS)
        self.token = subprocess.run([stet, 'token', 'create', '--repo', bare, '--scope', 'admin'], check=True,
                                    capture_output=True, text=True).stdout.split()[-1]
        self.process = subprocess.Popen([stet, 'serve', '--repo', bare, '--port', '0', '--admin-port', '0',
                                         '--settings', settings],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.port = int(re.findall(r':(\d+)', self.process.stdout.readline())[1])
        self.connection = http.client.HTTPConnection('127.0.0.1', self.port)

    def send(self, method, path, body=None, headers=None):
        headers = dict(headers or {}, Authorization='Bearer ' + self.token)
        self.connection.request(method, '/api/v1' + path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status >= 300:
            raise RuntimeError(f'{method} {path}: {answer.status} {text[:300]}')
        return text

    def taken(self, path):
        begin = time.perf_counter()
        self.send('GET', path)
        return time.perf_counter() - begin

    def memory_mb(self, name):
        with open(f'/proc/{self.process.pid}/status') as status:
            return int(re.search(name + r':\s+(\d+)', status.read()).group(1)) / 1024

    def end(self):
        self.process.terminate()
        self.process.wait(60)


def row(server, what, path):
    first = server.taken(path)
    again = [server.taken(path) for _ in range(ROUNDS)]
    server.send('PATCH', '/posts/2002/2002-03-03-post-2', b'{"front_matter": {"title": "Edited %d"}}' % time.time_ns(),
                {'If-Match': '*', 'Content-Type': 'application/merge-patch+json'})
    edited = server.taken(path)
    print(f'| {what} | {ms(first)} ms | {ms(percentile(again, .5))} ms | {ms(edited)} ms |', flush=True)


def upload(server, mib):
    block = hashlib.shake_256(b'upload').digest(PIECE)

    def pieces():
        yield b'%PDF-1.4\n' + block[9:]
        for i in range(1, mib):
            yield struct.pack('>Q', i) + block[8:]

    before = server.memory_mb('VmRSS')
    begin = time.perf_counter()
    server.send('POST', '/media?name=large.pdf', pieces(),
                {'Content-Type': 'application/pdf', 'Content-Length': str(mib * PIECE)})
    taken = time.perf_counter() - begin
    print(f'\nAn upload of {mib} MiB: {taken:.1f} s; memory before {before:.0f} MB, at its highest '
          f'{server.memory_mb("VmHWM"):.0f} MB.')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--stet', required=True)
    parser.add_argument('--posts', type=int, default=10000)
    parser.add_argument('--media', type=int, default=1000)
    parser.add_argument('--upload-mib', type=int, default=1024)
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix='stet-headless-')
    server = None
    try:
        bare = make_repository(folder, options.posts, options.media)
        server = Server(options.stet, bare, folder)
        print(f'| {options.posts:,} posts, {options.media:,} media | first | again, p50 | after an edit |')
        print('| --- | --- | --- | --- |')
        row(server, 'a page of 50 media, by date', '/media?limit=50&sort=-date')
        row(server, 'media that nothing names', '/media?unused=1')
        row(server, 'where one picture is named', '/media/assets/img/p7.png')
        row(server, '`/problems`', '/problems')
        row(server, '`/schemas`', '/schemas')
        if options.upload_mib:
            upload(server, options.upload_mib)
    finally:
        if server:
            server.end()
        shutil.rmtree(folder)


if __name__ == '__main__':
    main()

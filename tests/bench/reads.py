#!/usr/bin/env python3
"""Measures the API's reads as other front ends make them, beside json-server on the same posts.

  reads.py --generator gen_site.py --peers FOLDER --stet PROGRAM [--seconds N] [POSTS...]   (default: 1000 100000)

One entry, and a page of 20 of those that a filter on front matter passes, by date; with a token, over 64 connections.
What the first request of a list costs, which makes its index, stands beside; so do tags. json-server answers the same
posts with front matter and body out of memory. Loopback only; every process that is started is ended. Prints tables in
Markdown.
"""
import argparse
import glob
import http.client
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

from edits import Server, make_site

START_WAIT_S = 300


def wrk(url, seconds, token=None):
    command = ['wrk', '-t1', '-c64', f'-d{seconds}s', '--timeout', '120s', '--latency', url]
    if token:
        command += ['-H', 'Authorization: Bearer ' + token]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if 'Non-2xx' in out:
        raise RuntimeError(f'{url}: not every answer was 200:\n{out}')
    rate = float(re.search(r'Requests/sec:\s+([\d.]+)', out).group(1))
    p99 = re.search(r'^\s+99%\s+(\S+)', out, re.M).group(1)
    return rate, p99


def repository_of(site, folder):
    """A bare repository of the site, and its posts by the names that the API gives them."""
    git = ['git', '-c', 'user.name=bench', '-c', 'user.email=bench@example.org']
    subprocess.run(git + ['init', '-q', '-b', 'main', site], check=True)
    subprocess.run(git + ['-C', site, 'add', '-A'], check=True)
    subprocess.run(git + ['-C', site, 'commit', '-q', '-m', 'A site'], check=True)
    bare = os.path.join(folder, 'site.git')
    subprocess.run(['git', 'clone', '-q', '--bare', site, bare], check=True)
    return bare


def entry_of(path, base):
    with open(path, encoding='utf-8') as file:
        _, head, body = file.read().split('---\n', 2)
    fields = {}
    for line in head.splitlines():
        key, _, value = line.partition(':')
        value = value.strip()
        if value.startswith('['):
            fields[key] = [item.strip().strip('"') for item in value[1:-1].split(',')]
        else:
            fields[key] = value.strip('"')
    name = os.path.relpath(path, base)[:-len('.md')]
    return {'id': name.replace('/', '-'), 'name': name, 'front_matter': fields, 'body': body}


class JsonServer:
    def __init__(self, peers, posts, folder):
        database = os.path.join(folder, 'db.json')
        with open(database, 'w', encoding='utf-8') as file:
            json.dump({'posts': posts}, file)
        program = os.path.join(peers, 'node_modules', '.bin', 'json-server')
        with http.client.socket.socket() as free:
            free.bind(('127.0.0.1', 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen([program, '--quiet', '--port', str(self.port), '--host', '127.0.0.1', database],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        begin = time.perf_counter()
        while True:
            try:
                connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=5)
                connection.request('GET', '/posts?_limit=1')
                connection.getresponse().read()
                return
            except OSError:
                if time.perf_counter() - begin > START_WAIT_S or self.process.poll() is not None:
                    raise RuntimeError('json-server does not answer')
                time.sleep(.05)

    def end(self):
        self.process.terminate()
        self.process.wait(60)


def first_ms(server, path, token):
    begin = time.perf_counter()
    server.call('GET', path, token)
    return (time.perf_counter() - begin) * 1000


def row(what, ours, theirs=None):
    text = f'| {what} | {ours[0]:,.0f} | {ours[1]} |'
    if theirs:
        text += f' {theirs[0]:,.0f} | {theirs[1]} | {ours[0] / theirs[0]:.1f} |'
    else:
        text += ' - | - | - |'
    print(text, flush=True)


def measure(options, posts):
    folder = tempfile.mkdtemp(prefix='stet-reads-')
    server = peer = None
    try:
        site = make_site(options, posts, os.path.join(folder, 'made'))
        base = os.path.join(site, '_posts')
        entries = [entry_of(path, base) for path in sorted(glob.glob(os.path.join(base, '**', '*.md'), recursive=True))]
        bare = repository_of(site, folder)
        token = subprocess.run([options.stet, 'token', 'create', '--repo', bare, '--scope', 'content:read'],
                               check=True, capture_output=True, text=True).stdout.split()[-1]
        server = Server(options.stet, bare)
        server.wait_until_fresh(token)
        middle = entries[len(entries) // 2]
        tag = middle['front_matter']['tags'][0]
        base_url = f'http://127.0.0.1:{server.admin}/api/v1'
        one = '/posts/' + middle['name']
        page = f'/posts?filter[tags]={tag}&limit=20'
        print(f'\n{posts:,} posts: first page by a filter {first_ms(server, page, token):.1f} ms, '
              f'by another {first_ms(server, "/posts?filter[title][contains]=a&limit=20", token):.1f} ms, '
              f'tags {first_ms(server, "/tags", token):.1f} ms, again {first_ms(server, "/tags", token):.1f} ms\n')
        print('| reads a second | stet | p99 | json-server | p99 | times |\n| --- | ---: | ---: | ---: | ---: | ---: |')
        asked = [('one entry', one, '/posts/' + middle['id']),
                 ('a page of 20 by filter', page,
                  f'/posts?front_matter.tags_like=%5E{tag}%24&_sort=front_matter.date&_order=desc&_page=1&_limit=20')]
        ours = [wrk(base_url + path, options.seconds, token) for _, path, _ in asked]
        ours_tags = wrk(base_url + '/tags', options.seconds, token)
        server.end()
        server = None
        has_peer = os.path.exists(os.path.join(options.peers, 'node_modules', '.bin', 'json-server'))
        theirs = [None, None]
        if has_peer:
            peer = JsonServer(options.peers, entries, folder)
            # As many connections; and time for some answers to each, where one takes long.
            seconds = options.seconds if posts < 20000 else max(options.seconds, 60)
            theirs = [wrk(f'http://127.0.0.1:{peer.port}' + path, seconds) for _, _, path in asked]
        for (what, _, _), mine, other in zip(asked, ours, theirs):
            row(what, mine, other)
        row('tags with counts', ours_tags)
    finally:
        for process in (server, peer):
            if process:
                process.end()
        shutil.rmtree(folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--generator', required=True)
    parser.add_argument('--peers', required=True)
    parser.add_argument('--stet', required=True)
    parser.add_argument('--seconds', type=int, default=8)
    parser.add_argument('--flat', action='store_true')
    parser.add_argument('posts', type=int, nargs='*')
    options = parser.parse_args()
    for posts in options.posts or [1000, 100000]:
        measure(options, posts)


if __name__ == '__main__':
    main()

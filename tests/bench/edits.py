#!/usr/bin/env python3
"""Measures stet as a whole program: from a change to live, starts, memory, reads beside nginx.

  edits.py --generator gen_site.py --stet PROGRAM [--edits N] [--flat] [--peers] [POSTS...]   (default: 10 1000 10000)

Posts lie in dated folders; --flat: in one. --peers: what Hugo and Jekyll need to make the site again after an edit,
Jekyll up to 10,000 posts. Loopback only; loops are bounded; every process that is started is ended. Prints tables in
Markdown.
"""
import argparse
import glob
import http.client
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

FRESH_WAIT_S = 300


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))]


def ms(seconds):
    return f'{seconds * 1000:.1f}'


def fsync_latency(folder):
    path, taken = os.path.join(folder, 'fsync'), []
    with open(path, 'wb') as file:
        for _ in range(200):
            file.write(b'x' * 4096)
            file.flush()
            begin = time.perf_counter()
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - begin)
    os.unlink(path)
    return percentile(taken, .5), percentile(taken, .99)


def make_site(options, posts, folder):
    subprocess.run([sys.executable, options.generator, str(posts), folder], check=True, stdout=subprocess.DEVNULL)
    site = os.path.join(folder, 'jekyll')
    if options.flat:
        return site
    for name in glob.glob(os.path.join(site, '_posts', '*.md')):
        year, month = os.path.basename(name).split('-')[:2]
        dated = os.path.join(site, '_posts', year, month)
        os.makedirs(dated, exist_ok=True)
        os.rename(name, os.path.join(dated, os.path.basename(name)))
    return site


def seconds_of(command, **more):
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)
    return time.perf_counter() - begin


class Server:
    """`more`: of its settings, sections that are not [limits]."""

    def __init__(self, stet, repository, more=''):
        settings = repository + '.limits.toml'
        with open(settings, 'w') as file:
            file.write('[limits]\nrequests_per_minute = 0\nwrites_per_minute = 0\nidle_seconds = 3600\n' + more)
        begin = time.perf_counter()
        self.process = subprocess.Popen([stet, 'serve', '--repo', repository, '--port', '0', '--admin-port', '0',
                                         '--url', 'https://blog.example', '--settings', settings],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        self.ready_s = time.perf_counter() - begin
        self.public, self.admin = (int(port) for port in re.findall(r':(\d+)', line))
        self.connection = http.client.HTTPConnection('127.0.0.1', self.admin)

    def call(self, method, path, token, body=None, headers=None):
        headers = dict(headers or {}, Authorization='Bearer ' + token)
        data = None if body is None else json.dumps(body).encode()
        self.connection.request(method, '/api/v1' + path, data, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status >= 300:
            raise RuntimeError(f'{method} {path}: {answer.status} {text[:300]}')
        return json.loads(text), answer.headers

    def page(self, url):
        connection = http.client.HTTPConnection('127.0.0.1', self.public)
        connection.request('GET', url)
        answer = connection.getresponse()
        if answer.status != 200:
            raise RuntimeError(f'GET {url}: {answer.status}')
        return answer.read()

    def wait_until_fresh(self, token):
        begin = time.perf_counter()
        while time.perf_counter() - begin < FRESH_WAIT_S:
            status, _ = self.call('GET', '/status', token)
            if status['stale'] == 0:
                return time.perf_counter() - begin
            time.sleep(.01)
        raise RuntimeError('pages are stale for too long')

    def memory_mb(self, name='VmHWM'):
        with open(f'/proc/{self.process.pid}/status') as status:
            return int(re.search(name + r':\s+(\d+)', status.read()).group(1)) / 1024

    def cpu_s(self):
        """The processor's time of the server and of its children that have ended."""
        with open(f'/proc/{self.process.pid}/stat') as stat:
            fields = stat.read().rpartition(')')[2].split()
        return sum(int(ticks) for ticks in fields[11:15]) / os.sysconf('SC_CLK_TCK')

    def end(self):
        self.process.terminate()
        self.process.wait(60)


class Tally:
    """What calls of one kind took, what they touched, and where their time went."""

    def __init__(self):
        self.taken, self.pages, self.timing = [], [], {}

    def add(self, seconds, written, headers):
        self.taken.append(seconds)
        self.pages.append(len(written['changed_urls']) + written.get('stale_count', 0))
        for name, value in re.findall(r'(\w+);dur=([\d.]+)', headers.get('Server-Timing', '')):
            self.timing.setdefault(name, []).append(float(value))

    def row(self, posts, kind):
        parts = ' '.join(f'{name} {statistics.median(values):.1f}' for name, values in self.timing.items())
        return (f'| {posts:,} | {kind} | {ms(percentile(self.taken, .5))} | {ms(percentile(self.taken, .99))} | '
                f'{statistics.median(self.pages):.0f} | {parts} |')


def write(server, token, call, tally):
    method, path, body, headers = call
    begin = time.perf_counter()
    written, answer = server.call(method, path, token, body, dict(headers, Prefer='wait'))
    tally.add(time.perf_counter() - begin, written, answer)


def edit_posts(server, token, names, count, change):
    """PATCHes posts all over the site; `change(post, i)` is the merge patch."""
    tally = Tally()
    for i in range(count):
        path = '/posts/' + names[i * 7919 % len(names)]
        post, headers = server.call('GET', path, token)
        write(server, token, ('PATCH', path, change(post, i),
                              {'If-Match': headers['ETag'], 'Content-Type': 'application/merge-patch+json'}), tally)
    return tally


def add_posts(server, token, count):
    tally = Tally()
    for i in range(count):
        post = {'front_matter': {'title': f'New {i}', 'date': f'2024-05-{i % 28 + 1:02} 12:00:00', 'tags': ['new']},
                'body': f'Something new, for the {i}th time.\n'}
        write(server, token, ('POST', '/posts', post, {'Content-Type': 'application/json'}), tally)
    return tally


def git(*words, cwd=None):
    subprocess.run(['git', '-c', 'user.name=bench', '-c', 'user.email=bench@example.org', *words], check=True, cwd=cwd,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def edit_layout(server, token, repository, folder, url):
    """A layout that all posts have, by git push: until the push is done, a page is seen, all are fresh."""
    clone = os.path.join(folder, 'clone')
    git('clone', '--depth', '1', 'file://' + repository, clone)
    with open(os.path.join(clone, '_layouts', 'default.html'), 'a') as layout:
        layout.write('<!-- another foot -->\n')
    git('commit', '-qam', 'Another foot', cwd=clone)
    begin = time.perf_counter()
    git('push', '-q', 'origin', 'HEAD', cwd=clone)
    pushed = time.perf_counter()
    if b'another foot' not in server.page(url):
        raise RuntimeError('an old page was shown')
    seen = time.perf_counter()
    server.wait_until_fresh(token)
    shutil.rmtree(clone)
    return pushed - begin, seen - pushed, time.perf_counter() - begin


def wrk(url, headers=(), seconds=8, connections=64, script=None):
    command = ['wrk', '-t2', f'-c{connections}', f'-d{seconds}s', '--latency', url]
    command += [part for header in headers for part in ('-H', header)] + (['-s', script] if script else [])
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = float(re.search(r'Requests/sec:\s+([\d.]+)', text).group(1))
    p99 = re.search(r'99%\s+(\S+)', text).group(1)
    bad = re.search(r'Non-2xx or 3xx responses: (\d+)', text)
    return rate, p99, int(bad.group(1)) if bad else 0


class Nginx:
    """As quick as it can be made for small pages: sendfile would cost a second system call, and no line is logged."""

    def __init__(self, root, folder, port=4980):
        self.port, conf = port, os.path.join(folder, 'nginx.conf')
        with open(conf, 'w') as file:
            file.write(f'''user root; daemon off; worker_processes 2; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{ include /etc/nginx/mime.types; access_log off; sendfile off; keepalive_requests 1000000;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5; open_file_cache max=1000;
  server {{ listen 127.0.0.1:{port} reuseport; root {root}; }} }}''')
        self.process = subprocess.Popen(['nginx', '-c', conf], stderr=subprocess.DEVNULL)
        for _ in range(100):
            try:
                http.client.HTTPConnection('127.0.0.1', port).connect()
                return
            except OSError:
                time.sleep(.05)

    def end(self):
        self.process.terminate()
        self.process.wait(10)


def read_rates(options, server, token, site, folder, name):
    out = os.path.join(folder, 'out')
    subprocess.run([options.stet, 'build', '-q', '-s', site, '-d', out], check=True, stderr=subprocess.DEVNULL)
    post, _ = server.call('GET', '/posts/' + name + '?expand=url', token)
    nginx = Nginx(out, folder)
    try:
        ours = wrk(f'http://127.0.0.1:{server.public}{post["url"]}')
        theirs = wrk(f'http://127.0.0.1:{nginx.port}{post["url"]}')
    finally:
        nginx.end()
        shutil.rmtree(out)
    entry = wrk(f'http://127.0.0.1:{server.admin}/api/v1/posts/{name}', ['Authorization: Bearer ' + token])
    print('\n| reads, wrk with 64 connections | requests/s | p99 | refused |\n|---|---|---|---|')
    for kind, (rate, p99, bad) in zip(('a public page', 'the same by nginx', 'one entry of the API'),
                                      (ours, theirs, entry)):
        print(f'| {kind} | {rate:,.0f} | {p99} | {bad} |')
    print(f'\na public page: {ours[0] / theirs[0]:.2f} of nginx')


def peers(site, posts, folder, p50):
    """A peer's answer to one edit is to make the site again."""
    words = []
    if shutil.which('hugo'):
        taken = seconds_of(['hugo', '--quiet', '-s', os.path.join(os.path.dirname(site), 'hugo'), '-d',
                            os.path.join(folder, f'hugo{posts}')])
        words.append(f'Hugo {taken:.2f} s: {taken / p50:,.0f} times as long')
    if shutil.which('jekyll') and posts <= 10000:
        taken = seconds_of(['jekyll', 'build', '-q', '--disable-disk-cache', '-s', site, '-d',
                            os.path.join(folder, f'jekyll{posts}')],
                           env=dict(os.environ, JEKYLL_NO_BUNDLER_REQUIRE='true'))
        words.append(f'Jekyll {taken:.2f} s: {taken / p50:,.0f} times as long')
    return '; '.join(words)


def measure(options, posts, folder):
    """Prints as it goes; the median of a body's edit, and lines for the end."""
    site = make_site(options, posts, os.path.join(folder, f'g{posts}'))
    repository = os.path.join(folder, f'r{posts}.git')
    subprocess.run([options.stet, 'init', repository, '--from', site], check=True, stdout=subprocess.DEVNULL)
    token = subprocess.run([options.stet, 'token', 'create', '--repo', repository, '--scope', 'admin'],
                           check=True, capture_output=True, text=True).stdout.strip()
    lines = []
    server = Server(options.stet, repository)
    cold = server.ready_s
    try:
        names = [os.path.relpath(name, os.path.join(site, '_posts'))[:-3]
                 for name in sorted(glob.glob(os.path.join(site, '_posts', '**', '*.md'), recursive=True))]
        server.wait_until_fresh(token)
        pages = server.call('GET', '/status', token)[0]['pages']
        bodies = edit_posts(server, token, names, options.edits,
                            lambda post, i: {'body': post['body'].rstrip('\n') + f' Edit {i}.\n'})
        print(bodies.row(posts, "a post's body"), flush=True)
        few = max(10, options.edits // 10)
        titles = edit_posts(server, token, names, few, lambda post, i: {'front_matter': {'title': f'Title {i}'}})
        print(titles.row(posts, "a post's title"), flush=True)
        print(add_posts(server, token, few).row(posts, 'a new post'), flush=True)
        server.wait_until_fresh(token)
        memory = server.memory_mb()
        url = server.call('GET', '/posts/' + names[0] + '?expand=url', token)[0]['url']
        push, seen, fresh = edit_layout(server, token, repository, folder, url)
        lines.append(f'| {posts:,} | git push {ms(push)} | {ms(seen)} | {fresh:.2f} s |')
        if posts == max(options.posts):
            read_rates(options, server, token, site, folder, names[0])
    finally:
        server.end()
    again = Server(options.stet, repository)
    try:
        again.wait_until_fresh(token)
        start = (f'| {posts:,} | {pages:,} | {cold:.2f} s | {again.ready_s:.2f} s | {memory:,.0f} MB | '
                 f'{memory * 1024 / pages:.1f} KB | {again.memory_mb():,.0f} MB |')
    finally:
        again.end()
    p50 = percentile(bodies.taken, .5)
    rebuilt = peers(site, posts, folder, p50) if options.peers else ''
    for name in (f'g{posts}', f'r{posts}.git', f'hugo{posts}', f'jekyll{posts}'):
        shutil.rmtree(os.path.join(folder, name), ignore_errors=True)
    return p50, lines, start, rebuilt


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--generator', required=True)
    parser.add_argument('--stet', required=True)
    parser.add_argument('--edits', type=int, default=1000)
    parser.add_argument('--flat', action='store_true')
    parser.add_argument('--peers', action='store_true')
    parser.add_argument('posts', nargs='*', type=int, default=[10, 1000, 10000])
    options = parser.parse_args()
    options.stet = os.path.abspath(options.stet)
    folder = tempfile.mkdtemp(prefix='stet-bench-')
    try:
        half, most = fsync_latency(folder)
        print(f'fsync of 4 KiB: p50 {ms(half)} ms, p99 {ms(most)} ms; {os.cpu_count()} cores; posts in '
              f'{"one flat folder" if options.flat else "dated folders"}\n')
        print('| posts | edit, to live | p50 ms | p99 ms | pages touched | Server-Timing medians ms |\n'
              '|---|---|---|---|---|---|')
        medians, layouts, starts, rebuilds = {}, [], [], []
        for posts in options.posts:
            medians[posts], lines, start, rebuilt = measure(options, posts, folder)
            layouts += lines
            starts.append(start)
            rebuilds += [f'{posts:,} posts: {rebuilt}'] if rebuilt else []
        print('\n| posts | a layout of all pages | then a page is seen after ms | all are fresh after |\n|---|---|---|---|')
        print('\n'.join(layouts))
        print('\n| posts | pages | cold start | warm restart | memory | a page | memory after restart |\n'
              '|---|---|---|---|---|---|---|')
        print('\n'.join(starts))
        least, most = min(medians), max(medians)
        print(f'\np50 of a body at {most:,} posts is {medians[most] / medians[least]:.2f} times p50 at {least:,}')
        print('\n'.join(rebuilds))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == '__main__':
    main()

#!/usr/bin/env python3
"""Measures durable single-file commits a second: stet's API beside the committer alone, git, and a Node server.

  writes.py --generator gen_site.py --programs FOLDER --peers FOLDER --stet PROGRAM [--seconds N] [--posts N]
            [--no-growth] [--only-growth]

FOLDER of --programs has write_load and bare_commits. Growth: after 10,000 more commits, and with 100,000 posts in
dated folders and in one. Loopback only; every loop is bounded; what is started is ended. Prints Markdown tables.
"""
import argparse
import base64
import hashlib
import hmac
import http.client
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))]


def fsync_latency(folder):
    path, taken = os.path.join(folder, 'fsync'), []
    with open(path, 'wb', buffering=0) as file:
        for _ in range(200):
            file.write(b'x' * 4096)
            begin = time.perf_counter()
            os.fsync(file.fileno())
            taken.append((time.perf_counter() - begin) * 1000)
    os.unlink(path)
    return percentile(taken, .5), percentile(taken, .99)


def run(*words, **more):
    environment = dict(os.environ, GIT_CONFIG_GLOBAL='/dev/null', GIT_AUTHOR_NAME='b', GIT_AUTHOR_EMAIL='b@x.test',
                       GIT_COMMITTER_NAME='b', GIT_COMMITTER_EMAIL='b@x.test')
    return subprocess.run(words, check=True, capture_output=True, env=environment, **more).stdout


class Site:
    """A repository made of the generator's posts, and where its posts are."""

    def __init__(self, options, folder, posts, is_flat=False):
        self.options, self.folder = options, folder
        self.name = f'{posts}{"flat" if is_flat else ""}'
        made = os.path.join(folder, 'g' + self.name)
        subprocess.run([sys.executable, options.generator, str(posts), made], check=True, stdout=subprocess.DEVNULL)
        source = os.path.join(made, 'jekyll')
        all_posts = os.path.join(source, '_posts')
        if not is_flat:
            for name in os.listdir(all_posts):
                year, month = name.split('-')[:2]
                os.makedirs(os.path.join(all_posts, year, month), exist_ok=True)
                os.rename(os.path.join(all_posts, name), os.path.join(all_posts, year, month, name))
        self.repository = os.path.join(folder, f'r{self.name}.git')
        run(options.stet, 'init', self.repository, '--from', source)
        shutil.rmtree(made)
        listed = run('git', '--git-dir', self.repository, 'ls-tree', '-r', '--name-only', 'HEAD', '_posts').decode()
        # All over the site, in an order that is always the same.
        self.paths = sorted(listed.split(), key=lambda path: path[::-1])
        self.path_file, self.name_file = (os.path.join(folder, kind + self.name) for kind in ('paths', 'names'))
        with open(self.path_file, 'w') as file:
            file.write(''.join(path + '\n' for path in self.paths))
        with open(self.name_file, 'w') as file:
            file.write(''.join(path[len('_posts/'):-len('.md')] + '\n' for path in self.paths))
        self.copies = 0

    def copy(self):
        self.copies += 1
        path = os.path.join(self.folder, f'r{self.name}.{self.copies}.git')
        shutil.copytree(self.repository, path)
        return path

    def bare(self, threads, repository=None):
        return numbers(run(os.path.join(self.options.programs, 'bare_commits'), repository or self.copy(),
                           str(threads), str(self.options.seconds), self.path_file))


def numbers(line):
    return [float(word) for word in line.split()]


class Server:
    """With a secret for GitHub's webhooks."""
    secret = 'a secret of the benchmark'

    def __init__(self, options, repository):
        self.options, self.repository = options, repository
        settings = repository + '.toml'
        for path, text in ((repository + '.secret', self.secret + '\n'),
                           (settings, f'[hooks]\ngithub = "{repository}.secret"\n'
                            '[limits]\nrequests_per_minute = 0\nwrites_per_minute = 0\n')):
            with open(path, 'w') as file:
                file.write(text)
            os.chmod(path, 0o600)
        self.token = run(options.stet, 'token', 'create', '--repo', repository, '--scope', 'admin').decode().strip()
        self.process = subprocess.Popen([options.stet, 'serve', '--repo', repository, '--port', '0', '--admin-port', '0',
                                         '--url', 'https://blog.example', '--settings', settings],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.public, self.admin = (int(port) for port in re.findall(r':(\d+)', self.process.stdout.readline()))
        self.wait_until_fresh()

    def status(self):
        connection = http.client.HTTPConnection('127.0.0.1', self.admin)
        connection.request('GET', '/api/v1/status', headers={'Authorization': 'Bearer ' + self.token})
        return json.loads(connection.getresponse().read())

    def wait_until_fresh(self):
        """Until the branch's head is live, and no page stale; gives the seconds until the head was."""
        head = run('git', '--git-dir', self.repository, 'rev-parse', 'HEAD').decode().strip()
        begin, live = time.monotonic(), None
        while time.monotonic() - begin < 600:
            status = self.status()
            if live is None and status['live']['commit'] == head:
                live = time.monotonic() - begin
            if live is not None and status['stale'] == 0:
                return live
            time.sleep(.01 if live is None else .1)
        raise RuntimeError('the site was not fresh after ten minutes')

    def wait_for_rest(self):
        """Until git has not joined packs for a while: it begins five seconds after the last write."""
        begin = busy = time.monotonic()
        while time.monotonic() - busy < 8 and time.monotonic() - begin < 180:
            if self.status()['repository']['is_repacking']:
                busy = time.monotonic()
            time.sleep(.2)

    def load(self, site, clients, prefer, first):
        figures = numbers(run(os.path.join(self.options.programs, 'write_load'), str(self.admin), self.token,
                              str(clients), str(self.options.seconds), prefer, str(first), site.name_file))
        if figures[4] > 0:
            raise RuntimeError(f'{figures[4]:.0f} of the writes of {clients} clients were refused')
        return figures

    def end(self):
        self.process.terminate()
        self.process.wait(120)


def git_commits(site, seconds):
    """`git commit` in a loop, in a clone: edit, commit; durable as git is by core.fsync."""
    clone = os.path.join(site.folder, 'loop')
    run('git', 'clone', '-q', site.repository, clone)
    begin, count = time.monotonic(), 0
    while time.monotonic() - begin < seconds:
        with open(os.path.join(clone, site.paths[count % len(site.paths)]), 'a') as file:
            file.write(f'Edit {count}.\n')
        run('git', '-c', 'core.fsync=all', '-C', clone, 'commit', '-q', '-a', '-m', 'Edit')
        count += 1
    rate = count / (time.monotonic() - begin)
    shutil.rmtree(clone)
    return rate


def fast_import(site, count=2000):
    repository = site.copy()
    head = run('git', '--git-dir', repository, 'rev-parse', 'HEAD').decode().strip()
    stream = []
    for i in range(count):
        text = f'---\ntitle: Edit {i}\n---\nBody {i}.\n'
        stream.append(f'commit refs/heads/main\ncommitter b <b@x.test> {1700000000 + i} +0000\ndata 4\nEdit\n'
                      + (f'from {head}\n' if i == 0 else '') +
                      f'M 644 inline {site.paths[i % len(site.paths)]}\ndata {len(text)}\n{text}\n')
    begin = time.monotonic()
    run('git', '--git-dir', repository, 'fast-import', '--quiet', input=''.join(stream).encode())
    return count / (time.monotonic() - begin)


def node_commits(site, options):
    """Eight clients at the peer; its writes take turns, for git's index is one."""
    if not os.path.isdir(os.path.join(options.peers, 'node_modules', 'simple-git')):
        return None
    clone = os.path.join(site.folder, 'node')
    run('git', 'clone', '-q', site.repository, clone)
    for key, value in (('user.name', 'b'), ('user.email', 'b@x.test'), ('core.fsync', 'all')):
        run('git', '-C', clone, 'config', key, value)
    here = os.path.dirname(os.path.abspath(__file__))
    peer = subprocess.Popen(['node', os.path.join(here, 'contents_peer.mjs'), clone], cwd=options.peers,
                            stdout=subprocess.PIPE, text=True)
    port, waits, lock = int(peer.stdout.readline()), [], threading.Lock()
    end = time.monotonic() + options.seconds

    def edit(client):
        connection, i = http.client.HTTPConnection('127.0.0.1', port, timeout=60), 0
        while time.monotonic() < end:
            path = site.paths[(client + 8 * i) % len(site.paths)]
            content = base64.b64encode(f'---\ntitle: t\n---\nEdit {client} {i}.\n'.encode()).decode()
            begin = time.monotonic()
            connection.request('PUT', '/contents/' + path, json.dumps({'content': content, 'message': 'Edit'}))
            answer = connection.getresponse()
            text = answer.read()
            if answer.status != 200:
                raise RuntimeError(text)
            with lock:
                waits.append((time.monotonic() - begin) * 1000)
            i += 1
    begin = time.monotonic()
    threads = [threading.Thread(target=edit, args=(client,)) for client in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - begin
    peer.terminate()
    peer.wait(10)
    shutil.rmtree(clone)
    return len(waits) / took, percentile(waits, .5), percentile(waits, .99)


def push_to_live(site, server, repository, count=15):
    """`git push` of one commit, until its page is shown."""
    clone = os.path.join(site.folder, 'pusher')
    run('git', 'clone', '-q', repository, clone)
    taken = []
    for i in range(count):
        mark = f'pushed{i}x{time.time_ns()}'
        with open(os.path.join(clone, 'pushed.html'), 'w') as file:
            file.write(f'---\npermalink: /pushed.html\n---\n{mark}\n')
        run('git', '-C', clone, 'add', 'pushed.html')
        run('git', '-C', clone, 'commit', '-q', '-m', mark)
        begin = time.monotonic()
        run('git', '-C', clone, 'push', '-q', 'origin', 'HEAD')
        connection = http.client.HTTPConnection('127.0.0.1', server.public)
        while time.monotonic() - begin < 30:
            connection.request('GET', '/pushed.html')
            if mark.encode() in connection.getresponse().read():
                break
            time.sleep(.001)
        else:
            raise RuntimeError('a push was not live after 30 s')
        taken.append((time.monotonic() - begin) * 1000)
    shutil.rmtree(clone)
    return statistics.median(taken)


def hook_answers(server, count=1000):
    """What a forge waits for when it tells of a push: each delivery is another one."""
    connection, taken = http.client.HTTPConnection('127.0.0.1', server.admin), []
    for i in range(count):
        body = json.dumps({'ref': 'refs/heads/main', 'after': f'{i:040x}', 'padding': 'x' * 4000}).encode()
        digest = hmac.new(server.secret.encode(), body, hashlib.sha256).hexdigest()
        begin = time.monotonic()
        connection.request('POST', '/hooks/github', body, {
            'Content-Type': 'application/json', 'X-GitHub-Event': 'push', 'X-GitHub-Delivery': f'bench-{i}',
            'X-Hub-Signature-256': 'sha256=' + digest})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 202:
            raise RuntimeError(f'a webhook was answered by {answer.status}')
        taken.append((time.monotonic() - begin) * 1000)
    return percentile(taken, .5), percentile(taken, .99)


def row(kind, figures):
    rate, p50, p99 = figures[:3]
    print(f'| {kind} | {rate:,.0f} | {p50:.1f} | {p99:.1f} |', flush=True)


def measure_rates(options, site):
    print('| durable commits of one file | a second | p50 ms | p99 ms |\n|---|---|---|---|')
    api, bare = {}, {}
    for clients in (1, 16, 64):
        bare[clients] = site.bare(clients)
        row(f'the committer alone, groups of {clients}', bare[clients])
    repository = site.copy()
    server = Server(options, repository)
    try:
        for prefer, words in (('wait', 'answered when live'), ('respond-async', 'published later')):
            for clients in (1, 16, 64):
                api[prefer, clients] = server.load(site, clients, prefer, 0)
                row(f'API, {clients} clients, {words}', api[prefer, clients])
                late = server.wait_until_fresh()
        busy = push_to_live(site, server, repository)
        server.wait_for_rest()
        live = push_to_live(site, server, repository)
        hook = hook_answers(server)
    finally:
        server.end()
    loop = git_commits(site, options.seconds)
    print(f'| `git commit` in a loop | {loop:,.0f} | {1000 / loop:.1f} | |')
    print(f'| `git fast-import`, not durable before its end | {fast_import(site):,.0f} | | |')
    node = node_commits(site, options)
    if node:
        row('Node over simple-git, 8 clients', node)
    print(f'\nafter the last of 64 clients that did not wait, all was live in {late * 1000:.0f} ms')
    print(f'git push of one commit to live: p50 {live:.0f} ms; {busy:.0f} ms right after the last of these clients')
    print(f"a forge's webhook answered: p50 {hook[0]:.1f} ms, p99 {hook[1]:.1f} ms")
    for prefer in ('wait', 'respond-async'):
        words = f'64 clients, {prefer}: {api[prefer, 64][0] / bare[64][0]:.2f} of the committer alone'
        print(words + (f', {api[prefer, 64][0] / node[0]:.0f} times Node' if node else ''))


def measure_growth(options, site, folder):
    print('\n| 64 clients, commits a second | answered when live | of the first | published later | of the first |'
          ' committer alone | of the first |\n|---|---|---|---|---|---|---|', flush=True)
    first = None

    def line(kind, site, repository):
        nonlocal first
        rates = [site.bare(64)[0]]
        server = Server(options, repository)
        try:
            for prefer in ('respond-async', 'wait'):
                rates.insert(0, server.load(site, 64, prefer, 100)[0])
                server.wait_until_fresh()
        finally:
            server.end()
        first = first or rates
        print(f'| {kind} | ' + ' | '.join(f'{rate:,.0f} | {rate / one:.2f}' for rate, one in zip(rates, first)) + ' |',
              flush=True)
    line(f'{options.posts:,} posts', site, site.copy())
    grown = site.copy()
    begin, before = time.monotonic(), commits_of(grown)
    while commits_of(grown) < before + 10_000 and time.monotonic() - begin < 300:
        site.bare(64, grown)
    line(f'the same after {commits_of(grown) - before:,} commits', site, grown)
    for is_flat in (False, True):
        many = Site(options, folder, options.many, is_flat)
        line(f'{options.many:,} posts, {"one flat folder" if is_flat else "dated folders"}', many, many.copy())


def commits_of(repository):
    return int(run('git', '--git-dir', repository, 'rev-list', '--count', 'HEAD'))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ('generator', 'programs', 'peers', 'stet'):
        parser.add_argument('--' + name, required=True)
    parser.add_argument('--seconds', type=int, default=10)
    parser.add_argument('--posts', type=int, default=1000)
    parser.add_argument('--many', type=int, default=100_000)
    parser.add_argument('--no-growth', action='store_true')
    parser.add_argument('--only-growth', action='store_true')
    options = parser.parse_args()
    options.stet = os.path.abspath(options.stet)
    folder = tempfile.mkdtemp(prefix='stet-bench-')
    try:
        half, most = fsync_latency(folder)
        print(f'fsync of 4 KiB: p50 {half:.2f} ms, p99 {most:.2f} ms; {os.cpu_count()} cores; {options.posts:,} posts in '
              'dated folders\n')
        site = Site(options, folder, options.posts)
        if not options.only_growth:
            measure_rates(options, site)
        if not options.no_growth:
            measure_growth(options, site, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()

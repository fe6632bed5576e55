#!/usr/bin/env python3
"""Many writers at one site, and then: is every edit that was acknowledged still there?

  writers.py [--stet PROGRAM] [--seconds N] [--clients N] [--pushers N] [--kill-every S]
             [--faults SHIM] [--disk-mib N] [--patience S] [--seed N]

API clients edit the same and different posts and sessions; loops of `git push` go to the branch and to refs/for/; a
forge sends webhooks; readers fetch, list, and clone; git repacks all the while. Every edit leaves a mark of its own
where nobody takes marks away, so each that was acknowledged must be in the head. --kill-every: the server gets SIGKILL
that often. --faults: with the library of fault_shim.cc, in bursts. --disk-mib: the repository lies on a tmpfs of that
size (needs root), which is filled up now and then. Loopback only; all stops by itself. Exit status 1 where anything
was lost, half-made or unclear; 77 where the machine does not permit the mode.
"""
import argparse
import hashlib
import hmac
import http.client
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

from served_site import Findings, build_of, differences, free_port, fresh_status, fsck, processes_of, run

SHARED_POSTS, SESSIONS = 6, 4
TROUBLE = (503, 507)  # what a server in trouble may say, and nothing else
PUSH_PATIENCE_S = 10


def write_site(folder, clients):
    def put(path, text):
        path = os.path.join(folder, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w') as file:
            file.write(text)
    put('_config.yml', 'title: Writers\npermalink: /:year/:month/:day/:title/\n')
    put('index.html', '---\n---\n{% for p in site.posts %}{{ p.title }} {{ p.tags | join: "," }}\n{% endfor %}\n')
    for i in range(SHARED_POSTS):
        put(f'_posts/2026/01/2026-01-0{i + 1}-shared{i}.md', f'---\ntitle: Shared {i}\ntags: [start]\n---\nBody.\n')
    for i in range(clients):
        put(f'_posts/2026/02/2026-02-01-own{i}.md', f'---\ntitle: none\ntags: [start]\n---\nBody {i}.\n')
    put('_data/event.yml', 'title: Meeting\ntime_zone: UTC\nstart: 2026-05-01\nend: 2026-05-02\nrooms: [{name: A}]\n')
    for i in range(SESSIONS):
        put(f'_schedule/talk{i}.md', f'---\ntitle: Talk {i}\nstart: 2026-05-01 1{i}:00\nend: 2026-05-01 1{i}:30\nroom: A\n'
                                     'tags: [start]\n---\nAbout.\n')


class Ledger(Findings):
    """What was acknowledged, and what nobody knows about."""

    def __init__(self):
        super().__init__()
        self.marks, self.commits, self.titles = [], [], {}
        self.note = ''
        self.longest, self.longest_s, self.push_longest_s = '', 0.0, 0.0

    def mark(self, path, mark, commit=None):
        with self.lock:
            self.marks.append((path, mark))
            if commit:
                self.commits.append(commit)

    def waited(self, seconds, what='', is_push=False):
        with self.lock:
            if is_push:
                self.push_longest_s = max(self.push_longest_s, seconds)
            elif seconds > self.longest_s:
                self.longest_s, self.longest = seconds, what


class Storm:
    def __init__(self, options, folder):
        self.options, self.folder, self.ledger = options, folder, Ledger()
        self.place = os.path.join(folder, 'disk') if options.disk_mib else folder
        self.repository = os.path.join(self.place, 'site.git')
        self.trouble = os.path.join(folder, 'trouble')  # faults happen while this file is there
        self.port, self.admin = free_port(), free_port()
        self.end = 0.0
        self.server = None
        self.may_fail = bool(options.kill_every or options.faults or options.disk_mib)
        self.restarts = 0
        self.merges = False

    # ---- the server

    def prepare(self):
        site = os.path.join(self.folder, 'files')
        write_site(site, self.options.clients)
        if self.options.disk_mib:
            os.makedirs(self.place)
            mounted = run(['mount', '-t', 'tmpfs', '-o', f'size={self.options.disk_mib}m', 'tmpfs', self.place])
            if mounted.returncode != 0:
                print('skipped: no tmpfs may be mounted here:', mounted.stderr.strip())
                sys.exit(77)
        made = run([self.options.stet, 'init', self.repository, '--from', site])
        if made.returncode != 0:
            raise RuntimeError(made.stderr)
        self.token = run([self.options.stet, 'token', 'create', '--repo', self.repository, '--scope',
                          'admin']).stdout.strip()
        self.secret = 'of the writers'
        with open(os.path.join(self.folder, 'secret'), 'w') as file:
            file.write(self.secret + '\n')
        self.settings = os.path.join(self.folder, 'settings')
        with open(self.settings, 'w') as file:
            file.write(f'[hooks]\ngithub = "{self.folder}/secret"\n'
                       '[maintenance]\npacks = 10\npacks_busy = 20\nquiet_seconds = 1\n'
                       '[limits]\nrequests_per_minute = 0\nwrites_per_minute = 0\n')

    def environment(self):
        if not self.options.faults:
            return {}
        return {'LD_PRELOAD': self.options.faults, 'STET_FAULT': 'fsync:5:12,rename:5:12,write:28:40',
                'STET_FAULT_UNDER': self.repository, 'STET_FAULT_WHEN': self.trouble,
                'STET_FAULT_SEED': str(self.options.seed + self.restarts),
                'ASAN_OPTIONS': 'detect_leaks=0'}  # git, which inherits all this, leaves its memory to the system

    def start(self):
        log = open(os.path.join(self.folder, 'server.log'), 'a')
        self.server = subprocess.Popen(
            [self.options.stet, 'serve', '--repo', self.repository, '--port', str(self.port), '--admin-port',
             str(self.admin), '--settings', self.settings, '--url', 'https://writers.example'],
            stdout=subprocess.PIPE, stderr=log, text=True, env=dict(os.environ, **self.environment()))
        log.close()
        self.restarts += 1
        line = self.server.stdout.readline()
        if not line.startswith('ready'):
            raise RuntimeError('the server did not start: ' + self.log_tail())

    def log_tail(self):
        with open(os.path.join(self.folder, 'server.log')) as log:
            return log.read()[-6000:]

    def why(self, text):
        """What the log says of a request that failed."""
        request = re.search(rb'urn:stet:request:(\w+)', text)
        if not request:
            return ''
        with open(os.path.join(self.folder, 'server.log')) as log:
            lines = [line for line in log if request.group(1).decode() in line]
        return ' '.join(lines)[-600:]

    def goes_on(self):
        return time.monotonic() < self.end

    def call(self, connection, method, path, body=None, headers=None, counts=True):
        """(status, json, headers); status 0: no answer."""
        headers = dict(headers or {}, Authorization='Bearer ' + self.token)
        begin = time.monotonic()
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            if not self.options.kill_every:
                self.ledger.fault(f'{method} {path}: no answer: {error!r}')
            time.sleep(.05)
            return 0, {}, {}
        if counts:
            self.ledger.waited(time.monotonic() - begin, f"{method} {path}: {answer.status} {answer.getheader('Server-Timing', '')}")
        try:
            json_body = json.loads(text) if text and 'json' in answer.getheader('Content-Type', '') else {}
        except ValueError:
            json_body = {}
            self.ledger.fault(f'{method} {path}: half an answer: {text[:80]!r}')
        if answer.status >= 500:
            self.ledger.count(f'{answer.status}')
            if answer.status not in TROUBLE or not self.may_fail:
                self.ledger.fault(f'{method} {path}: {answer.status} {text[:200]!r} {self.why(text)}')
            time.sleep(.01)
        return answer.status, json_body, answer.headers

    # ---- those who write

    def add_mark(self, connection, path, name, mark, merges):
        status, entry, headers = self.call(connection, 'GET', path)
        if status != 200:
            return
        tags = list(entry['front_matter'].get('tags') or []) + [mark]
        if merges:
            time.sleep(.02)  # so that others come between
        status, written, _ = self.call(connection, 'PATCH', path + ('?on_stale=merge' if merges else ''),
                                       {'front_matter': {'tags': tags}},
                                       {'If-Match': headers['ETag'], 'Content-Type': 'application/merge-patch+json',
                                        'Prefer': 'wait'})
        if status == 200:
            self.ledger.count('marks')
            self.ledger.mark(name, mark, written['commit'])
        elif status == 412 or status == 409:
            self.ledger.count('stale')
        elif status not in (0,) + TROUBLE:
            self.ledger.fault(f'mark {mark}: {status} {written}')

    def retitle(self, connection, client, title, hurries):
        """Nobody else writes this one. Who hurries does not wait for the page, and goes on from what was answered."""
        path = f'/api/v1/posts/2026/02/2026-02-01-own{client}'
        status, _, headers = self.call(connection, 'GET', path)
        if status != 200:
            return
        known = self.ledger.titles.setdefault(client, ['none'])
        for prefer, new in ((('respond-async', title + ' soon'),) if hurries else ()) + (('wait', title),):
            status, written, answered = self.call(
                connection, 'PATCH', path, {'front_matter': {'title': new}},
                {'If-Match': headers['ETag'], 'Content-Type': 'application/merge-patch+json', 'Prefer': prefer})
            if status != (202 if prefer == 'respond-async' else 200):
                known.append(new)  # nobody knows
                if status == 412 and hurries and prefer == 'wait':
                    self.ledger.fault(f'{path}: late, though nobody else writes it: {written}')
                return
            self.ledger.count('titles')
            known[:] = [new]
            self.ledger.mark('', '', written['commit'])
            headers = answered

    def add_post(self, connection, client, i):
        mark = f'new{client}x{i}'
        status, written, _ = self.call(connection, 'POST', '/api/v1/posts',
                                       {'front_matter': {'title': mark, 'date': '2026-03-01', 'tags': [mark]},
                                        'body': 'New.\n'}, {'Content-Type': 'application/json'})
        if status == 201:
            self.ledger.count('posts')
            self.ledger.mark(written['entry']['path'], mark, written['commit'])

    def client(self, client):
        lot = random.Random(self.options.seed * 1000 + client)
        connection = http.client.HTTPConnection('127.0.0.1', self.admin, timeout=30)
        i = 0
        while self.goes_on():
            i += 1
            kind, mark = lot.random(), f'c{client}x{i}'
            if kind < .4:
                which = lot.randrange(SHARED_POSTS)
                name = f'2026-01-0{which + 1}-shared{which}'
                self.add_mark(connection, f'/api/v1/posts/2026/01/{name}', f'_posts/2026/01/{name}.md', mark,
                              lot.random() < .5)
            elif kind < .6:
                which = lot.randrange(SESSIONS)
                self.add_mark(connection, f'/api/v1/schedule/sessions/talk{which}', f'_schedule/talk{which}.md', mark,
                              lot.random() < .5)
            elif kind < .95:
                self.retitle(connection, client, f'Title {client} {i}', lot.random() < .5)
            else:
                self.add_post(connection, client, i)

    def git(self, clone, *words):
        return run(['git', '-c', 'user.name=Pusher', '-c', 'user.email=p@x.test', '-C', clone, *words],
                   env=self.environment() if self.options.faults else {})

    def pusher(self, number):
        """Odd ones push to the branch, and rebase where they were late; even ones to refs/for."""
        remote = (self.repository if self.options.faults else
                  f'http://writer:{self.token}@127.0.0.1:{self.admin}/site.git')
        clone = os.path.join(self.folder, f'clone{number}')
        while self.goes_on() and run(['git', 'clone', '-q', remote, clone]).returncode != 0:
            shutil.rmtree(clone, ignore_errors=True)
            time.sleep(.1)
        i = 0
        while self.goes_on():
            i += 1
            mark = f'p{number}x{i}'
            if self.git(clone, 'fetch', '-q', 'origin').returncode != 0:
                time.sleep(.1)
                continue
            self.git(clone, 'reset', '-q', '--hard', 'origin/main')
            paths = [f'_posts/2026/04/2026-04-01-{mark}.md']
            os.makedirs(os.path.join(clone, '_posts/2026/04'), exist_ok=True)
            with open(os.path.join(clone, paths[0]), 'w') as file:
                file.write(f'---\ntitle: {mark}\ntags: [{mark}]\n---\nPushed.\n')
            if number % 2 == 0 and self.merges:
                which = i % SHARED_POSTS
                paths.append(f'_posts/2026/01/2026-01-0{which + 1}-shared{which}.md')
                self.mark_in_file(os.path.join(clone, paths[1]), mark)
            if (self.git(clone, 'add', '-A').returncode != 0 or
                    self.git(clone, 'commit', '-q', '-m', mark).returncode != 0):
                self.ledger.fault(f'pusher {number} could not commit')
                return
            if number % 2 == 0 and self.merges:
                self.push_for(clone, paths, mark)
            else:
                self.push_plain(clone, paths, mark)

    @staticmethod
    def mark_in_file(path, mark):
        with open(path) as file:
            text = file.read()
        if re.search(r'^tags: \[', text, re.M):
            text = re.sub(r'^tags: \[', f'tags: [{mark}, ', text, count=1, flags=re.M)
        else:
            text = re.sub(r'^tags:\n( *)- ', f'tags:\n\\1- {mark}\n\\1- ', text, count=1, flags=re.M)
        with open(path, 'w') as file:
            file.write(text)

    def push_for(self, clone, paths, mark):
        begin = time.monotonic()
        pushed = self.git(clone, 'push', '-q', 'origin', 'HEAD:refs/for/main')
        took = time.monotonic() - begin
        if pushed.returncode == 0:
            self.ledger.count('merged pushes')
            for path in paths:
                self.ledger.mark(path, mark)
        elif 'conflict' in pushed.stderr:
            self.ledger.count('conflicts told')
        else:
            self.ledger.count('failed merges')
            self.ledger.note = pushed.stderr[-400:]
            if not self.may_fail:
                self.ledger.fault(f'push to refs/for: {pushed.stderr[-300:]}')
            return
        self.ledger.waited(took, is_push=True)

    def push_plain(self, clone, paths, mark):
        for _ in range(20):
            pushed = self.git(clone, 'push', '-q', 'origin', 'HEAD:main')
            if pushed.returncode == 0:
                self.ledger.count('pushes')
                for path in paths:
                    self.ledger.mark(path, mark)
                return
            self.ledger.count('late pushes')
            if self.git(clone, 'fetch', '-q', 'origin').returncode != 0 or not self.goes_on():
                return
            if self.git(clone, 'rebase', '-q', 'origin/main').returncode != 0:
                self.git(clone, 'rebase', '--abort')
                return

    def forge(self):
        connection = http.client.HTTPConnection('127.0.0.1', self.admin, timeout=30)
        i = 0
        while self.goes_on():
            i += 1
            body = json.dumps({'ref': 'refs/heads/main', 'after': f'{i:040x}'}).encode()
            digest = hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
            try:
                connection.request('POST', '/hooks/github', body, {
                    'Content-Type': 'application/json', 'X-GitHub-Event': 'push', 'X-GitHub-Delivery': f'd{i}',
                    'X-Hub-Signature-256': 'sha256=' + digest})
                status = connection.getresponse()
                status.read()
                self.ledger.count(f'webhook {status.status}')
            except (OSError, http.client.HTTPException):
                connection.close()
            time.sleep(.2)

    def reader(self):
        """Lists, history, public pages, and clones: none may fail, whatever git does to the packs."""
        admin = http.client.HTTPConnection('127.0.0.1', self.admin, timeout=30)
        public = http.client.HTTPConnection('127.0.0.1', self.port, timeout=30)
        clone = os.path.join(self.folder, 'read-clone')
        i = 0
        while self.goes_on():
            i += 1
            for path in ('/api/v1/posts?limit=20', '/api/v1/history?path=index.html',
                         '/api/v1/history?path=_posts/2026/01/2026-01-01-shared0.md', '/api/v1/status'):
                status, _, _ = self.call(admin, 'GET', path)
                if status not in (0, 200) + (TROUBLE if self.may_fail else ()):
                    self.ledger.fault(f'GET {path}: {status}')
            status, _, _ = self.call(public, 'GET', '/')
            if status not in (0, 200) + (TROUBLE if self.may_fail else ()):
                self.ledger.fault(f'the public page: {status}')
            if i % 5 == 0 and not self.may_fail:
                shutil.rmtree(clone, ignore_errors=True)
                got = run(['git', 'clone', '-q', f'http://reader:{self.token}@127.0.0.1:{self.admin}/site.git', clone])
                self.ledger.count('clones')
                if got.returncode != 0:
                    self.ledger.fault('clone: ' + got.stderr[-300:])
            time.sleep(.05)

    # ---- those who make trouble

    def killer(self):
        while self.goes_on():
            time.sleep(min(self.options.kill_every, max(0, self.end - time.monotonic())))
            self.server.kill()
            self.server.wait()
            self.ledger.count('kills')
            self.start()

    def faults(self):
        while self.goes_on():
            open(self.trouble, 'w').close()
            time.sleep(.7)
            os.unlink(self.trouble)
            time.sleep(.4)

    def filler(self):
        filling = os.path.join(self.place, 'filling')
        while self.goes_on():
            time.sleep(.7)
            with open(filling, 'wb', buffering=0) as file:
                try:
                    while self.goes_on():
                        file.write(b'\0' * 65536)
                except OSError:
                    self.ledger.count('disk full')
            time.sleep(.7)
            os.unlink(filling)

    # ---- afterwards

    def stop(self):
        """In order; git's upkeep ends with the server, but for that of killed ones, which is waited for."""
        self.server.terminate()
        if self.server.wait(30) != 0:
            self.ledger.fault('the server did not end as it should')
        left = [words for words in processes_of(self.repository) if 'pack' in words]
        if left and not self.options.kill_every:
            self.ledger.fault('the server has ended, and not its git: ' + '; '.join(left))
        patience = time.monotonic() + 60
        while processes_of(self.repository):
            if time.monotonic() > patience:
                return self.ledger.fault('it works on for a minute: ' + '; '.join(processes_of(self.repository)))
            time.sleep(.05)

    def check_objects(self):
        found = fsck(self.repository)
        if found:
            self.ledger.fault(found)

    def show(self, path):
        shown = run(['git', '--git-dir', self.repository, 'show', 'main:' + path])
        return shown.stdout if shown.returncode == 0 else None

    def check(self):
        ledger, files = self.ledger, {}
        history = set(run(['git', '--git-dir', self.repository, 'rev-list', 'main']).stdout.split())
        for commit in ledger.commits:
            if commit not in history:
                ledger.fault(f'commit {commit} was acknowledged and is not in the history')
        for path, mark in ledger.marks:
            if not path:
                continue
            if path not in files:
                files[path] = self.show(path)
            if files[path] is None or not re.search(rf'\b{mark}\b', files[path]):
                ledger.fault(f'the mark {mark} of {path} was acknowledged and is lost')
        for client, titles in ledger.titles.items():
            title = re.search('^title: (.*)$', self.show(f'_posts/2026/02/2026-02-01-own{client}.md'), re.M).group(1)
            if title.strip('\'"') not in titles:
                ledger.fault(f'the title of client {client} is {title!r}, not one of {titles}')
        if ledger.longest_s > self.options.patience:
            ledger.fault(f'an API client waited {ledger.longest_s:.1f} s: {ledger.longest}')
        if ledger.push_longest_s > PUSH_PATIENCE_S and self.options.patience < 60:
            ledger.fault(f'a push to refs/for waited {ledger.push_longest_s:.1f} s')
        if self.options.disk_mib and ledger.counts.get('disk full') and not ledger.counts.get('507'):
            ledger.fault('the disk was full, and nobody was told so (507)')
        if not ledger.marks:
            ledger.fault('nothing was written at all')

    def differences(self, live):
        """Of what is shown from a build from nothing: a line each."""
        out = os.path.join(self.folder, 'out', str(live['number']))
        failure = build_of(self.options.stet, self.repository, live, out)
        if failure:
            return [failure]
        public = http.client.HTTPConnection('127.0.0.1', self.port, timeout=60)

        def read(path):
            public.request('GET', '/' + path)
            self.ledger.count('pages')
            return public.getresponse().read()
        return differences(out, read)

    def check_pages(self):
        # A git whose server was killed may still end a push: then what was compared is no more.
        connection = http.client.HTTPConnection('127.0.0.1', self.admin, timeout=60)

        def status_of():
            return self.call(connection, 'GET', '/api/v1/status', counts=False)[1]
        for _ in range(10):
            status = fresh_status(self.repository, status_of)
            found = self.differences(status['live'])
            if status_of().get('live') == status['live']:
                break
        for line in found:
            self.ledger.fault(line)

    def go(self):
        self.prepare()
        self.start()
        self.merges = run(['git', '--git-dir', self.repository, 'config', 'receive.procReceiveRefs']).returncode == 0
        self.end = time.monotonic() + self.options.seconds
        work = [(self.client, (i,)) for i in range(self.options.clients)]
        work += [(self.pusher, (i,)) for i in range(self.options.pushers)]
        work += [(self.forge, ()), (self.reader, ())]
        if self.options.kill_every:
            work.append((self.killer, ()))
        if self.options.faults:
            work.append((self.faults, ()))
        if self.options.disk_mib:
            work.append((self.filler, ()))
        threads = [threading.Thread(target=self.ledger.guarded, args=(function, *arguments))
                   for function, arguments in work]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self.server.poll() is not None:
            print(f'FAULT the server has ended: {self.server.returncode}\n{self.log_tail()}')
            self.ledger.fault('the server has ended')
            self.start()
        self.ledger.guarded(self.check_pages)
        self.stop()
        self.check_objects()
        self.check()

    def tidy_up(self):
        if self.server and self.server.poll() is None:
            self.server.kill()
            self.server.wait()
        if self.options.disk_mib:
            run(['umount', '-l', self.place])
        shutil.rmtree(self.folder, ignore_errors=True)


def preload(stet, shim):
    """What LD_PRELOAD names. A sanitizer has to come before all other libraries, if the program has one."""
    loaded = re.search(r'libasan\S* => (\S+)', run(['ldd', stet]).stdout)
    return f'{loaded.group(1)} {shim}' if loaded else shim


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--stet')
    parser.add_argument('--seconds', type=float, default=60)
    parser.add_argument('--clients', type=int, default=16)
    parser.add_argument('--pushers', type=int, default=4)
    parser.add_argument('--kill-every', type=float, default=0)
    parser.add_argument('--faults')
    parser.add_argument('--disk-mib', type=int, default=0)
    parser.add_argument('--patience', type=float, default=60, help='seconds that an API client may wait')
    parser.add_argument('--seed', type=int, default=1)
    options = parser.parse_args()
    options.stet = os.path.abspath(os.environ.get('STET_PROGRAM') or options.stet)
    if options.faults:
        options.faults = preload(options.stet, options.faults)
    storm = Storm(options, tempfile.mkdtemp(prefix='stet-writers-'))
    try:
        storm.go()
    finally:
        storm.tidy_up()
    ledger = storm.ledger
    print(', '.join(f'{count} {what}' for what, count in sorted(ledger.counts.items())))
    print(f'longest wait: API {ledger.longest_s:.2f} s ({ledger.longest}), push to refs/for {ledger.push_longest_s:.2f} s; '
          f'{storm.restarts} starts')
    if ledger.note:
        print('the last merge that failed:', ' '.join(ledger.note.split()))
    for fault in ledger.faults:
        print('FAULT', fault)
    return 1 if ledger.faults else 0


sys.exit(main())

"""Those who use a site for a day (day.py): editors, pushers, crawlers, readers, listeners, cloners, keepers."""
import base64
import glob
import http.client
import json
import os
import random
import re
import shutil
import signal
import socket
import threading
import time
import urllib.parse

from day_site import ROOMS, end_of, post_path, put, start_of, text_of
from served_site import run

EXPLAINED = (409, 412)  # another has changed it in between
LATE = r'\[rejected\]|cannot lock ref|conflict'  # what git says then
PASSING = 'passing'     # in the address of what comes and goes: between sitemap and page it may have gone
KEPT, NAMES = 4, 64     # of what comes and goes, by each who makes it; and then its names come again
EXPORTS = ('/schedule.ics', '/schedule.utc.ics', '/schedule.xml', '/schedule.json', '/schedule.csv', '/schedule.txt',
           '/schedule/changes.xml', '/schedule/widgets/schedule.json', '/feed.xml', '/search?q=harbour')
READ = ('/posts?limit=20&sort=-date', '/posts?filter[tags]=maps&limit=20', '/pages?limit=20', '/search?q=tide',
        '/schedule/sessions?limit=50', '/schedule/clashes', '/history?limit=20', '/tags', '/media?limit=20',
        '/problems', '/explain?url=/', '/targets', '/publications', '/status')
PIXEL = base64.b64decode('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E'
                         'rkJggg==')
PATCH = {'Content-Type': 'application/merge-patch+json'}


class Users:
    """`day` is what they share: ports, token, repository, findings, the sizes of the site, and when it is over."""

    def __init__(self, day):
        self.day, self.findings = day, day.findings
        self.over = threading.Event()
        everybody = [(self.text_editor, 0), (self.text_editor, 1), (self.mover,), (self.come_and_go,),
                     (self.pusher,), (self.crawler,), (self.crawler,), (self.reader, 0), (self.reader, 1),
                     (self.listener, 0), (self.listener, 1), (self.listener, 2), (self.cloner,), (self.keeper,),
                     (self.operator,)]
        self.threads = [threading.Thread(target=self.findings.guarded, args=one) for one in everybody]

    def work(self, seconds):
        for thread in self.threads:
            thread.start()
        self.over.wait(seconds)
        self.over.set()
        for thread in self.threads:
            thread.join()

    def pause(self, seconds):
        """Shorter where the whole day is, so that all of it happens. False: it is over."""
        return not self.over.wait(min(seconds, self.day.seconds / 10))

    def api(self, connection, method, path, body=None, headers=None):
        """(status, json, headers). What is neither good nor explained is a fault; bytes go as they are."""
        headers = dict(headers or {}, Authorization='Bearer ' + self.day.token)
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        connection.request(method, '/api/v1' + path, data, headers)
        answer = connection.getresponse()
        text = answer.read()
        if answer.status >= 300 and answer.status not in EXPLAINED:
            self.findings.fault(f'{method} {path}: {answer.status} {text[:300]!r}')
        elif answer.status >= 300:
            self.findings.count('overtaken')
        return answer.status, json.loads(text) if 'json' in answer.getheader('Content-Type', '') else {}, answer.headers

    def admin(self):
        return http.client.HTTPConnection('127.0.0.1', self.day.admin, timeout=60)

    # ---- those who write

    def text_editor(self, number):
        lot, connection, i = random.Random(number), self.admin(), 0
        while self.pause(.25):
            i += 1
            is_note = self.day.pages and lot.random() < .3
            path = (f'/pages/_pages/notes/note-{lot.randrange(self.day.pages)}' if is_note else
                    '/posts/' + post_path(lot.randrange(self.day.posts)))
            status, entry, headers = self.api(connection, 'GET', path)
            if status != 200:
                continue
            change = ({'front_matter': {'title': f'Day {lot.randrange(10**5):05}'}} if lot.random() < .2 and not is_note
                      else {'body': re.sub(r'Edit \d+', f'Edit {number}{i:06}', entry['body'])})
            prefer = 'wait' if lot.random() < .7 else 'respond-async'
            status, _, _ = self.api(connection, 'PATCH', path, change,
                                    dict(PATCH, Prefer=prefer, **{'If-Match': headers['ETag']}))
            if status < 300:
                self.findings.count('edits')

    def mover(self):
        lot, connection = random.Random(2), self.admin()
        while self.day.sessions and self.pause(.5):
            start = start_of(lot.randrange(64))
            change = {'front_matter': {'start': start, 'end': end_of(start), 'room': lot.choice(ROOMS)}}
            status, _, _ = self.api(connection, 'PATCH', f'/schedule/sessions/more-{lot.randrange(self.day.sessions)}',
                                    change, dict(PATCH, **{'If-Match': '*'}))
            if status < 300:
                self.findings.count('edits')

    def come_and_go(self):
        """Posts and pictures; the oldest of them go as new ones come."""
        connection, i, posts, media = self.admin(), 0, [], []
        while self.pause(.75):
            i += 1
            status, written, _ = self.api(connection, 'POST', '/posts', {
                'front_matter': {'title': f'{PASSING} {i % NAMES}', 'date': '2025-08-28', 'tags': ['maps']},
                'body': text_of(i) + '\n'}, {'Content-Type': 'application/json'})
            if status < 300:
                posts.append(written['entry']['self'].removeprefix('/api/v1'))
                self.findings.count('edits')
            if i % 2:
                status, written, _ = self.api(connection, 'POST', f'/media?name={PASSING}-{i % NAMES}.png',
                                              PIXEL + i.to_bytes(4, 'big'), {'Content-Type': 'image/png'})
                if status < 300:
                    media.append(written['items'][0]['self'].removeprefix('/api/v1'))
                    self.findings.count('edits')
            for kind in (posts, media):
                if len(kind) > KEPT:
                    status, _, _ = self.api(connection, 'DELETE', kind[0], None, {'If-Match': '*'})
                    if status < 300:
                        kind.pop(0)
                        self.findings.count('edits')

    def remote(self):
        return f'http://git:{self.day.token}@127.0.0.1:{self.day.admin}/site.git'

    def git(self, clone, *words):
        return run(['git', '-c', 'user.name=Pusher', '-c', 'user.email=p@x.test', '-C', clone, *words])

    def pusher(self):
        clone, lot, i = os.path.join(self.day.folder, 'pusher'), random.Random(3), 0
        cloned = run(['git', 'clone', '-q', self.remote(), clone])
        if cloned.returncode != 0:
            return self.findings.fault('the pusher could not clone: ' + cloned.stderr[-300:])
        while self.pause(2):
            i += 1
            pages = [f'{PASSING}-{(i - k) % NAMES}.md' for k in range(KEPT)]
            put(clone, '_pages/' + pages[0], f'---\ntitle: Pushed {i}\n---\n{text_of(i)}\n')
            for old in glob.glob(os.path.join(clone, '_pages', PASSING + '-*.md')):
                if os.path.basename(old) not in pages:
                    os.unlink(old)
            path = f'_posts/{post_path(lot.randrange(self.day.posts))}.md'
            with open(os.path.join(clone, path), encoding='utf-8') as file:
                text = file.read()
            put(clone, path, re.sub(r'# About \w+( \d+)?', f'# About push {i:06}', text))
            self.git(clone, 'add', '-A')
            self.git(clone, 'commit', '-q', '-m', f'Push {i}')
            self.push(clone)

    def push(self, clone):
        """Rebased where others were first; where they always are, the server is to merge. What they have changed too is
        left to them."""
        for to in ('main', 'main', 'main', 'refs/for/main'):
            pushed = self.git(clone, 'push', '-q', 'origin', 'HEAD:' + to)
            if pushed.returncode == 0:
                self.findings.count('pushes')
                break
            if not re.search(LATE, pushed.stderr):
                self.findings.fault('git push: ' + pushed.stderr[-300:])
            self.findings.count('late pushes')
            self.fetch(clone)
            if self.git(clone, 'rebase', '-q', '-X', 'ours', 'origin/main').returncode != 0:
                self.git(clone, 'rebase', '--abort')
                break
        self.fetch(clone)
        self.git(clone, 'reset', '-q', '--hard', 'origin/main')

    def fetch(self, clone):
        fetched = self.git(clone, 'fetch', '-q', 'origin')
        if fetched.returncode != 0:
            self.findings.fault('git fetch: ' + fetched.stderr[-300:])

    # ---- those who read

    def crawler(self):
        """Each page that the sitemap names, and the exports; the second time only where they have changed."""
        known = {}
        while self.pause(2):
            public = http.client.HTTPConnection('127.0.0.1', self.day.port, timeout=60)
            for url in (*paths_of_sitemap(public), *EXPORTS):
                public.request('GET', url, headers={'If-None-Match': known[url]} if url in known else {})
                answer = public.getresponse()
                text = answer.read()
                may_have_gone = PASSING in url and answer.status == 404
                if answer.status not in (200, 304) and not may_have_gone or answer.status == 200 and not text:
                    self.findings.fault(f'the crawler: {url}: {answer.status}, {len(text)} bytes')
                if answer.getheader('ETag') and PASSING not in url:
                    known[url] = answer.getheader('ETag')
                self.findings.count('crawled')
                if not self.pause(.01):
                    break

    def reader(self, number):
        connection, i = self.admin(), number
        while self.pause(.1):
            i += 1
            if self.api(connection, 'GET', READ[i % len(READ)])[0] == 200:
                self.findings.count('API reads')

    def listener(self, number):
        """A stream begins with what is live; it is left without a word."""
        lot = random.Random(10 + number)
        while self.pause(lot.random()):
            connection, end = self.admin(), time.monotonic() + lot.uniform(.5, 8)
            connection.connect()
            wire = connection.sock
            connection.request('GET', '/api/v1/events', headers={'Authorization': 'Bearer ' + self.day.token,
                                                                 'Accept': 'text/event-stream'})
            answer, events = connection.getresponse(), []
            try:
                while (left := end - time.monotonic()) > 0 and not (self.over.is_set() and events):
                    wire.settimeout(left)
                    line = answer.fp.readline()
                    if not line:
                        self.findings.fault('a stream of events has ended by itself')
                        break
                    if line.startswith(b'event: '):
                        events.append(line)
            except socket.timeout:
                pass
            answer.close()
            connection.close()
            if answer.status != 200 or events and events[0].strip() != b'event: site.state':
                self.findings.fault(f'a stream of events: {answer.status} {events[:1]}')
            self.findings.count('events', len(events))
            self.findings.count('streams')

    def cloner(self):
        clone = os.path.join(self.day.folder, 'cloned')
        while self.pause(20):
            got = run(['git', 'clone', '-q', self.remote(), clone])
            if got.returncode != 0:
                self.findings.fault('git clone: ' + got.stderr[-300:])
            elif self.git(clone, 'fsck', '--no-progress').returncode != 0:
                self.findings.fault('a clone is not sound')
            shutil.rmtree(clone, ignore_errors=True)
            self.findings.count('clones')

    # ---- those who look after it

    def keeper(self):
        i = 0
        while self.pause(60):
            self.day.back_up(*(['--full'] if i % 5 == 4 else []))
            i += 1
            self.findings.count('backups')

    def operator(self):
        i = 0
        while self.pause(30):
            i += 1
            self.day.write_settings(packs=8 + i % 2 * 2)
            self.day.server.send_signal(signal.SIGHUP)
            self.findings.count('SIGHUPs')


def paths_of_sitemap(public):
    public.request('GET', '/sitemap.xml')
    text = public.getresponse().read().decode()
    return [urllib.parse.urlsplit(url).path for url in re.findall(r'<loc>(.*?)</loc>', text)]

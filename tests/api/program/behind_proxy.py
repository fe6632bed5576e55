#!/usr/bin/env python3
"""A server behind a real nginx or Caddy, by the example of the package: TLS, HTTP/2, both origins, pushes, events, a site under a path.

  behind_proxy.py PROGRAM nginx|caddy EXAMPLE

Loopback only, in a temporary folder; what is started is ended. Exit status 77 where the proxy, curl or openssl is not there.
"""
import contextlib
import dataclasses
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import unittest

import proxies

PROGRAM = EXAMPLE = ''
PROXY = None
PATIENCE_S = 60
PUSH_MIB = int(os.environ.get('STET_PUSH_MIB', 24))  # of one push, in files of FILE_MIB
FILE_MIB = 24
NAMES = ('www.example.org', 'cms.example.org')


def free_port():
    with socket.socket() as listener:
        listener.bind(('127.0.0.1', 0))
        return listener.getsockname()[1]


def run(words, **more):
    return subprocess.run(words, check=True, capture_output=True, text=True, timeout=120 + PUSH_MIB, **more).stdout


@dataclasses.dataclass
class Ports:
    """Where the server listens, and where the proxy in front of it does."""
    site: int
    admin: int = 0
    plain: int = dataclasses.field(default_factory=free_port)
    secure: int = dataclasses.field(default_factory=free_port)


def serve(repository, log, *words):
    """The server, once it is ready, and its two ports."""
    server = subprocess.Popen([PROGRAM, 'serve', '--repo', repository, '--port', '0', '--admin-port', '0', *words],
                              stdout=subprocess.PIPE, stderr=log, text=True)
    return server, [int(port) for port in re.findall(r':(\d+)', server.stdout.readline())]


def end(process, how):
    if process.poll() is None:
        process.send_signal(how)
    process.wait(PATIENCE_S)
    if process.stdout:
        process.stdout.close()


def until(is_so, log, what):
    for _ in range(PATIENCE_S * 10):
        with contextlib.suppress(OSError):
            if is_so():
                return
        time.sleep(0.1)
    with open(log.name) as file:
        raise AssertionError(f'{what}:\n{file.read()[-4000:]}')


def shakes_hands(port, name):
    """By TLS: Caddy listens before it has made its certificates."""
    anybody = ssl.create_default_context()
    anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(('127.0.0.1', port), timeout=5) as plain, anybody.wrap_socket(plain, server_hostname=name):
        return True


class Machine:
    """stet, and the proxy in front of it, as the example has them; `opened` ends them."""

    def __init__(self, folder, opened):
        self.repository = os.path.join(folder, 'site.git')
        run([PROGRAM, 'init', '--example', self.repository])
        self.token = run([PROGRAM, 'token', 'create', '--repo', self.repository, '--scope', 'admin']).split()[-1]
        settings = os.path.join(folder, 'site.toml')
        with open(settings, 'w') as out:
            out.write('[http]\nurl = "https://www.example.org"\nadmin_url = "https://cms.example.org"\n'
                      f'trusted_proxies = ["127.0.0.1"]\n[git]\npush_mib = {2 * PUSH_MIB}\n')
        self.log = opened.enter_context(open(os.path.join(folder, 'log'), 'ab'))
        server, (site, admin) = serve(self.repository, self.log, '--settings', settings)
        opened.callback(end, server, signal.SIGTERM)
        ports = Ports(site, admin)
        with open(EXAMPLE) as file:
            text = PROXY.example(file.read(), folder, NAMES, ports)
        opened.callback(end, PROXY.start(folder, text, ports, self.log), PROXY.stops_by)
        self.plain, self.secure = ports.plain, ports.secure
        for name in NAMES:
            until(lambda: shakes_hands(self.secure, name), self.log, f'{name} does not answer by TLS')

    def url(self, name, path):
        return f'https://{name}:{self.secure}{path}'

    def curl(self, *words):
        names = sum((['--resolve', f'{name}:{self.secure}:127.0.0.1'] for name in NAMES), [])
        return run(['curl', '-sS', '-k', '--max-time', str(PATIENCE_S), *names, *words])

    def admin(self, path, *words):
        return self.curl('--fail-with-body', '-H', 'Authorization: Bearer ' + self.token, *words, self.url('cms.example.org', path))

    def api(self, path, *words):
        return self.admin('/api/v1' + path, *words)


class BehindProxy(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        opened = contextlib.ExitStack()
        cls.addClassCleanup(opened.close)
        cls.machine = Machine(cls.folder.name, opened)

    def test_both_origins_are_there_by_tls_and_http2(self):
        for name, path in (('www.example.org', '/'), ('cms.example.org', '/health')):
            said = self.machine.curl('-o', '/dev/null', '-w', '%{http_code} %{http_version}', self.machine.url(name, path))
            self.assertEqual(said, '200 2')

    def test_plain_http_leads_to_tls(self):
        said = run(['curl', '-sS', '-o', '/dev/null', '-w', '%{http_code} %{redirect_url}', '-H', 'Host: www.example.org',
                    f'http://127.0.0.1:{self.machine.plain}/a?b'])
        self.assertEqual(said, f'{PROXY.moved} https://www.example.org/a?b')

    def write_post(self, title):
        post = json.dumps({'front_matter': {'title': title, 'date': '2020-02-02'}, 'body': 'Here.'})
        self.machine.api('/posts', '-H', 'Content-Type: application/json', '-d', post)

    def test_an_edit_is_live_for_readers(self):
        self.write_post('Through the proxy')
        self.assertIn('Through the proxy', self.machine.curl(self.machine.url('www.example.org', '/news/')))

    def test_pages_are_compressed_once_and_validated_through_it(self):
        url = self.machine.url('www.example.org', '/')
        head = self.machine.curl('-D', '-', '-o', '/dev/null', '-H', 'Accept-Encoding: br', url).lower()
        self.assertIn('content-encoding: br', head)
        tag = re.search(r'etag: (\S+)', head).group(1)
        said = self.machine.curl('-o', '/dev/null', '-w', '%{http_code}', '-H', 'Accept-Encoding: br', '-H', 'If-None-Match: ' + tag, url)
        self.assertEqual(said, '304')

    def sign_in(self, origin, *words):
        """By a wrong password: the status says whether it was looked at."""
        body = json.dumps({'login': 'nobody', 'password': 'a wrong one'})
        return self.machine.curl('-o', '/dev/null', '-w', '%{http_code}', *words, '-H', 'Origin: ' + origin, '-H',
                                 'Content-Type: application/json', '-d', body, self.machine.url('cms.example.org', '/api/v1/session'))

    def test_who_asked_is_the_client_and_not_the_proxy(self):
        said = self.sign_in(self.machine.url('cms.example.org', ''), '--interface', '127.0.0.3', '-H', 'X-Forwarded-For: 192.0.2.9')
        self.assertEqual(said, '401')
        items = self.machine.api('/audit?limit=20')
        self.assertIn('127.0.0.3', items)
        self.assertNotIn('192.0.2.9', items)

    def test_pages_of_its_own_origin_may_sign_in_and_of_the_other_may_not(self):
        self.assertEqual(self.sign_in(self.machine.url('cms.example.org', '')), '401')
        self.assertEqual(self.sign_in(self.machine.url('www.example.org', '')), '403')

    def listeners(self):
        return int(re.search(r'^stet_event_listeners (\d+)', self.machine.admin('/metrics'), re.M).group(1))

    def test_events_come_as_they_happen_and_end_for_who_leaves(self):
        with subprocess.Popen(['curl', '-sS', '-k', '-N', '--max-time', str(PATIENCE_S), '--resolve',
                               f'cms.example.org:{self.machine.secure}:127.0.0.1', '-H', 'Accept: text/event-stream',
                               '-H', 'Authorization: Bearer ' + self.machine.token,
                               self.machine.url('cms.example.org', '/api/v1/events')], stdout=subprocess.PIPE, text=True) as reader:
            self.assertIn('event: site.state\n', reader.stdout)
            self.assertEqual(self.listeners(), 1)
            self.write_post('While somebody listens')
            self.assertTrue(any('/while-somebody-listens/' in line for line in reader.stdout))
            reader.kill()
        until(lambda: self.listeners() == 0, self.machine.log, 'the server goes on with events for who has left')

    def test_a_large_push_goes_through(self):
        work = os.path.join(self.folder.name, 'work')
        url = f'https://me:{self.machine.token}@cms.example.org:{self.machine.secure}/site.git'
        git = ['git', '-c', 'http.sslVerify=false', '-c', f'http.curloptResolve=cms.example.org:{self.machine.secure}:127.0.0.1',
               '-c', 'user.name=Ada', '-c', 'user.email=ada@example.org',
               '-c', 'http.version=HTTP/1.1',  # README, "Large pushes", says why
               '-c', 'core.bigFileThreshold=1m', '-c', 'core.compression=0']  # what is random gets no smaller
        run([*git, 'clone', '-q', url, work])
        os.makedirs(os.path.join(work, 'assets/media'), exist_ok=True)
        for i in range(PUSH_MIB // FILE_MIB):
            with open(os.path.join(work, f'assets/media/large{i}.bin'), 'wb') as file:
                file.write(os.urandom(FILE_MIB << 20))
        run([*git, '-C', work, 'add', '.'])
        run([*git, '-C', work, 'commit', '-q', '-m', 'Something large'])
        try:
            run([*git, '-C', work, 'push', '-q', 'origin', 'HEAD'])
        except subprocess.TimeoutExpired:
            # Who waits for whom.
            waiting = run(['ps', 'axf', '-o', 'pid,ppid,etimes,stat,wchan:24,args'])
            with open(self.machine.log.name) as file:
                raise AssertionError(f'the push does not end:\n{waiting}\n{file.read()[-4000:]}') from None
        head = run(['git', '-C', work, 'rev-parse', 'HEAD']).strip()
        self.assertEqual(json.loads(self.machine.api('/status'))['live']['commit'], head)


class UnderAPath(unittest.TestCase):
    """A site whose baseurl is a path of somebody else's origin."""

    def test_pages_and_links_lie_below_it(self):
        with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as opened:
            repository = os.path.join(folder, 'site.git')
            run([PROGRAM, 'init', '--example', repository])
            log = opened.enter_context(open(os.path.join(folder, 'log'), 'ab'))
            server, (port, _) = serve(repository, log, '--baseurl', '/blog')
            opened.callback(end, server, signal.SIGTERM)
            ports = Ports(port)
            opened.callback(end, PROXY.start(folder, PROXY.below_a_path('/blog', ports), ports, log), PROXY.stops_by)
            until(lambda: socket.create_connection(('127.0.0.1', ports.plain)).close() is None, log, 'the proxy does not listen')
            origin = f'http://127.0.0.1:{ports.plain}'
            home = run(['curl', '-sS', '--fail', origin + '/blog/'])
            # Those of the theme; what an author has written into a text stands as it was written.
            sheets = re.findall(r'<(?:link rel="stylesheet"|script)[^>]* (?:href|src)="([^"]*)"', home)
            menu = re.findall(r'href="([^"]*)"', re.search(r'<nav.*?</nav>', home, re.S).group(0))
            self.assertGreater(min(len(sheets), len(menu)), 0)
            for link in sheets + menu:
                self.assertTrue(link.startswith('/blog/'), link)
                said = run(['curl', '-sS', '-o', '/dev/null', '-w', '%{http_code}', origin + link])
                self.assertEqual(said, '200', link)
            self.assertEqual(run(['curl', '-sS', origin + '/other']), 'another site')


if __name__ == '__main__':
    PROGRAM, name, EXAMPLE = sys.argv.pop(1), sys.argv.pop(1), sys.argv.pop(1)
    PROXY = proxies.PROXIES[name]
    missing = [word for word in ('curl', *PROXY.programs) if not proxies.program(word)]
    if missing:
        print(f'skipped: {", ".join(missing)} not found; apt install curl openssl {name} (./dev test unpacks {name})')
        sys.exit(77)
    unittest.main(verbosity=2)

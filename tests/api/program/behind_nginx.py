#!/usr/bin/env python3
"""A server behind a real nginx, by the example of the package: TLS, HTTP/2, both origins, pushes, events, a site under a path.

  behind_nginx.py PROGRAM NGINX_CONF

Loopback only, in a temporary folder; what is started is ended. Exit status 77 where nginx, curl or openssl is not there.
"""
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = EXAMPLE = ''
PATIENCE_S = 30
PUSH_BYTES = 24 << 20
NAMES = ('www.example.org', 'cms.example.org')


def free_port():
    with socket.socket() as listener:
        listener.bind(('127.0.0.1', 0))
        return listener.getsockname()[1]


def run(words, **more):
    return subprocess.run(words, check=True, capture_output=True, text=True, timeout=120, **more).stdout


class Machine:
    """stet, and nginx in front of it, as the example has them."""

    def __init__(self, folder):
        self.folder = folder
        self.repository = os.path.join(folder, 'site.git')
        self.plain, self.secure = free_port(), free_port()
        run([PROGRAM, 'init', '--example', self.repository])
        self.token = run([PROGRAM, 'token', 'create', '--repo', self.repository, '--scope', 'admin']).split()[-1]
        self.nginx = None
        self.server = self.serve('[http]\nport = 0\nadmin_port = 0\nurl = "https://www.example.org"\n'
                                 'admin_url = "https://cms.example.org"\ntrusted_proxies = ["127.0.0.1"]\n')
        self.nginx = self.start_nginx()

    def serve(self, settings):
        file = os.path.join(self.folder, 'site.toml')
        with open(file, 'w') as out:
            out.write(settings)
        self.log = open(os.path.join(self.folder, 'log'), 'ab')
        server = subprocess.Popen([PROGRAM, 'serve', '--repo', self.repository, '--settings', file],
                                  stdout=subprocess.PIPE, stderr=self.log, text=True)
        ready = server.stdout.readline()
        self.site_port, self.admin_port = (int(port) for port in re.findall(r':(\d+)', ready))
        return server

    def start_nginx(self):
        for name in NAMES:
            run(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=' + name,
                 '-keyout', os.path.join(self.folder, name + '.key'), '-out', os.path.join(self.folder, name + '.pem')])
        with open(EXAMPLE) as file:
            text = file.read()
        for old, new in (('127.0.0.1:4000', f'127.0.0.1:{self.site_port}'), ('127.0.0.1:4001', f'127.0.0.1:{self.admin_port}'),
                         ('listen 80;', f'listen 127.0.0.1:{self.plain};'), ('listen 443', f'listen 127.0.0.1:{self.secure}'),
                         ('/etc/ssl/stet', self.folder)):
            assert old in text, old
            text = text.replace(old, new)
        text = re.sub(r'.*listen \[::\].*\n', '', text)
        temporary = ''.join(f'{kind}_temp_path {self.folder}/{kind};\n'
                            for kind in ('client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'))
        user = 'user root;\n' if os.getuid() == 0 else ''
        file = os.path.join(self.folder, 'nginx.conf')
        with open(file, 'w') as out:
            out.write(f'{user}daemon off;\npid {self.folder}/nginx.pid;\nerror_log stderr;\nevents {{}}\n'
                      f'http {{\naccess_log off;\n{temporary}{text}}}\n')
        nginx = subprocess.Popen([shutil.which('nginx', path=PATH), '-p', self.folder, '-c', file], stderr=self.log)
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(('127.0.0.1', self.secure)) == 0:
                    return nginx
            time.sleep(0.05)
        raise AssertionError('nginx does not listen')

    def url(self, name, path):
        return f'https://{name}:{self.secure}{path}'

    def curl(self, *words):
        names = sum((['--resolve', f'{name}:{self.secure}:127.0.0.1'] for name in NAMES), [])
        return run(['curl', '-sS', '-k', '--max-time', str(PATIENCE_S), *names, *words])

    def api(self, path, *words):
        return self.curl('--fail-with-body', '-H', 'Authorization: Bearer ' + self.token,
                         *words, self.url('cms.example.org', '/api/v1' + path))

    def end(self):
        for process, how in ((self.nginx, signal.SIGQUIT), (self.server, signal.SIGTERM)):
            if process.poll() is None:
                process.send_signal(how)
            process.wait(PATIENCE_S)
        self.server.stdout.close()
        self.log.close()


PATH = '/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin:' + os.path.abspath('build/nginx/usr/sbin')


class BehindNginx(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.machine = Machine(cls.folder.name)

    @classmethod
    def tearDownClass(cls):
        cls.machine.end()
        cls.folder.cleanup()

    def test_both_origins_are_there_by_tls_and_http2(self):
        for name, path in (('www.example.org', '/'), ('cms.example.org', '/health')):
            said = self.machine.curl('-o', '/dev/null', '-w', '%{http_code} %{http_version}', self.machine.url(name, path))
            self.assertEqual(said, '200 2')

    def test_plain_http_leads_to_tls(self):
        said = run(['curl', '-sS', '-o', '/dev/null', '-w', '%{http_code} %{redirect_url}', '-H', 'Host: www.example.org',
                    f'http://127.0.0.1:{self.machine.plain}/a?b'])
        self.assertEqual(said, '301 https://www.example.org/a?b')

    def test_an_edit_is_live_for_readers(self):
        post = json.dumps({'front_matter': {'title': 'Through the proxy', 'date': '2020-02-02'}, 'body': 'Here.'})
        self.machine.api('/posts', '-H', 'Content-Type: application/json', '-d', post)
        self.assertIn('Through the proxy', self.machine.curl(self.machine.url('www.example.org', '/news/')))

    def test_pages_are_compressed_once_and_validated_through_it(self):
        url = self.machine.url('www.example.org', '/')
        head = self.machine.curl('-D', '-', '-o', '/dev/null', '-H', 'Accept-Encoding: br', url).lower()
        self.assertIn('content-encoding: br', head)
        tag = re.search(r'etag: (\S+)', head).group(1)
        said = self.machine.curl('-o', '/dev/null', '-w', '%{http_code}', '-H', 'Accept-Encoding: br', '-H', 'If-None-Match: ' + tag, url)
        self.assertEqual(said, '304')

    def test_who_asked_is_the_client_and_not_the_proxy(self):
        body = json.dumps({'login': 'nobody', 'password': 'a wrong one'})
        said = self.machine.curl('-o', '/dev/null', '-w', '%{http_code}', '--interface', '127.0.0.3', '-H',
                                 'Content-Type: application/json', '-d', body, self.machine.url('cms.example.org', '/api/v1/session'))
        self.assertEqual(said, '401')
        items = json.loads(self.machine.api('/audit?limit=20'))['items']
        self.assertIn('127.0.0.3', json.dumps(items))

    def test_events_come_as_they_happen(self):
        process = subprocess.run(['curl', '-sS', '-k', '-N', '--max-time', '3', '--resolve',
                                  f'cms.example.org:{self.machine.secure}:127.0.0.1', '-H', 'Accept: text/event-stream',
                                  '-H', 'Authorization: Bearer ' + self.machine.token,
                                  self.machine.url('cms.example.org', '/api/v1/events')], capture_output=True, text=True, timeout=60)
        self.assertIn('event: site.state', process.stdout)

    def test_a_large_push_goes_through(self):
        work = os.path.join(self.folder.name, 'work')
        url = f'https://me:{self.machine.token}@cms.example.org:{self.machine.secure}/site.git'
        git = ['git', '-c', 'http.sslVerify=false', '-c', f'http.curloptResolve=cms.example.org:{self.machine.secure}:127.0.0.1',
               '-c', 'user.name=Ada', '-c', 'user.email=ada@example.org']
        run([*git, 'clone', '-q', url, work])
        os.makedirs(os.path.join(work, 'assets/media'), exist_ok=True)
        with open(os.path.join(work, 'assets/media/large.bin'), 'wb') as file:
            file.write(os.urandom(PUSH_BYTES))
        run([*git, '-C', work, 'add', '.'])
        run([*git, '-C', work, 'commit', '-q', '-m', 'Something large'])
        run([*git, '-C', work, 'push', '-q', 'origin', 'HEAD'])
        head = run(['git', '-C', work, 'rev-parse', 'HEAD']).strip()
        self.assertEqual(json.loads(self.machine.api('/status'))['live']['commit'], head)


class UnderAPath(unittest.TestCase):
    """A site whose baseurl is a path of somebody else's origin."""

    def test_pages_and_links_lie_below_it(self):
        with tempfile.TemporaryDirectory() as folder:
            repository = os.path.join(folder, 'site.git')
            run([PROGRAM, 'init', '--example', repository])
            server = subprocess.Popen([PROGRAM, 'serve', '--repo', repository, '--baseurl', '/blog', '--port', '0', '--admin-port', '0'],
                                      stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            try:
                port = int(re.search(r':(\d+)', server.stdout.readline()).group(1))
                nginx_port = free_port()
                file = os.path.join(folder, 'nginx.conf')
                temporary = ''.join(f'{kind}_temp_path {folder}/{kind};' for kind in ('client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'))
                user = 'user root;\n' if os.getuid() == 0 else ''
                with open(file, 'w') as out:
                    out.write(f'{user}daemon off;\npid {folder}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n{temporary}\n'
                              f'server {{\nlisten 127.0.0.1:{nginx_port};\nlocation / {{ return 200 "another site"; }}\n'
                              f'location /blog/ {{ proxy_pass http://127.0.0.1:{port}; proxy_set_header Host $host; }}\n}}\n}}\n')
                nginx = subprocess.Popen([shutil.which('nginx', path=PATH), '-p', folder, '-c', file], stderr=subprocess.DEVNULL)
                try:
                    origin = f'http://127.0.0.1:{nginx_port}'
                    home = run(['curl', '-sS', '--retry', '20', '--retry-connrefused', '--retry-delay', '1', '--fail', origin + '/blog/'])
                    # Those of the theme; what an author has written into a text stands as it was written.
                    sheets = re.findall(r'<(?:link rel="stylesheet"|script)[^>]* (?:href|src)="([^"]*)"', home)
                    menu = re.findall(r'href="([^"]*)"', re.search(r'<nav.*?</nav>', home, re.S).group(0))
                    self.assertGreater(min(len(sheets), len(menu)), 0)
                    for link in sheets + menu:
                        self.assertTrue(link.startswith('/blog/'), link)
                        said = run(['curl', '-sS', '-o', '/dev/null', '-w', '%{http_code}', origin + link])
                        self.assertEqual(said, '200', link)
                    self.assertEqual(run(['curl', '-sS', origin + '/other']), 'another site')
                finally:
                    nginx.send_signal(signal.SIGQUIT)
                    nginx.wait(PATIENCE_S)
            finally:
                server.terminate()
                server.wait(PATIENCE_S)
                server.stdout.close()


if __name__ == '__main__':
    if not all(shutil.which(word, path=PATH) for word in ('nginx', 'curl', 'openssl')):
        print('skipped: nginx, curl and openssl are needed; apt install nginx curl openssl (./dev test unpacks nginx)')
        sys.exit(77)
    EXAMPLE = sys.argv.pop()
    PROGRAM = sys.argv.pop()
    unittest.main(verbosity=2)

#!/usr/bin/env python3
"""A server with a settings file: what it tells systemd, what SIGHUP changes, which limits it keeps, and where its
secrets are not.

  reload.py PROGRAM

Loopback only, in a temporary folder; each server that is started is ended.
"""
import base64
import hashlib
import hmac
import http.client
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = ''
PATIENCE_S = 30


class Server:
    """`stet serve` of a new repository, as a unit would start it."""

    def __init__(self, folder, settings, environment=None):
        self.folder = folder
        self.repository = os.path.join(folder, 'site.git')
        self.settings = os.path.join(folder, 'site.toml')
        self.log_file = os.path.join(folder, 'log')
        self.write(settings)
        if not os.path.exists(self.repository):
            subprocess.run([PROGRAM, 'init', self.repository], check=True, capture_output=True)
        self.notices = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.notices.bind(os.path.join(folder, 'notify'))
        self.notices.settimeout(PATIENCE_S)
        self.log = open(self.log_file, 'ab')
        self.process = subprocess.Popen(
            [PROGRAM, 'serve', '--repo', self.repository, '--settings', self.settings],
            stdout=subprocess.PIPE, stderr=self.log, text=True,
            env=dict(os.environ, NOTIFY_SOCKET=os.path.join(folder, 'notify'), **(environment or {})))
        self.ready = self.process.stdout.readline()

    def write(self, settings):
        with open(self.settings, 'w') as file:
            file.write('[http]\nport = 0\nadmin_port = 0\n' + settings)

    def told(self):
        return self.notices.recv(100).decode()

    def said(self):
        with open(self.log_file) as file:
            return file.read()

    def reload(self, settings):
        """What the log says of it."""
        before = len(self.said())
        self.write(settings)
        self.process.send_signal(signal.SIGHUP)
        assert self.told() == 'RELOADING=1'
        assert self.told() == 'READY=1'
        return self.said()[before:]

    def token(self):
        return subprocess.run([PROGRAM, 'token', 'create', '--repo', self.repository, '--scope', 'admin'],
                              check=True, capture_output=True, text=True).stdout.split()[-1]

    def port(self):
        """Of the editor and the API."""
        return int(self.ready.rsplit(':', 1)[1])

    def connect(self, sent=b''):
        connection = socket.create_connection(('127.0.0.1', self.port()), timeout=PATIENCE_S)
        connection.sendall(sent)
        return connection

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection('127.0.0.1', self.port(), timeout=PATIENCE_S)
        connection.request(method, path, body, {name.replace('_', '-'): value for name, value in headers.items()})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer

    def shows(self, line):
        """Until /metrics has the line: what is counted is, when its answer has gone."""
        token, end = self.token(), time.monotonic() + PATIENCE_S
        while True:
            connection = http.client.HTTPConnection('127.0.0.1', self.port(), timeout=PATIENCE_S)
            connection.request('GET', '/metrics', headers={'Authorization': 'Bearer ' + token})
            text = connection.getresponse().read().decode()
            connection.close()
            if line in text.splitlines():
                return
            assert time.monotonic() < end, f'{line} is not in {text}'
            time.sleep(.1)

    def hook(self, secret):
        """The status of a delivery from GitHub that is signed so."""
        body = json.dumps({'ref': 'refs/heads/main', 'n': time.monotonic_ns()}).encode()
        digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        return self.ask('POST', '/hooks/github', body, Content_Type='application/json', X_GitHub_Event='push',
                        X_GitHub_Delivery=str(time.monotonic_ns()), X_Hub_Signature_256='sha256=' + digest).status

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
        status = self.process.wait(PATIENCE_S)
        self.process.stdout.close()
        self.notices.close()
        pathlib.Path(self.folder, 'notify').unlink(missing_ok=True)
        self.log.close()
        return status


class Reload(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def serve(self, settings, **more):
        server = Server(self.folder.name, settings, **more)
        self.addCleanup(server.end)
        self.assertTrue(server.ready.startswith('ready '), server.said())
        self.assertEqual(server.told(), 'READY=1')
        return server

    def file(self, name, text):
        path = os.path.join(self.folder.name, name)
        with open(path, 'w') as file:
            file.write(text)
        return path

    def test_systemd_hears_of_start_reload_and_end(self):
        server = self.serve('')
        server.reload('')
        server.process.terminate()
        self.assertEqual(server.told(), 'STOPPING=1')
        self.assertEqual(server.end(), 0)

    def test_a_secret_that_was_replaced_counts_from_the_reload_on(self):
        secret = self.file('secret', 'first secret\n')
        server = self.serve(f'[hooks]\ngithub = "{secret}"\n')
        self.assertEqual(server.hook('first secret'), 202)
        self.assertEqual(server.hook('second secret'), 403)
        self.file('secret', 'second secret\n')
        said = server.reload(f'[hooks]\ngithub = "{secret}"\n')
        self.assertIn('hooks.github changed', said)
        self.assertEqual(server.hook('second secret'), 202)
        self.assertEqual(server.hook('first secret'), 403)
        server.reload('')
        self.assertEqual(server.hook('second secret'), 404)

    def test_what_can_be_reloaded_is_and_the_rest_is_named(self):
        server = self.serve('')
        origin = {'Origin': 'https://app.example'}
        self.assertIsNone(server.ask('GET', '/api/v1/status', **origin).getheader('Access-Control-Allow-Origin'))
        said = server.reload('allowed_origins = ["https://app.example"]\n[push]\nforce = "off"\n'
                             '[audit]\nshare = 0\n[maintenance]\npacks = 7\n'
                             '[git]\nseconds = 30\n[sessions]\nhours = 1\n')
        for key in ('http.allowed_origins', 'push.force', 'audit.share', 'maintenance.packs'):
            self.assertIn(key, said)
        self.assertIn('wait for a restart: git.seconds, sessions.hours', said)
        self.assertEqual(server.ask('GET', '/api/v1/status', **origin).getheader('Access-Control-Allow-Origin'),
                         'https://app.example')
        with open(os.path.join(server.repository, 'stet', 'hooks', 'pre-receive')) as script:
            self.assertIn('force=off', script.read())
        # As long as it waits it is said again.
        again = server.reload('allowed_origins = ["https://app.example"]\n[push]\nforce = "off"\n'
                              '[audit]\nshare = 0\n[maintenance]\npacks = 7\n[sessions]\nhours = 1\n')
        self.assertIn('nothing of them that can be reloaded has changed', again)
        self.assertIn('wait for a restart: sessions.hours', again)

    def test_limits_of_one_caller_hold_at_each_door_from_the_reload_on(self):
        server = self.serve('')
        token = server.token()
        bearer = {'Authorization': 'Bearer ' + token}
        basic = {'Authorization': 'Basic ' + base64.b64encode(('git:' + token).encode()).decode()}
        fetch = '/site.git/info/refs?service=git-upload-pack'
        self.assertEqual([server.ask('GET', '/api/v1/status', **bearer).status for _ in range(4)], [200] * 4)
        self.assertIn('limits.requests_per_minute', server.reload('[limits]\nrequests_per_minute = 3\n'))
        self.assertEqual(server.ask('GET', fetch, **basic).status, 200)
        self.assertEqual([server.ask('GET', '/api/v1/status', **bearer).status for _ in range(3)], [200, 200, 429])
        for answer in (server.ask('GET', fetch, **basic), server.ask('GET', '/micropub?q=config', **bearer)):
            self.assertEqual(answer.status, 429)
            self.assertIn(int(answer.getheader('Retry-After')), range(1, 21))
        server.reload('')
        self.assertEqual(server.ask('GET', fetch, **basic).status, 200)

    def test_who_sends_or_takes_nothing_is_let_go_of_after_the_seconds_of_the_settings(self):
        source = os.path.join(self.folder.name, 'source')
        os.mkdir(source)
        large = 32 << 20
        with open(os.path.join(source, 'large.bin'), 'wb') as file:
            file.truncate(large)
        subprocess.run([PROGRAM, 'init', os.path.join(self.folder.name, 'site.git'), '--from', source], check=True,
                       capture_output=True)
        whole = b'GET /api/v1/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'
        begun = {'header': whole[:-2], 'idle': whole,
                 'body': b'POST /api/v1/posts HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n{'}
        for one, sent in begun.items():
            with self.subTest(one):
                # The others have time: it is this one that strikes.
                server = self.serve('[limits]\n' + ''.join(
                    f'{name}_seconds = {1 if name == one else 600}\n' for name in ('header', 'body', 'idle', 'write')))
                with server.connect(sent) as connection:
                    answer = connection.makefile('rb').read()
                if one != 'idle':  # also where no request could be read
                    server.shows('stet_http_limits_total{origin="admin",status="408"} 1')
                server.end()
                self.assertEqual(answer.split(b' ', 2)[1], b'401' if one == 'idle' else b'408', answer[:200])
        server = self.serve('[limits]\nwrite_seconds = 1\n')
        with socket.socket() as reader:
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            reader.settimeout(PATIENCE_S)
            reader.connect(('127.0.0.1', int(server.ready.split()[1].rsplit(':', 1)[1])))
            reader.sendall(b'GET /large.bin HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
            end = time.monotonic() + PATIENCE_S
            while '/large.bin' not in server.said() and time.monotonic() < end:  # its line comes when it has ended
                time.sleep(.1)
            taken = 0
            try:
                while piece := reader.recv(1 << 20):
                    taken += len(piece)
            except ConnectionResetError:
                pass
        self.assertLess(taken, large)
        self.assertIn('"cut":"reader too slow"', server.said())

    def test_connections_beyond_those_of_the_settings_are_turned_away_and_counted(self):
        server = self.serve('[limits]\nconnections = 3\n')
        ask = f'GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {server.token()}\r\n\r\n'.encode()
        held = [server.connect() for _ in range(3)]
        try:
            for connection in held:  # each has been let in
                connection.sendall(ask)
                self.assertTrue(connection.recv(1 << 20).startswith(b'HTTP/1.1 200'))
            with server.connect() as late:
                self.assertTrue(late.makefile('rb').read().startswith(b'HTTP/1.1 503'))
            held[0].sendall(ask)
            seen, end = b'', time.monotonic() + PATIENCE_S
            while b'turned_away_total{origin="admin"} 1\n' not in seen and time.monotonic() < end:
                seen += held[0].recv(1 << 20)
            self.assertIn(b'turned_away_total{origin="admin"} 1\n', seen)
        finally:
            for connection in held:
                connection.close()
        server.end()
        self.assertIn('turned away: there are as many as the limits let', server.said())

    def test_settings_that_are_wrong_change_nothing(self):
        secret = self.file('secret', 'a secret\n')
        server = self.serve(f'[hooks]\ngithub = "{secret}"\n')
        said = server.reload('[push]\nforce = "perhaps"\n')
        self.assertIn("site.toml:5'", said)
        self.assertIn('all settings stay as they were', said)
        self.assertEqual(server.hook('a secret'), 202)
        self.assertEqual(server.ask('GET', '/').status in (200, 302, 303), True)

    def test_secrets_are_in_no_log_and_in_no_list_of_processes(self):
        folder = os.path.join(self.folder.name, 'credentials')
        os.mkdir(folder)
        hook, login = 'hook-' + os.urandom(9).hex(), 'login-' + os.urandom(9).hex()
        with open(os.path.join(folder, 'hook'), 'w') as file:
            file.write(hook + '\n')
        provider = self.file('provider', login + '\n')
        settings = ('[hooks]\ngithub = "credential:hook"\n[oidc.a]\nissuer = "https://a.example"\n'
                    f'client_id = "x"\nclient_secret_file = "{provider}"\n')
        server = self.serve(settings, environment={'CREDENTIALS_DIRECTORY': folder})
        self.assertEqual(server.hook(hook), 202)
        self.assertEqual(server.hook('x'), 403)
        server.reload(settings + '[push]\nforce = "warn"\n')
        shown = subprocess.run([PROGRAM, 'config', 'show', server.settings], capture_output=True, text=True, check=True)
        seen = shown.stdout
        for process in filter(str.isdigit, os.listdir('/proc')):
            for part in ('cmdline', 'environ'):
                try:
                    with open(f'/proc/{process}/{part}', 'rb') as file:
                        seen += file.read().decode(errors='replace')
                except OSError:
                    pass  # it has ended
        server.end()
        for secret in (hook, login):
            self.assertNotIn(secret, server.said())
            self.assertNotIn(secret, seen)
        self.assertIn('credential:hook', shown.stdout)

    def test_a_credential_that_nobody_handed_over_is_an_error_with_its_mend(self):
        server = Server(self.folder.name, '[hooks]\ngithub = "credential:hook"\n')
        self.assertNotEqual(server.end(), 0)
        self.assertIn('LoadCredential=hook:FILE', server.said())
        # Whoever checks the file is not the service, and has none.
        checked = subprocess.run([PROGRAM, 'config', 'check', server.settings], capture_output=True, text=True)
        self.assertEqual(checked.returncode, 0, checked.stdout)

    def test_flags_go_before_settings(self):
        self.file('site.toml', '[http]\nport = 1\nadmin_port = 1\nurl = "https://www.example.org"\n')
        subprocess.run([PROGRAM, 'init', os.path.join(self.folder.name, 'site.git')], check=True, capture_output=True)
        process = subprocess.Popen(
            [PROGRAM, 'serve', '--repo', os.path.join(self.folder.name, 'site.git'), '--port', '0', '--admin-port', '0',
             '--settings', os.path.join(self.folder.name, 'site.toml')],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            site = process.stdout.readline().split()[1].rsplit(':', 1)[1]
            connection = http.client.HTTPConnection('127.0.0.1', int(site), timeout=PATIENCE_S)
            connection.request('GET', '/feed.xml')
            self.assertIn(b'https://www.example.org/', connection.getresponse().read())
            connection.close()
        finally:
            process.terminate()
            process.wait(PATIENCE_S)
            process.stdout.close()


if __name__ == '__main__':
    PROGRAM = sys.argv.pop(1)
    unittest.main()

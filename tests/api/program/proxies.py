"""nginx and Caddy for a test: found, configured, started on loopback alone. Nothing of theirs lies outside of the test's folder.

`example()` is the package's example for the ports of a test, `below_a_path()` another site with one of stet below a path; `start()` is a
process that serves either, `moved` the status of its way to TLS.
"""
import os
import re
import shutil
import signal
import subprocess

# A test runs in the project's folder: `./dev test` has unpacked there what is not installed.
PATH = os.pathsep.join(['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin',
                        *(os.path.abspath(f'build/{name}') for name in ('nginx/usr/sbin', 'caddy/usr/bin'))])


def program(name):
    return shutil.which(name, path=PATH)


def replaced(text, changes):
    """The example with other ports: each old text has to be there, or the test would not be of the example."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


class Nginx:
    programs = ('nginx', 'openssl')
    stops_by = signal.SIGQUIT
    moved = 301

    def example(self, text, folder, names, ports):
        for name in names:
            subprocess.run(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=' + name,
                            '-keyout', os.path.join(folder, name + '.key'), '-out', os.path.join(folder, name + '.pem')],
                           check=True, capture_output=True, timeout=120)
        text = replaced(text, (('127.0.0.1:4000', f'127.0.0.1:{ports.site}'), ('127.0.0.1:4001', f'127.0.0.1:{ports.admin}'),
                               ('listen 80;', f'listen 127.0.0.1:{ports.plain};'),
                               ('listen 443', f'listen 127.0.0.1:{ports.secure}'), ('/etc/ssl/stet', folder)))
        return re.sub(r'.*listen \[::\].*\n', '', text)

    def below_a_path(self, path, ports):
        return (f'server {{\nlisten 127.0.0.1:{ports.plain};\nlocation / {{ return 200 "another site"; }}\n'
                f'location {path}/ {{ proxy_pass http://127.0.0.1:{ports.site}; proxy_set_header Host $host; }}\n}}\n')

    def start(self, folder, text, ports, log):
        temporary = ''.join(f'{kind}_temp_path {folder}/{kind};\n' for kind in ('client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'))
        user = 'user root;\n' if os.getuid() == 0 else ''
        file = os.path.join(folder, 'nginx.conf')
        with open(file, 'w') as out:
            out.write(f'{user}daemon off;\npid {folder}/nginx.pid;\nerror_log stderr;\nevents {{}}\n'
                      f'http {{\naccess_log off;\n{temporary}{text}}}\n')
        return subprocess.Popen([program('nginx'), '-p', folder, '-c', file], stderr=log)


class Caddy:
    programs = ('caddy',)
    stops_by = signal.SIGTERM
    moved = 308

    def example(self, text, folder, names, ports):
        return replaced(text, (('127.0.0.1:4000', f'127.0.0.1:{ports.site}'), ('127.0.0.1:4001', f'127.0.0.1:{ports.admin}')))

    def below_a_path(self, path, ports):
        return (f'http://127.0.0.1:{ports.plain} {{\nhandle {path}/* {{\nreverse_proxy 127.0.0.1:{ports.site}\n}}\n'
                f'handle {{\nrespond "another site"\n}}\n}}\n')

    def start(self, folder, text, ports, log):
        # The ports are as if somebody forwarded 80 and 443 to them; the certificates are of an authority of its own, that nobody trusts.
        options = (f'{{\nadmin off\nhttp_port {ports.plain}\nhttps_port {ports.secure}\ndefault_bind 127.0.0.1\nlocal_certs\n'
                   f'skip_install_trust\nstorage file_system "{folder}/caddy"\nservers {{\nprotocols h1 h2\n}}\n'
                   'log {\nlevel WARN\n}\n}\n')
        file = os.path.join(folder, 'Caddyfile')
        with open(file, 'w') as out:
            out.write(options + text)
        # It keeps a copy of what it was configured with at home.
        environment = {**os.environ, 'HOME': folder, 'XDG_CONFIG_HOME': folder, 'XDG_DATA_HOME': folder}
        return subprocess.Popen([program('caddy'), 'run', '--config', file, '--adapter', 'caddyfile'],
                                stdout=log, stderr=log, env=environment)


PROXIES = {'nginx': Nginx(), 'caddy': Caddy()}

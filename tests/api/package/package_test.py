#!/usr/bin/env python3
"""The Debian package of a release build: what it holds, what it says of itself, and that it is the same each time.

  package_test.py MAKE

MAKE is api/package/make.sh; the program is $STET_PROGRAM, whose folder is the release build. Nothing is installed:
installing is `./dev package test`. Exit status 77 (skipped) where there is no release build, or no web editor.
"""
import gzip
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest

MAKE = ''
SECURITY_MAX = 2.0  # of `systemd-analyze security`
UNIT = 'lib/systemd/system/stet@.service'


def run(words, **more):
    return subprocess.run(words, capture_output=True, text=True, timeout=300, **more)


def output_of(words, **more):
    ran = run(words, **more)
    assert ran.returncode == 0, f'{words}: {ran.stdout}{ran.stderr}'
    return ran.stdout


def make(folder):
    tree = os.path.dirname(os.environ['STET_PROGRAM'])
    return output_of([MAKE, tree, folder]).strip()


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix='stet-package-')
        cls.addClassCleanup(cls.folder.cleanup)
        cls.package = make(os.path.join(cls.folder.name, 'one'))
        cls.root = os.path.join(cls.folder.name, 'root')
        output_of(['dpkg-deb', '--raw-extract', cls.package, cls.root])

    def path(self, *parts):
        return os.path.join(self.root, *parts)

    def text(self, *parts):
        with open(self.path(*parts)) as file:
            return file.read()

    def control(self, field):
        return output_of(['dpkg-deb', '--field', self.package, field]).strip()

    def program(self, *words, **more):
        return run([self.path('usr/bin/stet'), *words], **more)

    def test_all_that_belongs_to_it_is_there(self):
        for name in ('usr/bin/stet', 'usr/libexec/stet/stet-sass', 'usr/libexec/stet/stet-image',
                     'usr/share/stet/templates/default', 'usr/share/stet/templates/example',
                     'usr/share/stet/templates/starter', 'usr/share/stet/editor/index.html',
                     'usr/share/man/man1/stet.1.gz', 'usr/share/man/man1/stet-serve.1.gz',
                     'usr/share/man/man5/stet.toml.5.gz', 'usr/share/bash-completion/completions/stet',
                     'usr/share/zsh/vendor-completions/_stet', 'usr/share/fish/vendor_completions.d/stet.fish',
                     'etc/stet/site.toml', UNIT, 'usr/lib/sysusers.d/stet.conf', 'usr/lib/tmpfiles.d/stet.conf',
                     'usr/share/doc/stet/copyright', 'usr/share/doc/stet/changelog.gz',
                     'usr/share/doc/stet/changelog.Debian.gz', 'usr/share/doc/stet/examples/nginx.conf'):
            self.assertTrue(os.path.exists(self.path(name)), name)

    def test_there_is_nothing_else_and_nobody_but_root_may_write_it(self):
        places = ('usr/bin/stet', 'usr/libexec/stet/', 'usr/share/stet/', 'usr/share/man/man', 'usr/share/doc/stet/',
                  'usr/share/bash-completion/', 'usr/share/zsh/', 'usr/share/fish/', 'usr/lib/sysusers.d/',
                  'usr/lib/tmpfiles.d/', 'lib/systemd/system/', 'etc/stet/')
        for line in output_of(['dpkg-deb', '--contents', self.package]).splitlines():
            mode, owner, _, _, _, name = line.split(maxsplit=5)
            self.assertEqual(owner, 'root/root', line)
            self.assertNotIn('w', mode[4:], line)
            if not mode.startswith('d'):
                self.assertTrue(name[2:].startswith(places), line)

    def test_it_says_what_it_needs(self):
        depends = self.control('Depends')
        for name in ('git', 'tzdata', 'ca-certificates', 'libc6', 'libgit2', 'libcurl4', 'libsqlite3-0', 'systemd'):
            self.assertIn(name, depends)
        self.assertIn('libvips42', self.control('Recommends'))
        self.assertEqual(self.text('DEBIAN/conffiles'), '/etc/stet/site.toml\n')
        self.assertRegex(self.control('Version'), r'^\d+\.\d+\.\d+(~git\d{14}\.[0-9a-f]{8})?-1$')
        with gzip.open(self.path('usr/share/doc/stet/changelog.Debian.gz'), 'rt') as log:
            self.assertEqual(log.readline(), f'stet ({self.control("Version")}) bookworm; urgency=medium\n')

    def test_its_sums_are_those_of_its_files(self):
        self.assertGreater(len(self.text('DEBIAN/md5sums').splitlines()), 50)
        self.assertEqual(run(['md5sum', '--check', '--quiet', 'DEBIAN/md5sums'], cwd=self.root).returncode, 0)

    def test_its_program_finds_what_lies_beside_it(self):
        with tempfile.TemporaryDirectory() as folder:
            site = os.path.join(folder, 'site.git')
            self.assertEqual(self.program('init', '--example', site).returncode, 0)
            built = self.program('build', '--repo', site, '-d', os.path.join(folder, 'out'))
            self.assertEqual(built.returncode, 0, built.stderr)
            # Sass is the work of stet-sass.
            self.assertTrue(any(name.endswith('.css') for _, _, names in os.walk(os.path.join(folder, 'out'))
                                for name in names))

    def test_its_bytes_name_no_folder_of_the_machine_that_made_it(self):
        here = os.getcwd().encode()
        for name in ('usr/bin/stet', 'usr/libexec/stet/stet-sass', 'usr/libexec/stet/stet-image'):
            with open(self.path(name), 'rb') as file:
                self.assertNotIn(here, file.read(), name)

    def test_the_same_commit_gives_the_same_bytes(self):
        again = make(os.path.join(self.folder.name, 'two'))
        self.assertEqual(os.path.basename(again), os.path.basename(self.package))
        with open(self.package, 'rb') as one, open(again, 'rb') as two:
            self.assertTrue(one.read() == two.read(), 'two runs made different packages')

    def test_its_settings_are_good_and_are_the_defaults(self):
        checked = self.program('config', 'check', self.path('etc/stet/site.toml'))
        self.assertEqual(checked.returncode, 0, checked.stdout)
        shown = self.program('config', 'show', self.path('etc/stet/site.toml')).stdout
        self.assertEqual(shown, self.program('config', 'show').stdout)

    def test_what_the_unit_starts_is_what_the_program_understands(self):
        words = re.search(r'^ExecStart=(.*)$', self.text(UNIT), re.M).group(1).split()
        self.assertTrue(os.access(self.path(words[0].lstrip('/')), os.X_OK))
        said = self.program('help', words[1]).stdout
        for flag in (word for word in words[2:] if word.startswith('--')):
            self.assertIn(flag, said)

    @unittest.skipUnless(shutil.which('systemd-analyze'), 'systemd is not there')
    def test_systemd_takes_the_unit_and_finds_it_shut_in(self):
        # The program is not installed here: of a unit to verify it must be.
        unit = self.text(UNIT).replace('/usr/bin/stet', self.path('usr/bin/stet'))
        file = os.path.join(self.folder.name, 'stet@site.service')
        with open(file, 'w') as copy:
            copy.write(unit)
        sockets = []
        for name in ('public', 'admin'):
            sockets.append(os.path.join(self.folder.name, f'stet-{name}@site.socket'))
            shutil.copy(self.path(f'lib/systemd/system/stet-{name}@.socket'), sockets[-1])
        verified = run(['systemd-analyze', 'verify', '--man=no', file, *sockets])
        self.assertEqual((verified.returncode, verified.stderr), (0, ''))
        judged = output_of(['systemd-analyze', 'security', '--offline=true', '--no-pager', file])
        exposure = float(re.search(r'Overall exposure level for \S+: ([\d.]+)', judged).group(1))
        self.assertLessEqual(exposure, SECURITY_MAX, judged)

    @unittest.skipUnless(shutil.which('systemd-sysusers'), 'systemd is not there')
    def test_systemd_takes_the_user_and_the_folder(self):
        with tempfile.TemporaryDirectory() as root:
            os.makedirs(os.path.join(root, 'etc'))
            shutil.copytree(self.path('usr/lib'), os.path.join(root, 'usr/lib'))
            output_of(['systemd-sysusers', '--root', root, 'stet.conf'])
            with open(os.path.join(root, 'etc/passwd')) as file:
                self.assertRegex(file.read(), r'(?m)^stet:.*:/var/lib/stet:/usr/sbin/nologin$')
            if os.getuid() == 0:
                output_of(['systemd-tmpfiles', '--root', root, '--create', 'stet.conf'])
                made = os.stat(os.path.join(root, 'var/lib/stet'))
                self.assertEqual(stat.S_IMODE(made.st_mode), 0o750)

    def test_its_manual_pages_are_those_of_its_program(self):
        pages = self.program('help', '--pages').stdout.split()
        there = [name for section in ('man1', 'man5') for name in os.listdir(self.path('usr/share/man', section))]
        self.assertEqual(sorted(there), sorted(page + '.gz' for page in pages))

    @unittest.skipUnless(shutil.which('lintian'), 'lintian is not there')
    def test_lintian_finds_no_error(self):
        found = run(['lintian', '--allow-root', '--tag-display-limit', '0', '--fail-on', 'error', self.package])
        self.assertEqual(found.returncode, 0, found.stdout + found.stderr)

    @unittest.skipUnless(shutil.which('nginx'), 'nginx is not there')
    def test_nginx_takes_the_example(self):
        with tempfile.TemporaryDirectory() as folder:
            key, certificate = os.path.join(folder, 'key'), os.path.join(folder, 'pem')
            output_of(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj',
                       '/CN=www.example.org', '-keyout', key, '-out', certificate])
            example = self.text('usr/share/doc/stet/examples/nginx.conf')
            example = re.sub(r'/etc/ssl/stet/\S+\.pem', certificate, example)
            example = re.sub(r'/etc/ssl/stet/\S+\.key', key, example)
            # -t opens the ports as well, and these may be taken.
            example = re.sub(r'(listen (\[::\]:)?)(80|443)', r'\g<1>0', example)
            configuration = os.path.join(folder, 'nginx.conf')
            with open(configuration, 'w') as file:
                file.write(f'pid {folder}/pid; error_log stderr; events {{}}\nhttp {{ access_log off;\n{example}\n}}\n')
            tried = run(['nginx', '-t', '-c', configuration, '-p', folder])
            self.assertEqual(tried.returncode, 0, tried.stderr)


if __name__ == '__main__':
    MAKE = sys.argv.pop(1)
    if 'STET_PROGRAM' not in os.environ or not os.path.exists('build/editor/dist/index.html'):
        print('there is no release build, or no web editor: ./dev package makes both')
        sys.exit(77)
    unittest.main()

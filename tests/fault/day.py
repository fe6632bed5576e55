#!/usr/bin/env python3
"""A day of a site, compressed: does the server need in the evening what it needed in the morning?

  day.py [--stet PROGRAM] [--minutes M] [--posts N] [--pages N] [--sessions N]

The whole program serves the example site with some hundreds of posts and pages more, of a size that stays: what is
added is taken away again. Upkeep is asked for often (packs are joined beyond 8 or 10, after a second without a write;
audits have a tenth of a core), caches are small where settings say so, for they shall be full in the morning; search
is on, limits of rates are off, and a folder and a branch of another repository are kept in step. At once, each from a
thread, with a rest between, so that about half of two cores is used:

  two editors of texts        a body, or a title, 4 a second each at most
  one of the schedule         a session gets another time and room every 0.5 s
  one of what comes and goes  every 0.75 s a new post, every 1.5 s a picture; the oldest of four is deleted
  git push                    every 2 s, over HTTP: a page added, one removed, a post changed; rebased where it was
                              late, and after three times given to refs/for/main to be merged
  two crawlers                all pages of the sitemap, and the exports, 100 a second at most, by ETag; rests of 2 s
  two readers of the API      10 requests a second each: lists, filters, search, clashes, history, problems
  three listeners             streams of events of half a second to eight, which are left without a word
  git clone                   every 20 s, and fsck of it
  stet backup --to --keep 2   every minute, each fifth whole
  SIGHUP                      every 30 s, with settings that have changed

In days shorter than ten minutes rests are at most a tenth of the day. Every 10 s it is looked at what the process
needs. At the end: nothing was answered by 5xx, nobody was refused but by 409 and 412, audits have found nothing;
memory, descriptors and threads of the last quarter are as those of the second (asked of an hour and more; open packs
may be more, but never more than 256); every page that is served, that the folder has and that the branch has is as a
build of the commit from nothing; the last backup can be restored; doctor and fsck are content.
Loopback only; all ends by itself. Exit status 1 where something is wrong.
"""
import argparse
import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse

from day_site import write_site
from day_watch import Watch, growth_of, table_of
from day_work import Users, paths_of_sitemap
from served_site import (Findings, build_of, differences, files_of, free_port, fresh_status, fsck, processes_of, run)

MINUTES_TO_JUDGE = 60  # names of reads are never forgotten, and heaps settle ever more slowly
TARGET_WAIT_S = 120
AUDIT_WAIT_S = 60
SEARCH_WAIT_S, REPACK_WAIT_S, END_WAIT_S = 60, 60, 30
FIRST_SEARCH = '/search?q=morning'
EVERYTHING = ('audits', 'publications', 'commits', 'edits', 'pushes', 'crawled', 'API reads', 'events', 'streams',
              'clones', 'backups', 'SIGHUPs')
OF_THE_MACHINE = ('disk', 'clock', 'programs')  # what doctor says of these is not the site's


class Day:
    def __init__(self, options, folder):
        self.options, self.folder, self.findings = options, folder, Findings()
        self.stet, self.seconds = options.stet, options.minutes * 60
        self.posts, self.pages, self.sessions = options.posts, options.pages, options.sessions
        self.repository = os.path.join(folder, 'site.git')
        self.port, self.admin = free_port(), free_port()
        self.server = None
        self.verdict = []

    def at(self, *names):
        return os.path.join(self.folder, *names)

    def must(self, *words):
        done = run(words, timeout=600)
        if done.returncode != 0:
            raise RuntimeError(f'{words[1:3]}: {done.stderr[-500:]}')
        return done.stdout.strip()

    # ---- the server

    def prepare(self):
        write_site(self.at('files'), self.posts, self.pages, self.sessions)
        self.must(self.stet, 'init', self.repository, '--from', self.at('files'))
        self.must('git', 'init', '-q', '--bare', self.at('branch.git'))
        self.must('git', '--git-dir', self.at('branch.git'), 'config', 'gc.autoDetach', 'false')
        self.token = self.must(self.stet, 'token', 'create', '--repo', self.repository, '--scope', 'admin')
        self.write_settings(packs=8)

    def write_settings(self, packs):
        with open(self.at('settings.new'), 'w') as file:
            file.write(f'[maintenance]\npacks = {packs}\npacks_busy = 20\nquiet_seconds = 1\n'
                       '[audit]\nshare = 0.1\n[memory]\nrenditions_mib = 32\ntexts_mib = 16\nobjects_mib = 14\n'
                       'pages_mib = 16\nanswers_mib = 4\n'
                       '[limits]\nrequests_per_minute = 0\nwrites_per_minute = 0\n'
                       f'[targets.folder]\ntype = "directory"\nfolder = "{self.at("www")}"\n'
                       f'[targets.branch]\ntype = "git"\nurl = "{self.at("branch.git")}"\nbranch = "pages"\n')
        os.replace(self.at('settings.new'), self.at('settings'))

    def start(self):
        with open(self.at('log'), 'w') as log:
            self.server = subprocess.Popen(
                [self.stet, 'serve', '--repo', self.repository, '--port', str(self.port), '--admin-port',
                 str(self.admin), '--settings', self.at('settings'), '--url', 'https://day.example'],
                stdout=subprocess.PIPE, stderr=log, text=True)
        if not self.server.stdout.readline().startswith('ready'):
            with open(self.at('log')) as log:
                raise RuntimeError('the server did not start: ' + log.read()[-2000:])
        end = time.monotonic() + SEARCH_WAIT_S
        while 'items' not in self.ask(FIRST_SEARCH):  # 503: the index is being made
            if time.monotonic() > end:
                raise RuntimeError(f'there is no search after {SEARCH_WAIT_S} s')
            time.sleep(.05)

    def ask(self, path):
        connection = http.client.HTTPConnection('127.0.0.1', self.admin, timeout=60)
        connection.request('GET', '/api/v1' + path, headers={'Authorization': 'Bearer ' + self.token})
        answer = json.loads(connection.getresponse().read())
        connection.close()
        return answer

    def back_up(self, *flags):
        kept = run([self.stet, 'backup', '--repo', self.repository, '--to', self.at('backups'), '--keep', '2', *flags],
                   timeout=600)
        if kept.returncode != 0:
            self.findings.fault('stet backup: ' + kept.stderr[-300:])

    # ---- in the evening

    def check_pages(self):
        live = fresh_status(self.repository, lambda: self.ask('/status'))['live']
        out, public = self.at('out'), http.client.HTTPConnection('127.0.0.1', self.port, timeout=60)
        failure = build_of(self.stet, self.repository, live, out)
        if failure:
            raise RuntimeError(failure)

        def read(path):
            public.request('GET', '/' + urllib.parse.quote(path))
            return public.getresponse().read()
        built, listed = set(files_of(out)), paths_of_sitemap(public)
        for line in differences(out, read):
            self.findings.fault('served: ' + line)
        for url in listed:
            path = urllib.parse.unquote(url).lstrip('/')
            path += 'index.html' if path.endswith('/') or not path else ''
            if path not in built:
                self.findings.fault(f'the sitemap names {url}, and a build has no {path}')
        if not listed or not built:
            self.findings.fault('nothing was compared')
        self.verdict.append(f'{len(built):,} files, {len(listed):,} addresses of the sitemap as a build from nothing')
        self.check_targets(live['commit'], out, built)

    def check_targets(self, commit, out, built):
        end = time.monotonic() + TARGET_WAIT_S
        while time.monotonic() < end:
            targets = self.ask('/targets')['items']
            if all(one['commit'] == commit and not one['behind'] and not one['is_working'] for one in targets):
                break
            time.sleep(.2)
        else:
            return self.findings.fault(f'targets were not there after {TARGET_WAIT_S} s: {targets}')
        os.makedirs(self.at('branch'))
        self.must('git', '--git-dir', self.at('branch.git'), '--work-tree', self.at('branch'), 'checkout', '-f',
                  'pages', '--', '.')
        for folder, more in (('www', lambda path: path[-3:] in ('.gz', '.br') and path[:-3] in built),
                             ('branch', lambda path: path == '.nojekyll')):
            for line in differences(out, lambda path: read_file(self.at(folder, path))):
                self.findings.fault(f'{folder}: {line}')
            for path in files_of(self.at(folder)):
                if path not in built and not more(path):
                    self.findings.fault(f'{folder}: {path} is in no build')

    def check_backup(self):
        self.back_up()
        newest = max(os.listdir(self.at('backups')))
        self.must(self.stet, 'restore', self.at('backups', newest), '--repo', self.at('restored.git'))
        heads = [self.must('git', '--git-dir', place, 'rev-parse', 'main')
                 for place in (self.repository, self.at('restored.git'))]
        if heads[0] != heads[1]:
            self.findings.fault(f'the last backup has {heads[1]}, and the site {heads[0]}')

    def check_doctor(self):
        """While git joins packs, doctor notes that it cannot look at objects: then it is asked again."""
        end = time.monotonic() + REPACK_WAIT_S
        while True:
            looked = run([self.stet, 'doctor', '--json', '--repo', self.repository, '--settings', self.at('settings')],
                         timeout=600)
            symptoms = [one for one in json.loads(looked.stdout)['symptoms'] if one['check'] not in OF_THE_MACHINE]
            if not any(one['check'] == 'objects' for one in symptoms) or time.monotonic() > end:
                break
            time.sleep(.5)
        for symptom in symptoms:
            if symptom['severity'] != 'note' or symptom['check'] == 'objects':
                self.findings.fault(f'stet doctor: {symptom}')

    def check_numbers(self, watch):
        end = time.monotonic() + AUDIT_WAIT_S
        while (last := watch.sample())['audits'] == 0 and time.monotonic() < end:
            time.sleep(.2)
        for what in ('errors', 'mismatches', 'missed reads', 'failed repacks', 'failed targets'):
            if last[what]:
                self.findings.fault(f'{last[what]} {"answers of 5xx" if what == "errors" else what}')
        done = dict(self.findings.counts, **{what: last[what] for what in ('audits', 'publications', 'commits')})
        for what in EVERYTHING:
            if not done.get(what):
                self.findings.fault(f'nothing at all: {what}')
        with open(self.at('log')) as log:
            for line in log:
                if '"level":"error"' in line and FIRST_SEARCH not in line:
                    self.findings.fault('the log: ' + line.strip()[:400])
        told = ('audits', 'mismatches', 'missed reads', 'repacks', 'publications', 'commits')
        self.verdict += [', '.join(f'{last[what]:,} {what}' for what in told) + f"; {last['errors']} answers of 5xx",
                         f"the server used {last['cpu'] / last['minute'] / 60:.2f} of a core, and had at most "
                         f"{max(one['children'] for one in watch.samples)} children"]

    def check_growth(self, samples):
        if self.options.minutes < MINUTES_TO_JUDGE:
            return self.verdict.append(f'whether memory is flat was not asked, in less than {MINUTES_TO_JUDGE} minutes')
        lines, faults = growth_of(samples)
        self.verdict += lines
        for line in faults:
            self.findings.fault('not flat: ' + line)

    def stop(self):
        self.server.terminate()
        if self.server.wait(60) != 0:
            self.findings.fault('the server did not end as it should')
        end = time.monotonic() + END_WAIT_S
        while (left := processes_of(self.repository)) and time.monotonic() < end:
            time.sleep(.05)
        if left:
            self.findings.fault('the server has ended, and not: ' + '; '.join(left))
        found = fsck(self.repository)
        if found:
            self.findings.fault(found)

    def go(self):
        self.prepare()
        self.start()
        watch = Watch(self)
        try:
            Users(self).work(self.seconds)
        finally:
            watch.end()
        for check in (self.check_pages, self.check_backup, self.check_doctor):
            self.findings.guarded(check)
        self.findings.guarded(self.check_numbers, watch)
        self.findings.guarded(self.check_growth, watch.samples)
        self.stop()
        return watch.samples

    def tidy_up(self):
        if self.server and self.server.poll() is None:
            self.server.kill()
            self.server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def read_file(path):
    if not os.path.isfile(path):
        return None
    with open(path, 'rb') as file:
        return file.read()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--stet')
    parser.add_argument('--minutes', type=float, default=60)
    for what, default in (('posts', 200), ('pages', 150), ('sessions', 40)):
        parser.add_argument('--' + what, type=int, default=default)
    options = parser.parse_args()
    options.stet = os.path.abspath(os.environ.get('STET_PROGRAM') or options.stet)
    day = Day(options, tempfile.mkdtemp(prefix='stet-day-'))
    try:
        samples = day.go()
    finally:
        day.tidy_up()
    print('\n'.join(table_of(samples)) + '\n')
    print(', '.join(f'{count:,} {what}' for what, count in sorted(day.findings.counts.items())))
    print('\n'.join(day.verdict))
    for fault in day.findings.faults:
        print('FAULT', fault)
    wrong = len(day.findings.faults)
    print('verdict: ' + (f'{wrong} of what was found is wrong' if wrong else 'in the evening as in the morning'))
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())

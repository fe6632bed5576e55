#!/usr/bin/env python3
"""Measures how far one stet goes, and how far followers carry it: the same site at growing sizes.

  scale.py --generator gen_site.py --programs FOLDER --stet PROGRAM [--edits N] [--seconds S] [--budget MINUTES]
           [POSTS...]   (default: 100 10000 100000)

Of each size: full build, starts, memory, disk, edits with the processor's time that they take, writes of 16 clients
(write_load, in the FOLDER of --programs), reads by wrk, a backup. Of 10,000 and of the largest size also followers, one
and three (scale_followers.py). The last table is arithmetic over all that (scale_needs.py). After --budget minutes (60)
no size and no followers are begun. Posts lie in dated folders. Loopback only; loops are bounded; every process that is
started is ended. Prints tables in Markdown.
"""
import argparse
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse

from edits import Server, edit_posts, fsync_latency, make_site, ms, percentile, seconds_of, wrk
from scale_followers import OF_LEADER, make_token, measure_followers, tables_of_followers
from scale_needs import table_of_needs

FOLLOWED = 10_000  # posts; the largest size is followed too
CLIENTS = 16
PATHS = 2000       # of the pages that are read
REST_S, REST_WAIT_S = 7, 120

# Requests are made once; each thread has a list of its own.
SCRIPT = '''local requests, at = {}, 0
init = function()
  for path in io.lines("%s") do requests[#requests + 1] = wrk.format("GET", path) end
end
request = function()
  at = at %% #requests + 1
  return requests[at]
end
'''


def disk_mib(place):
    """What a file, or a folder with all in it, takes of the disk; what goes meanwhile counts for nothing."""
    blocks = 0
    for path in [place] + [os.path.join(at, name) for at, _, names in os.walk(place) for name in names]:
        try:
            blocks += os.lstat(path).st_blocks
        except OSError:
            pass
    return blocks * 512 / (1 << 20)


def write_read_script(server, folder):
    """A script for wrk that reads pages all over the site."""
    paths = [urllib.parse.urlsplit(url).path for url in
             re.findall(r'<loc>(.*?)</loc>', server.page('/sitemap.xml').decode())]
    every = max(1, len(paths) // PATHS)
    with open(os.path.join(folder, 'paths'), 'w') as file:
        file.write(''.join(path + '\n' for path in paths[::every]))
    script = os.path.join(folder, 'read.lua')
    with open(script, 'w') as file:
        file.write(SCRIPT % os.path.join(folder, 'paths'))
    return script


def wait_for_rest(server, token):
    """Until git has not joined packs for a while: it begins five seconds after the last write."""
    begin = busy = time.monotonic()
    while time.monotonic() - busy < REST_S and time.monotonic() - begin < REST_WAIT_S:
        if server.call('GET', '/status', token)[0]['repository']['is_repacking']:
            busy = time.monotonic()
        time.sleep(.2)


def reads(server, seconds, path, headers=(), script=None):
    """(a second, the processor's seconds of each)"""
    port = server.admin if headers else server.public
    before = server.cpu_s()
    rate, _, bad = wrk(f'http://127.0.0.1:{port}{path}', headers, seconds, script=script)
    if bad:
        raise RuntimeError(f'{path}: {bad} answers were not 200')
    return rate, (server.cpu_s() - before) / (rate * seconds)


class Size:
    """One size of the site: its repository, and its figures as they come."""

    def __init__(self, options, posts, folder):
        self.options, self.posts, self.folder = options, posts, os.path.join(folder, f'of{posts}')
        os.makedirs(self.folder)
        self.site = make_site(options, posts, self.folder)
        self.names = [os.path.relpath(name, os.path.join(self.site, '_posts'))[:-3] for name in
                      sorted(glob.glob(os.path.join(self.site, '_posts', '**', '*.md'), recursive=True))]
        self.repository = os.path.join(self.folder, 'leader.git')
        self.figures = {'posts': posts}

    def measure(self):
        out = os.path.join(self.folder, 'out')
        self.figures['build_s'] = seconds_of([self.options.stet, 'build', '-q', '-s', self.site, '-d', out])
        shutil.rmtree(out)
        subprocess.run([self.options.stet, 'init', self.repository, '--from', self.site], check=True,
                       stdout=subprocess.DEVNULL)
        self.token = make_token(self.options.stet, self.repository)
        server = Server(self.options.stet, self.repository)
        try:
            self.figures['cold_s'] = server.ready_s
            server.wait_until_fresh(self.token)
            self.figures['pages'] = server.call('GET', '/status', self.token)[0]['pages']
            self.measure_disk()
            self.measure_edits(server)
            self.measure_writes(server)
            wait_for_rest(server, self.token)
            self.measure_reads(server)
            self.measure_backup()
            self.figures['peak_mib'] = server.memory_mb()
        finally:
            server.end()

    def measure_disk(self):
        state = disk_mib(os.path.join(self.repository, 'stet'))
        self.figures.update(state_mib=state, repository_mib=disk_mib(self.repository) - state)

    def measure_edits(self, server):
        for kind, count, change in (
                ('edit', self.options.edits, lambda post, i: {'body': post['body'].rstrip('\n') + f' Edit {i}.\n'}),
                ('title', max(5, self.options.edits // 10),
                 lambda post, i: {'front_matter': {'title': f'Title {i}'}})):
            before = server.cpu_s()
            taken = edit_posts(server, self.token, self.names, count, change).taken
            server.wait_until_fresh(self.token)
            self.figures.update({kind + '_p50_s': percentile(taken, .5), kind + '_p99_s': percentile(taken, .99),
                                 kind + '_cpu_s': (server.cpu_s() - before) / count})

    def measure_writes(self, server):
        names = os.path.join(self.folder, 'names')
        with open(names, 'w') as file:
            file.write(''.join(name + '\n' for name in self.names))
        before = server.cpu_s()
        load = subprocess.run([os.path.join(self.options.programs, 'write_load'), str(server.admin), self.token,
                               str(CLIENTS), str(self.options.seconds), 'wait', '0', names], check=True,
                              capture_output=True, text=True).stdout
        rate, _, p99, _, refused = (float(word) for word in load.split())
        if refused:
            raise RuntimeError(f'{refused:.0f} writes were refused')
        self.figures.update(writes_s=rate, write_p99_s=p99 / 1000,
                            write_cpu_s=(server.cpu_s() - before) / (rate * self.options.seconds))

    def measure_reads(self, server):
        post, _ = server.call('GET', f'/posts/{self.names[0]}?expand=url', self.token)
        script = write_read_script(server, self.folder)
        seconds = self.options.seconds
        one, _ = reads(server, seconds, post['url'])
        many, cpu = reads(server, seconds, '/', script=script)
        api, api_cpu = reads(server, seconds, '/api/v1/posts/' + self.names[0],
                             ['Authorization: Bearer ' + self.token])
        self.figures.update(one_reads_s=one, reads_s=many, read_cpu_s=cpu, api_reads_s=api, api_cpu_s=api_cpu)

    def measure_backup(self):
        archive = os.path.join(self.folder, 'backup.tar')
        self.figures['backup_s'] = seconds_of([self.options.stet, 'backup', '--repo', self.repository, archive])
        self.figures['backup_mib'] = disk_mib(archive)

    def measure_warm(self, is_followed):
        """A start with what the last left; and those who follow."""
        server = Server(self.options.stet, self.repository, OF_LEADER)
        try:
            server.wait_until_fresh(self.token)
            self.figures.update(warm_s=server.ready_s, start_mib=server.memory_mb('VmRSS'))
            if is_followed:
                self.figures['followers'] = measure_followers(self, server, write_read_script(server, self.folder))
        finally:
            server.end()


def tables_of_sizes(sizes):
    print('| posts | pages | full build | cold start | warm start | memory after it | at its peak | repository | '
          'state | backup |\n|---|---|---|---|---|---|---|---|---|---|')
    for f in sizes:
        print(f"| {f['posts']:,} | {f['pages']:,} | {f['build_s']:.2f} s | {f['cold_s']:.2f} s | {f['warm_s']:.2f} s | "
              f"{f['start_mib']:,.0f} MiB | {f['peak_mib']:,.0f} MiB | {f['repository_mib']:,.1f} MiB | "
              f"{f['state_mib']:,.1f} MiB | {f['backup_s']:.2f} s, {f['backup_mib']:,.1f} MiB |")
    print('\n| posts | a body, to live, p50 / p99 | processor | a title, p50 / p99 | processor | 16 clients, '
          'writes/s | p99 | processor |\n|---|---|---|---|---|---|---|---|')
    for f in sizes:
        print(f"| {f['posts']:,} | {ms(f['edit_p50_s'])} / {ms(f['edit_p99_s'])} ms | {ms(f['edit_cpu_s'])} ms | "
              f"{ms(f['title_p50_s'])} / {ms(f['title_p99_s'])} ms | {ms(f['title_cpu_s'])} ms | "
              f"{f['writes_s']:,.0f} | {ms(f['write_p99_s'])} ms | {ms(f['write_cpu_s'])} ms |")
    print('\n| posts | one page, reads/s | pages all over | processor | one entry of the API | processor |\n'
          '|---|---|---|---|---|---|')
    for f in sizes:
        print(f"| {f['posts']:,} | {f['one_reads_s']:,.0f} | {f['reads_s']:,.0f} | {f['read_cpu_s'] * 1e6:.1f} µs | "
              f"{f['api_reads_s']:,.0f} | {f['api_cpu_s'] * 1e6:.1f} µs |")
    print('\nProcessor: of the server and its children, for each; the clients share the cores and are not in it. '
          'Memory at its\npeak: over all of these. Backup: beside the running server, to one file.')


def measure(options, folder):
    begin, sizes = time.monotonic(), []
    for posts in options.posts:
        if time.monotonic() - begin > options.budget * 60:
            print(f'{posts:,} posts: left out, for {options.budget} minutes had passed\n', flush=True)
            break
        size = Size(options, posts, folder)
        size.measure()
        has_time = time.monotonic() - begin < options.budget * 60
        is_followed = posts in (FOLLOWED, max(options.posts))
        if is_followed and not has_time:
            print(f'{posts:,} posts: not followed, for {options.budget} minutes had passed\n', flush=True)
        size.measure_warm(is_followed and has_time)
        sizes.append(size.figures)
        shutil.rmtree(size.folder)
        print(f'{posts:,} posts were measured {(time.monotonic() - begin) / 60:.1f} minutes after the begin',
              file=sys.stderr, flush=True)
    return sizes


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ('generator', 'programs', 'stet'):
        parser.add_argument('--' + name, required=True)
    parser.add_argument('--edits', type=int, default=300)
    parser.add_argument('--seconds', type=int, default=8, help='of each load')
    parser.add_argument('--budget', type=float, default=60)
    parser.add_argument('posts', nargs='*', type=int, default=[100, 10_000, 100_000])
    parser.set_defaults(flat=False)
    options = parser.parse_args()
    options.stet, options.posts = os.path.abspath(options.stet), sorted(options.posts)
    folder = tempfile.mkdtemp(prefix='stet-bench-')
    try:
        half, most = fsync_latency(folder)
        print(f'fsync of 4 KiB: p50 {ms(half)} ms, p99 {ms(most)} ms; {os.cpu_count()} cores, which servers and '
              'clients share\n', flush=True)
        sizes = measure(options, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    tables_of_sizes(sizes)
    tables_of_followers(sizes)
    table_of_needs(sizes)


if __name__ == '__main__':
    main()

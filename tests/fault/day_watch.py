"""What a server is seen to need over a day (day.py), and whether that stays as it was."""
import glob
import http.client
import os
import re
import statistics
import threading
import time

MIB = 1 << 20
ROWS = 12
GROWTH, GROWTH_MIB, MORE = 1.10, 16, 8  # of memory; of descriptors and threads
PACKS = 256  # open at a time, at most (storage/git/handles.h): they come with each commit and go with each repack
ERRORS = 'stet_http_requests_total 5xx'
COUNTERS = {'audits': 'stet_audits_total', 'mismatches': 'stet_audit_mismatches_total',
            'missed reads': 'stet_audit_missed_reads_total', 'repacks': 'stet_repacks_total',
            'failed repacks': 'stet_repack_failures_total', 'publications': 'stet_publications_total',
            'commits': 'stet_api_commits_total', 'failed targets': 'stet_target_failures_total'}


def size_of(folder, without=None):
    """Bytes of files; what goes meanwhile counts for nothing."""
    total = 0
    for at, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if os.path.join(at, name) != without]
        for name in names:
            try:
                total += os.lstat(os.path.join(at, name)).st_size
            except OSError:
                pass
    return total


def opened_by(pid):
    """What its descriptors are of."""
    names = []
    for number in os.listdir(f'/proc/{pid}/fd'):
        try:
            names.append(os.readlink(f'/proc/{pid}/fd/{number}'))
        except OSError:
            pass  # it was closed meanwhile
    return names


def process_numbers(pid):
    with open(f'/proc/{pid}/status') as file:
        status = file.read()
    children = 0
    for path in glob.glob(f'/proc/{pid}/task/*/children'):
        try:
            with open(path) as file:
                children += len(file.read().split())
        except OSError:
            pass  # the thread has ended

    def number(name):
        return int(re.search(rf'{name}:\s+(\d+)', status).group(1))
    opened = opened_by(pid)
    packs = sum('/objects/pack/' in name for name in opened)
    return {'rss': number('VmRSS') / 1024, 'anonymous': number('RssAnon') / 1024, 'threads': number('Threads'),
            'descriptors': len(opened), 'packs': packs, 'other': len(opened) - packs, 'children': children}


class Watch:
    """A sample every ten seconds, or twelve in a shorter day."""

    def __init__(self, day):
        self.day, self.samples, self.over = day, [], threading.Event()
        self.begin, self.errors_before = time.monotonic(), self.metrics()[ERRORS]
        self.thread = threading.Thread(target=day.findings.guarded, args=(self.watch,))
        self.thread.start()

    def end(self):
        self.over.set()
        self.thread.join()

    def watch(self):
        while not self.over.wait(min(10, self.day.seconds / ROWS)):
            self.samples.append(self.sample())

    def metrics(self):
        """Sums over all labels, but those of a status of 5xx, which are apart."""
        connection = http.client.HTTPConnection('127.0.0.1', self.day.admin, timeout=60)
        connection.request('GET', '/api/v1/metrics', headers={'Authorization': 'Bearer ' + self.day.token})
        sums = {}
        for line in connection.getresponse().read().decode().splitlines():
            if line.startswith('#'):
                continue
            name, value = line.rsplit(' ', 1)
            key = name.split('{')[0] + (' 5xx' if 'status="5xx"' in name else '')
            sums[key] = sums.get(key, 0) + float(value)
        connection.close()
        return sums

    def sample(self):
        metrics = self.metrics()
        seen = {what: int(metrics[name]) for what, name in COUNTERS.items()}
        state = os.path.join(self.day.repository, 'stet')
        return dict(process_numbers(self.day.server.pid), **seen, minute=(time.monotonic() - self.begin) / 60,
                    errors=int(metrics[ERRORS] - self.errors_before), cpu=metrics['process_cpu_seconds_total'],
                    repository=size_of(self.day.repository, without=state) / MIB, state=size_of(state) / MIB,
                    counts=dict(self.day.findings.counts))


def table_of(samples):
    """Twelve rows, of samples that are as far from each other as can be."""
    lines = ['| minute | edits | pushes | pages crawled | repacks | RSS MiB | descriptors | threads | repository MiB | '
             'state MiB | mismatches |', '|' + '---|' * 11]
    count = min(ROWS, len(samples))
    for row in range(count):
        one = samples[(row + 1) * len(samples) // count - 1]
        made = one['counts']
        lines.append(f"| {one['minute']:.1f} | {made.get('edits', 0):,} | {made.get('pushes', 0):,} | "
                     f"{made.get('crawled', 0):,} | {one['repacks']:,} | {one['rss']:.0f} | {one['descriptors']} | "
                     f"{one['threads']} | {one['repository']:.1f} | {one['state']:.1f} | {one['mismatches']} |")
    return lines


def growth_of(samples):
    """(lines that say how the last quarter is to the second, those of them that are faults)."""
    quarter = len(samples) // 4
    before, after = samples[quarter:2 * quarter], samples[-quarter:]
    lines, faults = [], []

    def hold(what, old, new, most):
        lines.append(f'{what}: {old:.0f} in the second quarter, {new:.0f} in the last; at most {most:.0f} is flat')
        if new > most:
            faults.append(lines[-1])

    old, new = (statistics.median(one['rss'] for one in part) for part in (before, after))
    hold('resident memory, median MiB', old, new, old * GROWTH + GROWTH_MIB)
    for what, key, more in (('descriptors beside packs, most', 'other', MORE), ('threads, most', 'threads', MORE)):
        old, new = (max(one[key] for one in part) for part in (before, after))
        hold(what, old, new, old + more)
    packs = [max(one['packs'] for one in part) for part in (before, after)]
    hold('packs that are open, most', *packs, PACKS)
    return lines, faults

"""One and three followers of a leader (scale.py): when they show the site, how far they are behind, what they carry."""
import http.client
import os
import random
import subprocess
import threading
import time
import urllib.parse

from edits import Server, ms, percentile, wrk

WRITES = 30
POLL_S = 1
SHOWN_WAIT_S = 600
LAG_WAIT_S = 60
LOOKS_S = 1  # between two looks of a follower, at least
SECRET = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3'
OF_LEADER = '[webhooks]\nallowed_networks = ["127.0.0.0/8"]\n'


def make_token(stet, repository):
    return subprocess.run([stet, 'token', 'create', '--repo', repository, '--scope', 'admin'], check=True,
                          capture_output=True, text=True).stdout.strip()


class Group:
    """A leader and up to three that follow it."""

    def __init__(self, size, leader):
        self.size, self.leader, self.stet = size, leader, size.options.stet
        self.followers, self.tokens, self.lot = {}, {}, random.Random(1)
        self.writes = min(WRITES, size.options.edits)
        for name, text in (('token', size.token), ('secret', SECRET)):
            with open(os.path.join(size.folder, name), 'w') as file:
                file.write(text + '\n')
            os.chmod(file.name, 0o600)

    def start(self, number, poll_s):
        """Seconds until it shows what the leader does, and until no page of it is stale."""
        copy = os.path.join(self.size.folder, f'follower{number}.git')
        is_new = number not in self.tokens
        begin = time.monotonic()
        server = self.followers[number] = Server(self.stet, copy, (
            f'[follow]\nurl = "http://127.0.0.1:{self.leader.admin}/site.git"\npoll = {poll_s}\n'
            f'token = "{self.size.folder}/token"\n[hooks]\ngeneric = "{self.size.folder}/secret"\n'))
        page, wanted = '/sitemap.xml', self.leader.page('/sitemap.xml')
        while True:
            try:
                if server.page(page) == wanted:
                    break
            except RuntimeError:
                pass  # it has no pages yet
            if time.monotonic() - begin > SHOWN_WAIT_S:
                raise RuntimeError(f'a follower did not show the site after {SHOWN_WAIT_S} s')
            time.sleep(.01)
        shown = time.monotonic() - begin
        if is_new:
            self.tokens[number] = make_token(self.stet, copy)
        server.wait_until_fresh(self.tokens[number])
        return shown, time.monotonic() - begin

    def call(self, number):
        """The leader's webhook calls it."""
        self.leader.call('POST', '/webhooks', self.size.token,
                         {'url': f'http://127.0.0.1:{self.followers[number].admin}/hooks/generic',
                          'types': ['site.published'], 'secret': SECRET}, {'Content-Type': 'application/json'})

    def end(self, *numbers):
        for number in numbers or list(self.followers):
            self.followers.pop(number).end()

    def write(self, i):
        """(the mark, the page that has it once the write is shown)"""
        path, mark = '/posts/' + self.size.names[i * 7919 % len(self.size.names)], f'Lag {i} of {time.time_ns()}'
        post, headers = self.leader.call('GET', path, self.size.token)
        written, _ = self.leader.call('PATCH', path, self.size.token, {'body': f"{post['body']}\n{mark}\n"},
                                      {'If-Match': headers['ETag'], 'Content-Type': 'application/merge-patch+json',
                                       'Prefer': 'wait'})
        return mark.encode(), urllib.parse.quote(written['entry']['url'])

    def lags(self):
        """Seconds from a write's answer at the leader until a follower shows it, of each follower and write; and the
        processor's seconds of a follower for each. Writes are alone: each comes when a follower may look again, and not
        in step with the polls."""
        found, before = [], sum(server.cpu_s() for server in self.followers.values())
        readers = {number: http.client.HTTPConnection('127.0.0.1', server.public, timeout=60)
                   for number, server in self.followers.items()}
        for i in range(self.writes):
            time.sleep(LOOKS_S * (1 + self.lot.random()))
            mark, url = self.write(i)
            begin, waiting = time.monotonic(), dict(readers)
            while waiting:
                for number, reader in list(waiting.items()):
                    reader.request('GET', url)
                    if mark in reader.getresponse().read():
                        found.append(time.monotonic() - begin)
                        del waiting[number]
                if time.monotonic() - begin > LAG_WAIT_S:
                    raise RuntimeError(f'{len(waiting)} followers did not show a write after {LAG_WAIT_S} s')
                time.sleep(.002)
        spent = sum(server.cpu_s() for server in self.followers.values()) - before
        return found, spent / (self.writes * len(self.followers))

    def reads(self, numbers, script):
        """(a second by all of these together, the processor's seconds of each at a follower)"""
        rates, lock, seconds = [], threading.Lock(), self.size.options.seconds

        def load(number):
            rate, _, bad = wrk(f'http://127.0.0.1:{self.followers[number].public}/', (), seconds,
                               64 // len(numbers), script)
            with lock:
                rates.append(rate if bad == 0 else None)
        before = sum(self.followers[number].cpu_s() for number in numbers)
        threads = [threading.Thread(target=load, args=(number,)) for number in numbers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if len(rates) != len(numbers) or None in rates:
            raise RuntimeError('a follower did not answer all reads by 200')
        spent = sum(self.followers[number].cpu_s() for number in numbers) - before
        return sum(rates), spent / (sum(rates) * seconds)


def measure_followers(size, leader, script):
    """By count: what is new, how far behind by poll and by webhook, what is read."""
    group, found = Group(size, leader), {}
    try:
        shown = [group.start(1, POLL_S)]
        found[1] = {'poll': group.lags()}
        shown += [group.start(2, POLL_S), group.start(3, POLL_S)]
        found[3] = {'poll': group.lags()}
        found[1].update(shown_s=shown[0][0], fresh_s=shown[0][1])
        found[3].update(shown_s=max(one for one, _ in shown), fresh_s=max(one for _, one in shown))
        group.end()
        group.start(1, 0)
        group.call(1)
        found[1]['webhook'] = group.lags()
        found[1]['memory_mib'] = group.followers[1].memory_mb('VmRSS')
        found[1]['reads'] = group.reads([1], script)
        for number in (2, 3):
            group.start(number, 0)
            group.call(number)
        found[3]['webhook'] = group.lags()
        found[3]['memory_mib'] = max(server.memory_mb('VmRSS') for server in group.followers.values())
        found[3]['reads'] = group.reads([1, 2, 3], script)
    finally:
        group.end()
    return found


def lag_of(lags):
    return f'{ms(percentile(lags[0], .5))} / {ms(percentile(lags[0], .99))} ms'


def tables_of_followers(sizes):
    followed = [one for one in sizes if 'followers' in one]
    if not followed:
        return
    print('\n| posts | followers | a new one shows the site after | all is fresh after | memory | behind by webhook, '
          f'p50 / p99 | behind by a poll of {POLL_S} s, p50 / p99 | of which the poll waits, p50 | processor, a '
          'write |\n|---|---|---|---|---|---|---|---|---|')
    for one in followed:
        for count, f in one['followers'].items():
            waits = max(0, percentile(f['poll'][0], .5) - percentile(f['webhook'][0], .5))
            print(f"| {one['posts']:,} | {count} | {f['shown_s']:.2f} s | {f['fresh_s']:.2f} s | "
                  f"{f['memory_mib']:,.0f} MiB | {lag_of(f['webhook'])} | {lag_of(f['poll'])} | {ms(waits)} ms | "
                  f"{ms(f['webhook'][1])} ms |")
    print('\n| posts | followers read at once | reads/s together | processor, a read | a machine of its own, '
          'reads/s a core |\n|---|---|---|---|---|')
    for one in followed:
        for count, f in one['followers'].items():
            rate, cpu = f['reads']
            print(f"| {one['posts']:,} | {count} | {rate:,.0f} | {cpu * 1e6:.1f} µs | "
                  f'{1 / cpu:,.0f} = 1 / processor |')
    print(f'''
Behind: from the answer of a write at the leader until a follower shows it, over {WRITES} writes at most and all
followers, each write alone. By webhook that is the call, the fetch and the render; by poll it waits for the next look
before, half a poll on average (the settings have 5 s where nothing else is said). A follower looks at most once in
{LOOKS_S} s: of writes that follow each other more closely, the later ones wait for the rest of it, and go together. The
processor's time of a write is that of a fetch of one commit, git's children included. All servers and wrk share
{os.cpu_count()} cores here: three followers together show that nothing else holds them back, not what three machines
do. Pages all over the site.''')

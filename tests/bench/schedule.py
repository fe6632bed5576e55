#!/usr/bin/env python3
"""Measures a schedule as the whole program serves it: one move, from the request to every export.

  schedule.py --stet PROGRAM [--edits N] [--rooms N] [--keep FOLDER] [SESSIONS...]   (default: 500 5000)

The site is made here: an event of seven days, sessions of half an hour in --rooms rooms (50), a speaker for every three of
them, ten tracks, a hundred words each. A move gives a session another start by PATCH with `Prefer: wait`, so its answer
comes when the pages are live; then each export of the whole schedule is asked for and looked at. --keep leaves the site
in a folder. Loopback only; every process that is started is ended. Prints tables in Markdown.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time

from edits import Server, Tally, ms, percentile, seconds_of

EXPORTS = ['/schedule.ics', '/schedule.utc.ics', '/schedule.xml', '/schedule.json', '/schedule.csv', '/schedule.txt',
           '/schedule/widgets/schedule.json', '/schedule/changes.xml']
DAY_SLOTS = 20
WORDS = 'harbour tide rope chart buoy ledger quay lantern survey knot pilot signal anchor compass log'.split()


def start_of(number, rooms):
    place = number // rooms
    day, slot = place // DAY_SLOTS % 7, place % DAY_SLOTS
    minutes = 8 * 60 + slot * 30 + (place // (DAY_SLOTS * 7)) * 5
    return f'2026-10-{12 + day:02}T{minutes // 60:02}:{minutes % 60:02}'


def session(number, rooms):
    speakers = f'speaker-{number // 3}, speaker-{(number * 7 + 1) // 3 % max(1, number // 3 + 1)}'
    text = ' '.join(WORDS[(number * 31 + i * i) % len(WORDS)] for i in range(100))
    return (f'---\ntitle: Session {number} on {WORDS[number % len(WORDS)]}\nstart: {start_of(number, rooms)}\n'
            f'duration: 30\nroom: Room {number % rooms}\ntrack: Track {number % 10}\ntype: talk\n'
            f'speakers: [{speakers}]\n---\nOf *{text}*.\n')


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)


def make_site(folder, sessions, rooms):
    write(f'{folder}/_config.yml', 'title: Bench\nurl: https://event.example\nstet: {theme: default}\n')
    write(f'{folder}/_data/event.yml',
          'title: Bench Days\ntime_zone: America/New_York\nstart: 2026-10-12\nend: 2026-10-18\nrooms:\n'
          + ''.join(f'- {{name: Room {i}, capacity: {i * 10}}}\n' for i in range(rooms)) + 'tracks:\n'
          + ''.join(f'- {{name: Track {i}, color: "#{i}{i}44aa"}}\n' for i in range(10)))
    write(f'{folder}/index.md', '---\ntitle: Bench\n---\nHello.\n')
    for i in range(sessions):
        write(f'{folder}/_schedule/session-{i}.md', session(i, rooms))
    for i in range((sessions + 2) // 3):
        write(f'{folder}/_speakers/speaker-{i}.md', f'---\nname: Speaker {i}\n---\nSomebody.\n')


def move_sessions(server, token, options, sessions):
    """Tally of the moves, and what it took beside until all exports were read."""
    tally, shown = Tally(), []
    for i in range(options.edits):
        number = i * 7919 % sessions
        start = f'2026-10-{12 + i % 7:02}T21:{i % 60:02}'
        begin = time.perf_counter()
        written, answer = server.call('PATCH', f'/schedule/sessions/session-{number}', token,
                                      {'front_matter': {'start': start}},
                                      {'Prefer': 'wait', 'If-Match': '*',
                                       'Content-Type': 'application/merge-patch+json'})
        tally.add(time.perf_counter() - begin, written, answer)
        pages = {url: server.page(url) for url in EXPORTS}
        shown.append(time.perf_counter() - begin)
        if f'{start}:00-04:00'.encode() not in pages['/schedule.xml']:
            raise RuntimeError('schedule.xml shows an old time')
        if start.replace('-', '').replace(':', '').encode() + b'00' not in pages['/schedule.ics']:
            raise RuntimeError('schedule.ics shows an old time')
    return tally, shown


def measure(options, sessions, folder):
    site, repository = f'{folder}/s{sessions}', f'{folder}/r{sessions}.git'
    make_site(site, sessions, options.rooms)
    built = seconds_of([options.stet, 'build', '-q', '-s', site, '-d', f'{folder}/out'])
    subprocess.run([options.stet, 'init', repository, '--from', site], check=True, stdout=subprocess.DEVNULL)
    token = subprocess.run([options.stet, 'token', 'create', '--repo', repository, '--scope', 'admin'],
                           check=True, capture_output=True, text=True).stdout.strip()
    server = Server(options.stet, repository)
    try:
        server.wait_until_fresh(token)
        pages = server.call('GET', '/status', token)[0]['pages']
        tally, shown = move_sessions(server, token, options, sessions)
        print(tally.row(sessions, 'a move'), flush=True)
        sizes = ', '.join(f'{url[1:]} {len(server.page(url)) // 1024:,} KiB' for url in EXPORTS[:5])
        memory = server.memory_mb()
    finally:
        server.end()
    return (f'| {sessions:,} | {options.rooms} | {pages:,} | {built:.2f} s | {server.ready_s:.2f} s | {memory:,.0f} MB | '
            f'{ms(percentile(shown, .5))} | {ms(percentile(shown, .99))} | {sizes} |')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--stet', required=True)
    parser.add_argument('--edits', type=int, default=100)
    parser.add_argument('--rooms', type=int, default=50)
    parser.add_argument('--keep')
    parser.add_argument('sessions', nargs='*', type=int, default=[500, 5000])
    options = parser.parse_args()
    options.stet = os.path.abspath(options.stet)
    if options.keep:
        make_site(options.keep, options.sessions[0], options.rooms)
        return
    folder = tempfile.mkdtemp(prefix='stet-bench-')
    try:
        print('| sessions | edit, to live | p50 ms | p99 ms | pages touched | Server-Timing medians ms |\n'
              '|---|---|---|---|---|---|')
        rows = [measure(options, sessions, folder) for sessions in options.sessions]
        print('\n| sessions | rooms | pages | full build | cold start | peak memory | a move until all exports were read, '
              'p50 ms | p99 ms | bytes |\n|---|---|---|---|---|---|---|---|---|')
        print('\n'.join(rows))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == '__main__':
    sys.exit(main())

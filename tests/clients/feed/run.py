#!/usr/bin/env python3
"""A feed reader's library, Debian's python3-feedparser, follows a site's feed while the site is edited.

run.py STET   STET is the program. It serves the example site. The reader reads feed.xml as readers do: with the
validators of the last time, so that nothing comes where nothing is new. Exit status 77 where the library is not
installed.
"""

import html
import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request

try:
    import feedparser
except ImportError:
    print('skipped: there is no feedparser; apt-get install python3-feedparser')
    sys.exit(77)

# The library is asked to read over the loopback, whatever the environment says of proxies.
OPENER = urllib.request.ProxyHandler({})


def serve(stet, folder):
    site = os.path.join(folder, 'site.git')
    subprocess.run([stet, 'init', site, '--example'], check=True, stdout=subprocess.DEVNULL)
    token = subprocess.run([stet, 'token', 'create', '--repo', site, '--scope', 'posts:write'], check=True,
                           stdout=subprocess.PIPE, text=True).stdout.split()[-1]
    log = open(os.path.join(folder, 'log'), 'w')
    server = subprocess.Popen([stet, 'serve', '--repo', site, '--port', '0', '--admin-port', '0'],
                              stdout=subprocess.PIPE, stderr=log, text=True)
    ready = server.stdout.readline().split()
    if len(ready) != 3:
        raise SystemExit('the server did not start: ' + open(log.name).read())
    return server, ready[1], ready[2], token


def write(admin, token, method, path, body, headers=()):
    request = urllib.request.Request(admin + path, method=method, data=json.dumps(body).encode(), headers={
        'Authorization': 'Bearer ' + token, 'Content-Type': 'application/json', **dict(headers)})
    with urllib.request.build_opener(OPENER).open(request, timeout=30) as answer:
        return json.load(answer)


def read(address, before=None):
    return feedparser.parse(address, etag=before.get('etag') if before else None,
                            modified=before.get('modified') if before else None, handlers=[OPENER])


def story(public, admin, token):
    address = public + '/feed.xml'
    first = read(address)
    assert first.status == 200, first.status
    assert not first.bozo, first.bozo_exception  # it is well-formed, in the character set that it says
    assert first.version == 'atom10', first.version
    assert first.feed.title == 'Quayside Map Days', first.feed.title
    assert first.feed.id == address and first.feed.links, first.feed
    assert len(first.entries) == 8, len(first.entries)
    times = [entry.published_parsed for entry in first.entries]
    assert times == sorted(times, reverse=True), 'the newest entry is first'
    for entry in first.entries:
        assert entry.title and entry.link.startswith(public + '/'), entry
        assert entry.content[0].type == 'text/html' and '<p' in entry.content[0].value, entry.title
        assert entry.updated_parsed >= entry.published_parsed, entry.title
    assert len({entry.id for entry in first.entries}) == 8, 'each entry has an id of its own'
    assert any(entry.get('title_detail', {}).get('language') == 'fa' or 'نقشه' in entry.title
               for entry in first.entries)

    again = read(address, first)
    assert again.status == 304 and not again.entries, again.status

    title = 'Tides & ropes'
    made = write(admin, token, 'POST', '/api/v1/posts', {
        'front_matter': {'title': title, 'tags': ['practical', 'tides']}, 'body': 'Bring *gloves*.\n'})
    second = read(address, first)
    assert second.status == 200 and not second.bozo, second.status
    newest = second.entries[0]
    assert newest.link == public + made['entry']['url'], newest.link
    assert html.unescape(newest.title) == title, newest.title
    assert '<em>gloves</em>' in newest.content[0].value, newest.content
    assert sorted(tag.term for tag in newest.tags) == ['practical', 'tides'], newest.tags
    assert {entry.id for entry in first.entries} < {entry.id for entry in second.entries}, 'ids stay'

    write(admin, token, 'PATCH', made['entry']['self'], {'front_matter': {'title': 'Ropes at nine'}},
          {'If-Match': '*', 'Content-Type': 'application/merge-patch+json'}.items())
    third = read(address, second)
    assert third.entries[0].title == 'Ropes at nine', third.entries[0].title
    assert third.entries[0].id == newest.id, 'an edited entry is the same entry'


def main():
    folder = tempfile.mkdtemp()
    server = None
    try:
        server, public, admin, token = serve(os.path.abspath(sys.argv[1]), folder)
        story(public, admin, token)
        print('the reader followed ' + public + '/feed.xml')
    finally:
        if server:
            server.terminate()
            server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == '__main__':
    sys.exit(main())

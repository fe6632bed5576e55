#!/usr/bin/env python3
"""Every example of the API's guide is run as it is shown, by a shell with curl, jq and git, and ends as it says.

run.py STET [-v]   STET is the program. It serves the example site; the pages of /docs/ are read as a browser would,
and the examples of each are run one after another, each in a shell of its own, in a folder of the page's own. What the last
curl of an example was answered is compared with the status that the page shows beside it; where it shows that the
commands just end well, their exit status counts. Exit status 77 where curl, jq or git is not installed.
"""

import html.parser
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request

PASSWORD = 'a long password'  # of ann, whom the page about signing in makes
SECONDS = 120  # for one example

# What the page shows is run; only how curl reports is ours: the body goes where it would go, each answer's status
# into a file. (A stream is ended by its --max-time, which curl tells by 28.) The next example goes on in the folder that
# this one has gone to.
PRELUDE = r'''
set -e
trap 'pwd >"$PLACE"' EXIT
curl() {
  command curl --silent --show-error --max-time 60 --noproxy '*' \
    --write-out '%{stderr}%{http_code}\n' "$@" 2>>"$STATUSES" || [ $? -eq 28 ]
}
git() {
  command git -c user.name=Ann -c user.email=ann@example.org "$@"
}
'''


class Examples(html.parser.HTMLParser):
    """The examples of a page, as (title, status, command), and its links to other pages of the guide."""

    def __init__(self):
        super().__init__()
        self.examples, self.links, self.faults = [], [], []
        self.inside, self.kind, self.parts = False, None, {}

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == 'figure' and values.get('class') == 'example':
            self.inside, self.parts = True, {'title': '', 'status': '', 'command': ''}
        elif self.inside and tag == 'span':
            self.kind = values.get('class') if values.get('class') in self.parts else None
        elif self.inside and tag == 'pre':
            self.kind = 'command'
        if tag == 'a' and values.get('href', '').startswith('/docs/'):
            self.links.append(values['href'].split('#')[0])
        for name in ('src', 'style', 'onclick'):
            if name in values:
                self.faults.append(f'<{tag} {name}>')
        if tag in ('script', 'style', 'img', 'iframe'):
            self.faults.append(f'<{tag}>')

    def handle_endtag(self, tag):
        if tag in ('span', 'pre'):
            self.kind = None
        if tag == 'figure' and self.inside:
            self.examples.append((self.parts['title'], self.parts['status'], self.parts['command']))
            self.inside = False

    def handle_data(self, text):
        if self.inside and self.kind:
            self.parts[self.kind] += text


def page_of(origin, path):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(origin + path, timeout=30) as answer:
        page = Examples()
        page.feed(answer.read().decode())
        return page


def run_example(command, folder, environment):
    """How it ended, as a page says it, and what there was to see."""
    notes = tempfile.mkdtemp()
    own = {'STATUSES': os.path.join(notes, 'statuses'), 'PLACE': os.path.join(notes, 'place')}
    open(own['STATUSES'], 'w').close()
    done = subprocess.run(['bash', '-c', PRELUDE + command], cwd=folder['now'], env=environment | own,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=SECONDS)
    with open(own['STATUSES']) as file:
        told = file.read()
    with open(own['PLACE']) as file:
        folder['now'] = file.read().strip()
    shutil.rmtree(notes)
    said = done.stdout.decode(errors='replace')[-2000:] + told
    statuses = [line for line in told.splitlines() if line.isdigit()]
    # Only the last answer of an example may be a refusal.
    refused = [status for status in statuses[:-1] if int(status) >= 400]
    if refused or not statuses:
        return ('ends well' if done.returncode == 0 else 'ends badly') if not refused else refused[0], said
    return statuses[-1], said


def serve(stet, folder):
    site = os.path.join(folder, 'site.git')
    subprocess.run([stet, 'init', site, '--example'], check=True, stdout=subprocess.DEVNULL)
    token = subprocess.run([stet, 'token', 'create', '--repo', site, '--scope', 'admin'], check=True,
                           stdout=subprocess.PIPE, text=True).stdout.split()[-1]
    subprocess.run([stet, 'user', 'add', 'ann', '--repo', site, '--mail', 'ann@example.org', '--role', 'editor'],
                   check=True, input=PASSWORD + '\n', text=True, stdout=subprocess.DEVNULL)
    log = open(os.path.join(folder, 'log'), 'w')
    server = subprocess.Popen([stet, 'serve', '--repo', site, '--port', '0', '--admin-port', '0'],
                              stdout=subprocess.PIPE, stderr=log, text=True)
    ready = server.stdout.readline().split()
    if len(ready) != 3:
        raise SystemExit('the server did not start: ' + open(log.name).read())
    return server, ready[2], token


def pages_from(origin):
    """All pages of the guide that links lead to, the start page first."""
    pages, waiting = {}, ['/docs/']
    while waiting:
        path = waiting.pop(0)
        if path in pages or path == '/docs/guide.css':
            continue
        pages[path] = page_of(origin, path)
        waiting += pages[path].links
    return pages


def check(stet, folder, is_verbose):
    server, origin, token = serve(stet, folder)
    faults, count = [], 0
    try:
        for path, page in pages_from(origin).items():
            faults += [f'{path}: {fault}: the guide has nothing of that kind' for fault in page.faults]
            if not page.examples:
                continue
            home = tempfile.mkdtemp(dir=folder)
            environment = os.environ | {'STET': origin, 'TOKEN': token, 'HOME': home, 'LC_ALL': 'C.UTF-8',
                                        'no_proxy': '127.0.0.1', 'NO_PROXY': '127.0.0.1'}
            place = {'now': home}
            for title, status, command in page.examples:
                count += 1
                end, said = run_example(command, place, environment)
                if is_verbose:
                    print(f'{path}: {title}: {end}')
                if end != status:
                    faults.append(f'{path}: {title}: {end}, and the page says {status}\n{command}\n... {said}')
    finally:
        server.terminate()
        server.wait(timeout=30)
    return faults, count


def main():
    lacking = [tool for tool in ('bash', 'curl', 'jq', 'git') if not shutil.which(tool)]
    if lacking:
        print('skipped: there is no ' + ', '.join(lacking))
        return 77
    folder = tempfile.mkdtemp()
    try:
        faults, count = check(os.path.abspath(sys.argv[1]), folder, '-v' in sys.argv)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for fault in faults:
        print(fault)
    if count < 40:
        print(f'there are {count} examples alone')
        return 1
    print(f'{count} examples, {len(faults)} faults')
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())

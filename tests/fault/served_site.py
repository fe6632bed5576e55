"""What those share who drive the whole program: programs run, what was found, and what a served site must be."""
import os
import socket
import subprocess
import threading
import time

FRESH_WAIT_S = 60


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def run(words, timeout=120, **more):
    environment = dict(os.environ, GIT_CONFIG_GLOBAL='/dev/null', GIT_TERMINAL_PROMPT='0', **more.pop('env', {}))
    return subprocess.run(words, capture_output=True, text=True, timeout=timeout, env=environment, **more)


class Findings:
    """What was done how often, and what was wrong; of any thread."""

    def __init__(self):
        self.lock = threading.Lock()
        self.counts, self.faults = {}, []
        self.begin = time.monotonic()

    def count(self, what, by=1):
        with self.lock:
            self.counts[what] = self.counts.get(what, 0) + by

    def fault(self, text):
        with self.lock:
            if len(self.faults) < 20:
                text = f'at {time.monotonic() - self.begin:.1f} s: {text}'
                self.faults.append(text)

    def guarded(self, function, *arguments):
        """Of a thread: one that breaks must not pass for one that was content."""
        try:
            function(*arguments)
        except Exception as error:  # noqa: whatever it is, it is told
            self.fault(f'{function.__name__}{arguments}: {error!r}')


def processes_of(repository):
    """What runs in the repository or names it, one line a process."""
    found = []
    for number in filter(str.isdigit, os.listdir('/proc')):
        try:
            with open(f'/proc/{number}/cmdline', 'rb') as file:
                words = file.read().replace(b'\0', b' ').decode(errors='replace')
            folder = os.readlink(f'/proc/{number}/cwd')
        except OSError:
            continue  # it has ended, or is another's
        if repository in words or folder.startswith(repository):
            found.append(words)
    return found


def fresh_status(repository, status_of):
    """What `status_of()` says once the head is live and no page stale; a minute is waited for that."""
    status = {}
    end = time.monotonic() + FRESH_WAIT_S
    while time.monotonic() < end:
        head = run(['git', '--git-dir', repository, 'rev-parse', 'main']).stdout.strip()
        status = status_of()
        if status.get('live', {}).get('commit') == head and status['stale'] == 0:
            return status
        time.sleep(.1)
    raise TimeoutError(f'the head {head} was not live after {FRESH_WAIT_S} s: {status}')


def build_of(stet, repository, live, out):
    """What is live, built from nothing into the folder `out`; what went wrong, or ''."""
    built = run([stet, 'build', '-q', '--repo', repository, '--ref', live['commit'], '--time', str(live['instant']),
                 '--url', live['url'], '-d', out])
    return '' if built.returncode == 0 else 'stet build: ' + built.stderr[:300]


def files_of(folder):
    """Paths from the folder on, in order."""
    return sorted(os.path.relpath(os.path.join(at, name), folder) for at, _, names in os.walk(folder) for name in names)


def differences(out, read):
    """Of what `read(path)` gives from the build in `out`: a line each."""
    found = []
    for path in files_of(out):
        shown = read(path)
        with open(os.path.join(out, path), 'rb') as file:
            wanted = file.read()
        if shown is None:
            found.append(f'{path} is missing')
        elif wanted != shown:
            pairs = zip(wanted.splitlines() + [b''], shown.splitlines() + [b''])
            first = next((pair for pair in pairs if pair[0] != pair[1]), None)
            found.append(f'{path} is not as a build from nothing: {first}')
    return found


def fsck(repository):
    """What git finds, or ''. Nobody may repack meanwhile: fsck takes a pack that has gone for a broken one."""
    looked = run(['git', '--git-dir', repository, 'fsck', '--strict', '--no-dangling', '--no-progress'])
    return '' if looked.returncode == 0 else 'git fsck: ' + (looked.stdout + looked.stderr)[:500]

#!/usr/bin/env python3
"""Measures stet as a whole program: PATCH to live, full build, reads beside nginx, fsync.

  edits.py --generator gen_site.py --stet PROGRAM [POSTS...]      (default: 10 1000 10000)

Loopback only; loops are bounded; every process that is started is ended. Prints a table in Markdown.
"""
import argparse, glob, http.client, json, os, re, shutil, statistics, subprocess, sys, tempfile, time

EDITS = 200
WRK = ['wrk', '-t2', '-c64', '-d8s', '--latency']


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))]


def ms(seconds):
    return f'{seconds * 1000:.1f}'


def fsync_latency(folder):
    path, taken = os.path.join(folder, 'fsync'), []
    with open(path, 'wb') as file:
        for _ in range(200):
            file.write(b'x' * 4096)
            file.flush()
            begin = time.perf_counter()
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - begin)
    os.unlink(path)
    return percentile(taken, .5), percentile(taken, .99)


def make_site(generator, posts, folder):
    subprocess.run([sys.executable, generator, str(posts), folder], check=True, stdout=subprocess.DEVNULL)
    site = os.path.join(folder, 'jekyll')
    for name in glob.glob(os.path.join(site, '_posts', '*.md')):
        year, month = os.path.basename(name).split('-')[:2]
        dated = os.path.join(site, '_posts', year, month)
        os.makedirs(dated, exist_ok=True)
        os.rename(name, os.path.join(dated, os.path.basename(name)))
    for name in glob.glob(os.path.join(site, 'assets', 'css', '*.scss')):
        os.remove(name)  # Sass is not rendered yet
    return site


class Server:
    def __init__(self, stet, repository):
        begin = time.perf_counter()
        self.process = subprocess.Popen([stet, 'serve', '--repo', repository, '--port', '0', '--admin-port', '0'],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        self.ready_s = time.perf_counter() - begin
        self.public, self.admin = (int(port) for port in re.findall(r':(\d+)', line))
        self.connection = http.client.HTTPConnection('127.0.0.1', self.admin)

    def call(self, method, path, token, body=None, headers=None):
        headers = dict(headers or {}, Authorization='Bearer ' + token)
        data = None if body is None else json.dumps(body).encode()
        self.connection.request(method, '/api/v1' + path, data, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status >= 300:
            raise RuntimeError(f'{method} {path}: {answer.status} {text[:300]}')
        return json.loads(text), answer.headers

    def memory_mb(self):
        with open(f'/proc/{self.process.pid}/status') as status:
            return int(re.search(r'VmHWM:\s+(\d+)', status.read()).group(1)) / 1024

    def end(self):
        self.process.terminate()
        self.process.wait(20)


def edit_bodies(server, token, names):
    taken, pages, timing = [], [], {}
    for i in range(EDITS):
        path = '/posts/' + names[i * 7919 % len(names)]
        post, headers = server.call('GET', path, token)
        body = post['body'].rstrip('\n') + f' Edit {i}.\n'
        begin = time.perf_counter()
        written, answer = server.call('PATCH', path, token, {'body': body},
                                      {'If-Match': headers['ETag'], 'Prefer': 'wait',
                                       'Content-Type': 'application/merge-patch+json'})
        taken.append(time.perf_counter() - begin)
        pages.append(len(written['changed_urls']))
        for name, value in re.findall(r'(\w+);dur=([\d.]+)', answer.get('Server-Timing', '')):
            timing.setdefault(name, []).append(float(value))
    parts = ' '.join(f'{name} {statistics.median(values):.1f}' for name, values in timing.items())
    return percentile(taken, .5), percentile(taken, .99), statistics.median(pages), parts


def wrk(url, headers=()):
    command = WRK + [part for header in headers for part in ('-H', header)] + [url]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = float(re.search(r'Requests/sec:\s+([\d.]+)', text).group(1))
    p99 = re.search(r'99%\s+(\S+)', text).group(1)
    bad = re.search(r'Non-2xx or 3xx responses: (\d+)', text)
    return rate, p99, int(bad.group(1)) if bad else 0


class Nginx:
    def __init__(self, root, folder, port=4980):
        self.port, conf = port, os.path.join(folder, 'nginx.conf')
        with open(conf, 'w') as file:
            file.write(f'''user root; daemon off; worker_processes 2; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{ include /etc/nginx/mime.types; access_log off; sendfile on; keepalive_requests 1000000;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5; open_file_cache max=1000;
  server {{ listen 127.0.0.1:{port}; root {root}; }} }}''')
        self.process = subprocess.Popen(['nginx', '-c', conf], stderr=subprocess.DEVNULL)
        for _ in range(100):
            try:
                http.client.HTTPConnection('127.0.0.1', port).connect()
                return
            except OSError:
                time.sleep(.05)

    def end(self):
        self.process.terminate()
        self.process.wait(10)


def measure(options, posts, folder):
    site = make_site(options.generator, posts, os.path.join(folder, f'g{posts}'))
    out, repository = os.path.join(folder, f'out{posts}'), os.path.join(folder, f'r{posts}.git')
    begin = time.perf_counter()
    subprocess.run([options.stet, 'build', '-q', '-s', site, '-d', out], check=True, stderr=subprocess.DEVNULL)
    build_s = time.perf_counter() - begin
    subprocess.run([options.stet, 'init', repository, '--from', site], check=True, stdout=subprocess.DEVNULL)
    token = subprocess.run([options.stet, 'token', 'create', '--repo', repository, '--scope', 'admin'],
                           check=True, capture_output=True, text=True).stdout.strip()
    server = Server(options.stet, repository)
    try:
        names = [os.path.relpath(name, os.path.join(site, '_posts'))[:-3]
                 for name in sorted(glob.glob(os.path.join(site, '_posts', '*', '*', '*.md')))]
        p50, p99, pages, parts = edit_bodies(server, token, names)
        print(f'| {posts:,} | {ms(p50)} | {ms(p99)} | {pages:.0f} | {parts} | {build_s:.2f} | '
              f'{server.ready_s:.2f} | {server.memory_mb():.0f} |', flush=True)
        reads = None
        if posts == max(options.posts):
            post, _ = server.call('GET', '/posts/' + names[0] + '?expand=url', token)
            nginx = Nginx(out, folder)
            try:
                ours = wrk(f'http://127.0.0.1:{server.public}{post["url"]}')
                theirs = wrk(f'http://127.0.0.1:{nginx.port}{post["url"]}')
            finally:
                nginx.end()
            entry = wrk(f'http://127.0.0.1:{server.admin}/api/v1/posts/{names[0]}',
                        ['Authorization: Bearer ' + token])
            reads = (ours, theirs, entry)
        return reads, p50
    finally:
        server.end()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--generator', required=True)
    parser.add_argument('--stet', required=True)
    parser.add_argument('posts', nargs='*', type=int, default=[10, 1000, 10000])
    options = parser.parse_args()
    options.stet = os.path.abspath(options.stet)
    folder = tempfile.mkdtemp(prefix='stet-bench-')
    try:
        half, most = fsync_latency(folder)
        print(f'fsync of 4 KiB: p50 {ms(half)} ms, p99 {ms(most)} ms; {os.cpu_count()} cores\n')
        print('| posts | PATCH to live p50 ms | p99 ms | pages | Server-Timing medians ms | full build s | '
              'ready s | memory MB |\n|---|---|---|---|---|---|---|---|')
        medians = {}
        for posts in options.posts:
            reads, medians[posts] = measure(options, posts, folder)
            shutil.rmtree(os.path.join(folder, f'g{posts}'))
        least, most = min(medians), max(medians)
        print(f'\np50 at {most:,} posts is {medians[most] / medians[least]:.2f} times p50 at {least:,}')
        for name, (rate, p99, bad) in zip(('public page', 'the same by nginx', 'one entry by API'), reads):
            print(f'{name}: {rate:,.0f} requests/s, p99 {p99}, {bad} refused')
        print(f'public page: {reads[0][0] / reads[1][0]:.2f} of nginx')
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()

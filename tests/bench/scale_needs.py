"""What sites need, out of what was measured (scale.py): straight lines, and a table with its formulas."""
import math

BUSY = .7            # of a core, planned: the rest is for peaks
FOLLOWER_CORES = 4   # of a machine that follows
LARGEST = 1_000_000  # pages


def line(points, x):
    """(y at x, whether x was measured): straight between the measured points, and on from the last two, but never
    below what the last has."""
    points = sorted(points)
    for at, y in points:
        if at == x:
            return y, True
    if len(points) == 1:
        return points[0][1] * max(1, x / points[0][0]), False
    after = next((i for i, (at, _) in enumerate(points) if at > x), len(points) - 1)
    (x0, y0), (x1, y1) = points[max(1, after) - 1], points[max(1, after)]
    y = y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return max(y, y1) if x > x1 else y, False


def wishes(sizes):
    """Pages, writes a second, reads a second: measured sizes first, then beyond."""
    pages = [one['pages'] for one in sizes]
    small, middle, large = pages[0], pages[len(pages) // 2], pages[-1]
    return [(small, .01, 10), (middle, .1, 1_000), (middle, 5, 20_000), (large, 1, 5_000), (large, 10, 200_000),
            (LARGEST, 5, 500_000)]


class Needs:
    def __init__(self, sizes):
        self.sizes = sizes
        followed = [one for one in sizes if 'followers' in one]
        self.follower_read_s = max(f['reads'][1] for one in followed for f in one['followers'].values())
        self.follower_writes = [(one['pages'], one['followers'][1]['webhook'][1]) for one in followed]

    def at(self, pages, *figures):
        points = [(one['pages'], sum(one[figure] for figure in figures)) for one in self.sizes]
        return line(points, pages)

    def followers(self, pages, writes, reads):
        """How many, so that none is busier than planned; None: not even writes leave one room. A follower fetches once
        a second at most, whatever is written meanwhile."""
        room = FOLLOWER_CORES * BUSY - (min(writes, 1) * line(self.follower_writes, pages)[0] +
                                        writes * self.at(pages, 'write_cpu_s')[0])
        return math.ceil(reads * self.follower_read_s / room) if room > 0 else None

    def row(self, pages, writes, reads):
        memory, disk = self.at(pages, 'peak_mib'), self.at(pages, 'repository_mib', 'state_mib', 'backup_mib')
        for_writes = writes * self.at(pages, 'write_cpu_s')[0] / BUSY
        for_reads = reads * self.at(pages, 'read_cpu_s')[0] / BUSY
        is_alone = for_writes + for_reads <= FOLLOWER_CORES
        count = 0 if is_alone else self.followers(pages, writes, reads)
        cores = math.ceil(max(for_writes + (for_reads if is_alone else 0), .01))
        return (f"| {pages:,} | {writes:g} | {reads:,} | {size_cell(*memory)} | {size_cell(*disk)} | {cores} c | "
                f"{'too many writes' if count is None else f'{count} c'} |")


def size_cell(mib, is_measured):
    return (f'{mib:,.0f} MiB' if mib < 1024 else f'{mib / 1024:,.1f} GiB') + (' m' if is_measured else ' c')


def table_of_needs(sizes):
    if not any('followers' in one for one in sizes):
        return print('\nWhat sites need is not computed, for no followers were measured.')
    needs = Needs(sizes)
    print('\nWhat a site of N pages, W writes/s and R reads/s needs: m is measured, c is computed.\n\n'
          '| N | W | R | memory | disk | cores at the leader | followers |\n|---|---|---|---|---|---|---|')
    for wish in wishes(sizes):
        print(needs.row(*wish))
    measured = ', '.join(f"{one['pages']:,}" for one in sizes)
    print(f'''
- Every figure that depends on N is a straight line through its neighbours among the measured sizes ({measured}
  pages), and beyond them goes on as between the last two, but never below the last.
- memory = at its peak, of the leader; a follower needs as much.
- disk = repository + state + one whole backup. History comes on top of it, and what readers' logs take.
- cores = W x processor of a write by 16 clients / {BUSY} + R x processor of a read / {BUSY}, rounded up: a core is
  planned to be {BUSY:.0%} busy. Where that is more than {FOLLOWER_CORES} cores, followers answer all reads, and the
  second part is theirs.
- followers = R x processor of a follower's read / ({FOLLOWER_CORES} x {BUSY} - min(W, 1) x processor of a write at a
  follower - W x processor of a write by 16 clients), rounded up, on machines of {FOLLOWER_CORES} cores: a follower
  fetches once a second at most, and renders no more than its leader. A CDN in front takes most reads from all of them.
- Writes are of bodies. A title or a new post renders every list that it is in: its own processor's time stands above,
  and is to be put in place of a write's for as many of W as are such.''')

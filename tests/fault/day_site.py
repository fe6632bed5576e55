"""The site of a day (day.py): the example site, with as many more posts, pages and sessions as are wanted."""
import os
import shutil

EXAMPLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'templates', 'example')
ROOMS, TRACKS = ('Net Loft', 'Boat Shed'), ('Surveying', 'Tools', 'Community')
WORDS = 'tide rope chart buoy ledger quay lantern survey knot pilot signal anchor compass harbour log shore'.split()


def text_of(number, words=120):
    return ' '.join(WORDS[(number * 31 + i * i + i) % len(WORDS)] for i in range(words))


def post_path(number):
    month, day = number % 12 + 1, number % 28 + 1
    return f'2024/{month:02}/2024-{month:02}-{day:02}-day-{number}'


def start_of(number):
    """A quarter of an hour of the event's two days, for a session that may clash with others."""
    return f'2025-09-{12 + number % 2}T{9 + number // 2 % 8:02}:{number // 16 % 4 * 15:02}'


def end_of(start):
    return f'{start[:11]}{int(start[11:13]) + 1:02}{start[13:]}'


def put(folder, path, text):
    path = os.path.join(folder, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)


def write_site(folder, posts, pages, sessions):
    shutil.copytree(EXAMPLE, folder)
    with open(os.path.join(folder, '_config.yml'), encoding='utf-8') as config:
        text = config.read()
    put(folder, '_config.yml', text.replace('\nstet:\n', '\nstet:\n  search: true\n'))
    for i in range(posts):
        put(folder, f'_posts/{post_path(i)}.md', f'---\ntitle: Day {i:05}\ntags: [maps, {WORDS[i % len(WORDS)]}]\n---\n'
                                                f'# About {WORDS[i % len(WORDS)]}\n\n{text_of(i)}\n\nEdit 0000000.\n')
    for i in range(pages):
        put(folder, f'_pages/notes/note-{i}.md', f'---\ntitle: Note {i}\npermalink: /notes/{i}/\n---\n{text_of(i)}\n\n'
                                                 'Edit 0000000.\n')
    for i in range(sessions):
        start = start_of(i * 5)
        put(folder, f'_schedule/more-{i}.md',
            f'---\ntitle: More {i}\nstart: {start}\nend: {end_of(start)}\nroom: {ROOMS[i % 2]}\n'
            f'track: {TRACKS[i % 3]}\ntype: talk\n---\n{text_of(i, 30)}.\n')

#!/usr/bin/env bash
# Search: an index made from nothing, brought through edits, and asked, on sites of growing size.
#
# bench_search.sh STET [POSTS...]   (default: 1000 10000 100000) The sites come from STET_SHARED/tools/gen_site.py (default
# ../shared), with a twentieth as many posts in Chinese; search_load.cc says what is asked.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
shared=${STET_SHARED:-$here/../../../shared}
generator=$shared/tools/gen_site.py
load=${STET_SEARCH_LOAD:-$here/../../build/bench/tests/bench/search_load}
if [ ! -f "$generator" ]; then
  echo "bench search: skipped, for there is no $generator (STET_SHARED names its folder)" >&2
  exit 0
fi
shift
if [ $# -eq 0 ]; then set -- 1000 10000 100000; fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for posts in "$@"; do
  rm -rf "$work/site" "$work/index"
  mkdir -p "$work/index"
  python3 "$generator" "$posts" "$work/site" >/dev/null
  python3 - "$work/site/jekyll/_posts" "$((posts / 20))" <<'END'
import random, sys
folder, count = sys.argv[1], int(sys.argv[2])
random.seed(1)
words = '的 一 是 在 不 了 有 和 人 这 中国 我们 学习 图书馆 时间 工作 城市 音乐 电影 朋友 今天 问题 世界 生活 开始 方法'.split()
for i in range(count):
    body = '。'.join(''.join(random.choices(words, k=12)) for _ in range(25))
    with open(f'{folder}/20{10 + i % 15}-0{1 + i % 9}-1{i % 10}-zh-{i}.md', 'w') as post:
        post.write(f'---\ntitle: {"".join(random.choices(words, k=4))}\n---\n{body}。\n')
END
  "$load" "$work/site/jekyll" "$work/index" 300
done

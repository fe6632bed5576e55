#!/usr/bin/env python3
"""Renders one site with Debian's jekyll and with stet, and compares what came out.

usage: site_test.py SITE_FOLDER STET [--keep FOLDER]

SITE_FOLDER has the site in source/, and differential.json:

  about      one sentence: which rows of Jekyll's behaviour it covers
  packages   Debian packages that it needs beside jekyll
  builds     [{name, arguments, environment}]: how it is built; without any, once and plainly

Where the two may differ stands in differences.json beside this file, {"everywhere": rules, "sites":
{SITE: {"wanted": rules, "open": rules}}}. `wanted`: stet is meant to differ. `open`: stet is not
yet right. A rule is {path, why, ignore, only, builds}: a glob of output paths and the reason. With
`ignore`, regular expressions, what they match is not looked at, else the file is not; `only` is
"jekyll" or "stet", which of them alone has the file; `builds`, the names of those it is about. A
rule of a site that covers no difference is a failure: what is mended leaves the list.

The site's own _config.yml pins `time`; the files' times are pinned here.

Exit status: 0 equal, 1 not, 2 usage, 77 skipped (jekyll or a package is not installed; where CI is
"true" that is a failure). Nothing is fetched: proxies lead to a closed port of this machine.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile

import comparison

DIFFERENCES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "differences.json")
SKIPPED = 77
SECONDS_MAX = 240
SHOWN_MAX = 1500  # characters of what a program said
PINNED = 1735732800  # 2025-01-01T12:00:00Z


class Failed(Exception):
    """A program that could not do its part: the message says which and how."""


def lacking(packages):
    """The first package that is not installed; None: all are."""
    if not shutil.which("dpkg-query"):
        return packages[0]
    for package in packages:
        asked = subprocess.run(["dpkg-query", "-W", "-f=${db:Status-Status}", package],
                               capture_output=True, text=True, check=False)
        if asked.stdout != "installed":
            return package
    return None


def environment_of(build):
    """Nothing of the caller's but PATH: neither his locale nor his gems change a result."""
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": "/nonexistent",
        "TMPDIR": tempfile.gettempdir(),
        "TZ": "UTC",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "JEKYLL_ENV": "production",
        "JEKYLL_NO_BUNDLER_REQUIRE": "true",
    }
    for scheme in ("http", "https", "all"):
        environment[scheme + "_proxy"] = "http://127.0.0.1:9"
    environment.update(build.get("environment", {}))
    return environment


def copy_pinned(source, target):
    shutil.copytree(source, target)
    for root, folders, names in os.walk(target):
        for name in folders + names:
            os.utime(os.path.join(root, name), (PINNED, PINNED))


def run(command, folder, environment):
    try:
        ended = subprocess.run(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
                               timeout=SECONDS_MAX)
    except subprocess.TimeoutExpired:
        raise Failed("took longer than %d s: %s" % (SECONDS_MAX, " ".join(command))) from None
    if ended.returncode != 0:
        raise Failed("%s\nended with %d:\n%s" %
                     (" ".join(command), ended.returncode,
                      ended.stdout.decode("utf-8", "replace")[:SHOWN_MAX]))


def render(site, build, stet, folder):
    """Both renderings of one build: the folders they are in."""
    environment = environment_of(build)
    arguments = build.get("arguments", [])
    programs = {
        "jekyll": ["/usr/bin/jekyll", "build", "--disable-disk-cache", "--quiet"],
        "stet": [stet, "build", "--quiet"],
    }
    results = []
    for name, program in programs.items():
        work, result = (os.path.join(folder, name + end) for end in (".source", ""))
        copy_pinned(os.path.join(site, "source"), work)
        run(program + ["-s", ".", "-d", result] + arguments, work, environment)
        results.append(result)
    return results


def test_build(site, plan, build, place):
    """What is wrong with one build of a site, a text each."""
    stet, folder = place
    name = build["name"]
    rules = [
        comparison.Rule(kind, rule, name) for kind in ("wanted", "open")
        for rule in plan["rules"].get(kind, [])
    ]
    everywhere = [comparison.Rule("wanted", rule, name) for rule in plan["everywhere"]]
    try:
        jekyll, ours = render(site, build, stet, folder)
    except Failed as failure:
        return ["%s: %s" % (name, failure)]
    result = comparison.Comparison(jekyll, ours, everywhere + rules)
    print("%s: %d files are the same, %d differ as differences.json says, %d otherwise" %
          (name, result.same, result.listed, len(result.failures)))
    stale = [rule for rule in rules if rule.is_here and not rule.is_used]
    return ["%s: %s" % (name, failure) for failure in result.failures] + [
        "%s: nothing differs any more as `%s` in differences.json says (%s): take it out" %
        (name, rule.kind, rule) for rule in stale
    ]


def read_plan(site):
    with open(os.path.join(site, "differential.json"), encoding="utf-8") as file:
        plan = json.load(file)
    with open(DIFFERENCES, encoding="utf-8") as file:
        differences = json.load(file)
    plan["rules"] = differences["sites"].get(os.path.basename(os.path.normpath(site)), {})
    plan["everywhere"] = differences["everywhere"]
    return plan


def main(arguments):
    if len(arguments) not in (2, 4):
        print(__doc__)
        return 2
    site, stet = arguments[0], os.path.abspath(os.environ.get("STET_PROGRAM") or arguments[1])
    plan = read_plan(site)
    package = lacking(["jekyll"] + plan.get("packages", []))
    if package and os.environ.get("CI") != "true":
        print("skipped: Debian's %s is not installed" % package)
        return SKIPPED
    if package:
        print("Debian's %s is not installed, and where CI is true it must be" % package)
        return 1
    failures = []
    with tempfile.TemporaryDirectory(prefix="stet-differential-") as temporary:
        folder = os.path.abspath(arguments[3]) if len(arguments) == 4 else temporary
        for build in plan.get("builds", [{"name": "plain"}]):
            failures += test_build(site, plan, build, (stet, os.path.join(folder, build["name"])))
    print("\n".join(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

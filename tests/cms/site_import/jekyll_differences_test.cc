#include "cms/site_import/jekyll_differences.h"

#include <gtest/gtest.h>

#include "storage/base/hash.h"
#include "storage/snapshot/blob_id.h"
#include "storage/snapshot/overlay_snapshot.h"
#include "tests/cms/site/made_site.h"

namespace stet::site_import {
namespace {

using site::MadeSite;
using storage::EntryKind;

struct Looked {
  MadeSite::Files files;
  std::map<std::string, EntryKind> links = {};
  std::map<std::string, std::uint64_t> sizes = {};
  bool has_objects = false;
};

std::string told_of(const Looked& looked) {
  MadeSite site(looked.files);
  storage::Overlay overlay;
  for (const auto& [path, kind] : looked.links) {
    RepoPath place = RepoPath::parse(path).value();
    overlay.files[place] = storage::SnapshotEntry{place, storage::blob_id_of("x"), kind};
  }
  auto snapshot =
      storage::make_overlay_snapshot(*storage::make_memory_snapshot(looked.files), overlay);
  auto size_of = [&](const storage::SnapshotEntry& entry) -> Result<std::uint64_t> {
    auto size = looked.sizes.find(entry.path.string());
    if (size != looked.sizes.end()) return size->second;
    return std::uint64_t{looked.files.at(entry.path.string()).size()};
  };
  auto has_object = [&](const storage::LfsPointer&) { return looked.has_objects; };
  auto problems = jekyll_differences(
      *site, {.snapshot = *snapshot, .size_of = size_of, .has_object = has_object});
  EXPECT_TRUE(problems) << problems.error().message;
  std::string text;
  for (const Problem& problem : *problems) text += to_string(problem) + "\n";
  return text;
}

TEST(JekyllDifferences, NothingIsToldOfAPlainSite) {
  EXPECT_EQ(told_of({.files = {{"_config.yml",
                                "title: T\nsource: .\nhighlighter: rouge\nencoding: utf-8\n"
                                "plugins: [jekyll-feed]\nliquid: {error_mode: warn}\n"},
                               {"Gemfile",
                                "source \"x\"\ngem \"jekyll\"\ngroup :jekyll_plugins do\n"
                                "  gem \"jekyll-feed\"\nend\ngem \"webrick\"\n"},
                               {"index.md", "---\n---\n"}}}),
            "");
}

TEST(JekyllDifferences, AreToldWithFileLineAndMend) {
  struct Case {
    Looked looked;
    std::string told;
  };
  const std::string pointer =
      "version https://git-lfs.github.com/spec/v1\noid sha256:" + std::string(64, 'a') +
      "\nsize 12\n";
  const std::vector<Case> cases = {
      {{.files = {}, .links = {{"a.md", EntryKind::kSymlink}}},
       "a.md: a symbolic link is not followed"},
      {{.files = {}, .links = {{"sub", EntryKind::kSubmodule}}},
       "sub: a submodule's files are not read"},
      {{.files = {{"film.mp4", "x"}}, .sizes = {{"film.mp4", std::uint64_t{200} << 20}}},
       "film.mp4: the file has 200 MiB, and the editor takes 100 MiB at most"},
      {{.files = {{"film.mp4", pointer}}},
       "film.mp4: the file is with Git LFS, and its object is not here"},
      {{.files = {{"_redirects", "/a /b"}}},
       "_redirects: redirects of Netlify or Cloudflare are not read"},
      {{.files = {{"_config.prod.yml", "a: b"}}},
       "_config.prod.yml: a server reads _config.yml alone"},
      {{.files = {{"_config.yml", "title: T\nlsi: true\n"}}},
       "_config.yml:2:6: lsi: 'true' has no effect"},
      {{.files = {{"_config.yml", "source: src\n"}}},
       "_config.yml:1:9: source: 'src' has no effect"},
      {{.files = {{"_config.yml", "liquid:\n  error_mode: strict\n"}}},
       "_config.yml:2:15: liquid.error_mode: 'strict' has no effect"},
      {{.files = {{"_config.yml", "highlighter: pygments\n"}}},
       "_config.yml:1:14: highlighter: 'pygments' has no effect"},
      {{.files = {{"Gemfile",
                   "gem 'jekyll'\n\ngroup :jekyll_plugins do\n  gem 'jekyll-feed'\nend\n"}}},
       "Gemfile:4: 'jekyll-feed' is switched on by Bundler alone; add it to plugins"},
      {{.files = {{"Gemfile", "gem \"jekyll-scholar\", group: :jekyll_plugins\n"}}},
       "Gemfile:1: 'jekyll-scholar' is switched on by Bundler alone, and is not built in; the site "
       "will lack bibliographies"},
  };
  for (const Case& one : cases) {
    std::string told = told_of(one.looked);
    EXPECT_EQ(told.find(one.told), 0u) << one.told << "\nbut: " << told;
    EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), 1) << told;
  }
  EXPECT_EQ(told_of({.files = {{"film.mp4", pointer}}, .has_objects = true}), "");
}

}  // namespace
}  // namespace stet::site_import

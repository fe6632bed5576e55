// A site's index: made from nothing, brought through edits, and asked. Rows of a Markdown table.
//
// search_load SITE FOLDER QUESTIONS: SITE is a working folder; FOLDER is where the index lies, and
// is empty; each kind of question is asked so often.

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "cms/search/index.h"
#include "cms/search/words.h"
#include "cms/site/builder.h"
#include "storage/snapshot/folder_snapshot.h"
#include "storage/snapshot/overlay_snapshot.h"

namespace {

using namespace stet;
using Watch = std::chrono::steady_clock;

double ms_since(Watch::time_point begin) {
  return std::chrono::duration<double, std::milli>(Watch::now() - begin).count();
}

double cpu_ms() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  auto ms = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
  };
  return ms(usage.ru_utime) + ms(usage.ru_stime);
}

template <typename T>
T must(Result<T> result) {
  if (result) return std::move(*result);
  std::fprintf(stderr, "%s\n", result.error().message.c_str());
  std::exit(1);
}

void must(Status status) {
  if (status) return;
  std::fprintf(stderr, "%s\n", status.error().message.c_str());
  std::exit(1);
}

struct Taken {
  std::vector<double> values;
  double longest() const { return *std::max_element(values.begin(), values.end()); }
  double share(double part) {
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1,
                           static_cast<std::size_t>(static_cast<double>(values.size()) * part))];
  }
};

// Words of the generated posts, from those that all have to those that few do.
const char* const kCommon[] = {"people", "through", "another", "community", "network", "schedule"};
const char* const kDense[] = {"的", "中国", "我们", "图书馆", "人", "学习"};

struct Kind {
  const char* name;
  std::function<std::string(std::size_t)> question;
};

std::vector<Kind> kinds(const std::vector<std::string>& rare) {
  return {
      {"one letter", [](std::size_t i) { return std::string(1, static_cast<char>('a' + i % 26)); }},
      {"beginning of a common word",
       [](std::size_t i) { return std::string(kCommon[i % 6]).substr(0, 3 + i % 4); }},
      {"common word", [](std::size_t i) { return kCommon[i % 6] + std::string(" "); }},
      {"three common words",
       [](std::size_t i) {
         return std::string(kCommon[i % 6]) + " " + kCommon[(i + 1) % 6] + " " +
                kCommon[(i + 2) % 6];
       }},
      {"phrase of common words",
       [](std::size_t i) {
         return "\"" + std::string(kCommon[i % 6]) + " " + kCommon[(i + 1) % 6] + "\"";
       }},
      {"rare word", [rare](std::size_t i) { return rare[i % rare.size()] + " "; }},
      {"a word that nothing has", [](std::size_t i) { return "zzyzx" + std::to_string(i) + " "; }},
      {"Chinese", [](std::size_t i) { return kDense[i % 6] + std::string(" "); }},
      {"with a tag, without a word",
       [](std::size_t i) { return "tag:network -the " + std::string(kCommon[i % 6]); }},
  };
}

void ask(search::Index& index, const std::vector<Kind>& kinds, std::size_t questions) {
  const std::size_t entries = index.entries();
  Taken all;
  for (const Kind& kind : kinds) {
    Taken taken;
    std::size_t total = 0;
    for (std::size_t i = 0; i < questions; ++i) {
      search::Wanted wanted{.query = must(search::parse_query(kind.question(i)))};
      wanted.reach.is_public = i % 2 == 0;
      auto begin = Watch::now();
      total = must(index.find(wanted)).total;
      taken.values.push_back(ms_since(begin));
      all.values.push_back(taken.values.back());
    }
    std::printf("| %zu | %s | %.2f | %.2f | %.2f | %zu |\n",
                entries,
                kind.name,
                taken.share(.5),
                taken.share(.99),
                taken.longest(),
                total);
  }
  std::printf("| %zu | all | %.2f | %.2f | %.2f | |\n",
              entries,
              all.share(.5),
              all.share(.99),
              all.longest());
}

// Words that the posts at the beginning have once.
std::vector<std::string> rare_words(const site::Site& site, const std::vector<std::string>& posts) {
  constexpr std::size_t kPostsRead = 300, kWords = 12, kBytesMin = 6;
  std::map<std::string, std::size_t> counts;
  for (std::size_t i = 0; i < std::min(kPostsRead, posts.size()); ++i) {
    std::string text = must(site.read_path(posts[i]));
    search::WordReader reader(text);
    for (search::Word word; reader.next(word);) ++counts[word.text];
  }
  std::vector<std::string> rare;
  for (const auto& [word, number] : counts) {
    if (number == 1 && word.size() >= kBytesMin && rare.size() < kWords) rare.push_back(word);
  }
  return rare.empty() ? std::vector<std::string>{"none"} : rare;
}

}  // namespace

int main(int count, char** words) {
  if (count != 4) return 2;
  const std::filesystem::path folder = words[2];
  auto snapshot = must(storage::open_folder_snapshot(words[1]));
  reads::Names names;
  site::Builder builder({}, names);
  constexpr Instant kNow{1'900'000'000};
  site::SitePtr site = must(builder.build({snapshot, kNow, {}}));
  auto index = must(search::Index::open(folder / "search.sqlite", fingerprint("bench")));
  const CommitId commit = must(CommitId::parse(std::string(40, '1')));

  auto begin = Watch::now();
  double cpu = cpu_ms();
  must(index->follow(site, commit));
  double bytes = static_cast<double>(std::filesystem::file_size(folder / "search.sqlite"));
  std::printf("\n%zu entries: indexed in %.1f s (%.1f s of the processor's time), %.0f MB\n",
              index->entries(),
              ms_since(begin) / 1e3,
              (cpu_ms() - cpu) / 1e3,
              bytes / 1e6);

  std::vector<std::string> posts;
  site->sources().for_each([&](const std::string& path, const site::SourceFilePtr&) {
    if (path.starts_with("_posts/")) posts.push_back(path);
  });
  Taken edits;
  storage::SnapshotPtr before = snapshot;
  for (std::size_t i = 0; i < 100; ++i) {
    const std::string& path = posts[i * 7919 % posts.size()];
    std::string text = must(site->read_path(path));
    text += "\nEdited number" + std::to_string(i) + " just now.\n";
    std::map<RepoPath, std::optional<std::string>> edit = {{must(RepoPath::parse(path)), text}};
    auto made = storage::make_overlay_snapshot(before, edit);
    auto diff = must(storage::compare(*before, *made));
    site = must(builder.advance(site, diff, {made, kNow, {}})).site;
    before = made;
    auto edit_begin = Watch::now();
    must(index->follow(site, commit));
    edits.values.push_back(ms_since(edit_begin));
  }
  std::printf("an edit: p50 %.1f ms, p99 %.1f ms\n\n", edits.share(.5), edits.share(.99));
  std::printf("| entries | question | p50 ms | p99 ms | longest ms | found |\n");
  std::printf("|---:|---|---:|---:|---:|---:|\n");
  ask(*index, kinds(rare_words(*site, posts)), static_cast<std::size_t>(std::atoi(words[3])));
  return 0;
}

#include "tests/replay/comparison.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <tuple>

namespace stet::replay {
namespace {

constexpr std::size_t kExcerptBytesMax = 200;
constexpr std::size_t kMissedShownMax = 20;

// What stands at the first byte that differs, with a little before it.
std::string excerpt(std::string_view bytes, std::size_t at) {
  std::size_t begin = at - std::min<std::size_t>(at, 40);
  return std::string(bytes.substr(begin, kExcerptBytesMax));
}

std::string told(std::string_view live, std::string_view fresh) {
  auto at = static_cast<std::size_t>(
      std::mismatch(live.begin(), live.end(), fresh.begin(), fresh.end()).first - live.begin());
  return "differs at byte " + std::to_string(at) + "\n    live:  " + excerpt(live, at) +
         "\n    fresh: " + excerpt(fresh, at);
}

class Comparison {
 public:
  Comparison(const pipeline::Pipeline& pipeline, const publish::Live& live, publish::Store& store)
      : pipeline_(pipeline), live_(live), store_(store) {}

  // Keeps the reads of pages that differ, to be named when all names are known.
  Status see(const std::string& path, const render::RenderedPage& page) {
    std::lock_guard lock(mutex_);
    seen_.insert(path);
    if (page.is_failed) return {};
    const publish::ManifestEntry* entry = live_.manifest.find(path);
    if (!entry) {
      add(path, "is not live", page);
    } else if (entry->is_stale()) {
      add(path, "is stale", page);
    } else if (entry->page()->content != content_hash(page.bytes)) {
      auto bytes = TRY(store_.get(entry->page()->content));
      add(path, told(*bytes, page.bytes), page);
    }
    return {};
  }

  std::vector<Difference> finish(const pipeline::BuildReport& report) {
    live_.manifest.entries().for_each(
        [&](const publish::OutputPath& path, const publish::ManifestEntry&) {
          if (!seen_.contains(path.string()))
            found_[path.string()].what = "is live, and is no more";
        });
    for (const auto& [path, reads] : reads_) find_missed(path, reads, *report.names);
    compare_problems(report.problems);
    std::vector<Difference> all;
    for (auto& [path, difference] : found_) {
      difference.path = path;
      all.push_back(std::move(difference));
    }
    return all;
  }

 private:
  void add(const std::string& path, std::string what, const render::RenderedPage& page) {
    found_[path].what = std::move(what);
    reads_[path] = page.reads;
  }

  void find_missed(const std::string& path, const reads::Reads& reads, const reads::Names& names) {
    auto explanation = pipeline_.explain(path);
    if (!explanation) return;
    std::set<std::string> known(explanation->reads.begin(), explanation->reads.end());
    auto compare = [&](std::string read) {
      auto& missed = found_[path].missed;
      if (missed.size() < kMissedShownMax && !known.contains(read)) {
        missed.push_back(std::move(read));
      }
    };
    for (const reads::Key& key : reads.keys) compare(reads::describe(key, names));
    for (const reads::Span& span : reads.spans) compare(reads::describe(span, names));
  }

  static std::set<std::string> texts_of(const Problems& problems) {
    std::set<std::string> texts;
    for (const Problem& problem : problems) texts.insert(to_string(problem));
    return texts;
  }

  void compare_problems(const Problems& fresh) {
    // Of work that is held back there are more.
    if (pipeline_.public_site() != pipeline_.site()) return;
    std::set<std::string> ours = texts_of(pipeline_.problems()), theirs = texts_of(fresh);
    if (ours == theirs) return;
    Difference& difference = found_[""];
    difference.what = "the problems are others";
    for (const std::string& text : ours) {
      if (!theirs.contains(text)) difference.what += "\n    live alone:  " + text;
    }
    for (const std::string& text : theirs) {
      if (!ours.contains(text)) difference.what += "\n    fresh alone: " + text;
    }
  }

  const pipeline::Pipeline& pipeline_;
  const publish::Live& live_;
  publish::Store& store_;
  std::mutex mutex_;
  std::set<std::string> seen_;
  std::map<std::string, Difference> found_;
  std::map<std::string, reads::Reads> reads_;
};

}  // namespace

Result<std::vector<Difference>> differences(const pipeline::Pipeline& pipeline,
                                            const publish::Live& live,
                                            publish::Store& store,
                                            pipeline::BuildRequest request) {
  Comparison comparison(pipeline, live, store);
  auto report = TRY(pipeline::build_once(
      std::move(request), [&](const std::string& path, const render::RenderedPage& page) {
        return comparison.see(path, page);
      }));
  return comparison.finish(report);
}

std::string describe(const Difference& difference) {
  std::string text =
      (difference.path.empty() ? "problems" : difference.path) + ": " + difference.what;
  for (const std::string& read : difference.missed) text += "\n    not read: " + read;
  return text;
}

}  // namespace stet::replay

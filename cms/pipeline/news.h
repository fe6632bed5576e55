// What a pipeline has done: for answers, for those who listen, and in numbers.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "cms/dirty/wave.h"
#include "cms/publish/live.h"

namespace stet::pipeline {

// Nanoseconds of each step; what a write's Server-Timing header says.
struct Timings {
  std::int64_t diff = 0, dirty = 0, render = 0, publish = 0;
};

struct DirtyPage {
  std::string path;  // output path
  std::string url;   // from the public root, percent-encoded; "": the path cannot be published
  dirty::Reasons reasons;
};

struct Published {
  publish::LivePointer live;              // or newest, while an older one is held live
  std::vector<DirtyPage> pages;           // rendered for this publication
  std::vector<std::string> changed_urls;  // those whose bytes differ, came or went
  std::vector<DirtyPage> stale;           // to be rendered when asked for, or by fill()
  Timings timings;
};
using PublishedPtr = std::shared_ptr<const Published>;

// A publication, or pages that it lacked and has now.
struct News {
  publish::LivePointer newest;
  const Published* published = nullptr;  // null: a fill
  std::span<const publish::Change> changes;
};
// Called in order, under the pipeline's lock: so it is quick, and calls no pipeline.
using Tell = std::function<void(const News&)>;

// Since the start.
struct Counts {
  std::uint64_t publications = 0;
  std::uint64_t rendered = 0;    // pages, before their publication
  std::uint64_t freshened = 0;   // stale pages, for a reader or in the background
  std::uint64_t overtaken = 0;   // of those: in vain, for a newer change came
  std::uint64_t audited = 0;     // pages that were rendered once more to see whether they are right
  std::uint64_t mismatches = 0;  // of those: wrong, and mended
  std::uint64_t missed_reads = 0;  // that an audit found, and nobody had recorded
  Timings took;                    // of all publications together
};

}  // namespace stet::pipeline

// A whole site rendered from nothing: what `stet build` and `stet check` do, and what every
// incremental result must equal.
//
// Threads: sinks are called from the threads of `for_all` at once, each output once. Memory: the
// site and the pages being rendered; pages are handed on as they are made.
#pragma once

#include <functional>
#include <string>

#include "cms/render/renderer.h"
#include "cms/site/builder.h"
#include "storage/base/for_all.h"
#include "storage/base/hash.h"
#include "storage/base/progress.h"

namespace stet::pipeline {

struct BuildRequest {
  site::SiteSource source;
  site::BuilderOptions site;
  liquid::Limits limits;
  std::shared_ptr<sass::Compiler> sheets;  // null: a sheet of Sass is a problem
  std::shared_ptr<site::Pictures> pictures = std::make_shared<site::Pictures>();
  std::shared_ptr<const storage::LargeFiles> files = {};  // null: all are read into memory
  ForAll for_all;                           // whose threads; empty: the caller's alone
  Problems problems = {};                   // of the source, beside those that its site finds
  std::shared_ptr<Progress> progress = {};  // null: nobody looks
};

struct BuildReport {
  std::shared_ptr<reads::Names> names;  // the site's and its reads'
  site::SitePtr site;
  std::shared_ptr<const void> caches;  // what rendering has remembered
  std::size_t pages = 0;
  std::size_t failed = 0;  // pages that Jekyll would have aborted in
  Problems problems;       // of files and pages, each once, by path and line
};

// A page that failed is handed on with is_failed set. An error of the sink ends the build.
using PageSink =
    std::function<Status(const std::string& output_path, const render::RenderedPage& page)>;

Result<BuildReport> build_once(BuildRequest request, const PageSink& sink);

// What a publication of the site says that it was made with (publish::Publication::settings): the
// server's settings, and the site's theme.
Fingerprint settings_of(const Fingerprint& settings, const site::Site& site);

}  // namespace stet::pipeline

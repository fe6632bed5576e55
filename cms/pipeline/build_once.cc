#include "cms/pipeline/build_once.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <tuple>

#include "cms/pipeline/for_all.h"
#include "cms/pipeline/made_page.h"

namespace stet::pipeline {
namespace {

void sort_unique(Problems& problems) {
  auto order = [](const Problem& problem) {
    return std::tie(problem.path, problem.line, problem.column, problem.message);
  };
  std::sort(problems.begin(), problems.end(), [&](const Problem& a, const Problem& b) {
    return order(a) < order(b);
  });
  problems.erase(std::unique(problems.begin(), problems.end()), problems.end());
}

struct Caches {
  render::Templates templates;
  render::Renditions renditions{render::Renditions::kBytesMax, false};
  render::Instants instants;
};

// Sheets first, for another process makes them meanwhile, and their maps, which come with them,
// last.
int rank_of(const site::Output& output) {
  if (output.is_source_map) return 2;
  const auto* document = dynamic_cast<const site::Document*>(output.item.get());
  return document && document->facts().is_sheet ? 0 : 1;
}

}  // namespace

Result<BuildReport> build_once(BuildRequest request, const PageSink& sink) {
  BuildReport report;
  report.names = std::make_shared<reads::Names>();
  auto caches = std::make_shared<Caches>();
  report.caches = caches;
  const ForAll for_all = request.for_all ? request.for_all : for_all_with(0);
  request.site.for_all = told(for_all, request.progress, kReading);
  site::Builder builder(std::move(request.site), *report.names);
  report.site = TRY(builder.build(std::move(request.source)));
  report.problems = report.site->problems();
  report.problems.insert(report.problems.end(), request.problems.begin(), request.problems.end());
  std::vector<std::pair<std::string, const site::Output*>> outputs;
  report.site->for_each_output([&](const std::string& path, const site::Output& output) {
    outputs.emplace_back(path, &output);
  });
  std::stable_sort(outputs.begin(), outputs.end(), [](const auto& a, const auto& b) {
    return rank_of(*a.second) < rank_of(*b.second);
  });
  render::Renderer renderer(report.site,
                            {caches->templates,
                             caches->renditions,
                             caches->instants,
                             request.limits,
                             request.sheets.get(),
                             request.pictures.get(),
                             request.files.get()});
  std::atomic<std::size_t> failed{0};
  std::atomic<bool> is_over{false};
  std::mutex mutex;
  std::optional<Error> error;
  told(for_all, request.progress, kRendering)(outputs.size(), [&](std::size_t i) {
    if (is_over) return;
    render::RenderedPage page = renderer.render(*outputs[i].second);
    add_fault_of_place(outputs[i].first, page);
    failed += page.is_failed;
    Status taken = sink(outputs[i].first, page);
    if (taken && page.problems.empty()) return;
    std::lock_guard lock(mutex);
    report.problems.insert(report.problems.end(), page.problems.begin(), page.problems.end());
    if (taken || error) return;
    error = taken.error();
    is_over = true;
  });
  if (error) return std::move(*error);
  report.pages = outputs.size();
  report.failed = failed;
  sort_unique(report.problems);
  return report;
}

Fingerprint settings_of(const Fingerprint& settings, const site::Site& site) {
  const site::ThemePtr& theme = site.theme();
  if (!theme) return settings;
  return Fingerprinter().add(settings).add(theme->fingerprint).finish();
}

}  // namespace stet::pipeline

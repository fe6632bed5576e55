#include "cms/pipeline/build_once.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>
#include <tuple>

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

}  // namespace

Result<BuildReport> build_once(BuildRequest request, const PageSink& sink) {
  BuildReport report;
  report.names = std::make_shared<reads::Names>();
  render::Templates templates;
  render::Renditions renditions;
  render::Instants instants;
  site::Builder builder(std::move(request.site), *report.names);
  report.site = TRY(builder.build(std::move(request.source)));
  report.problems = report.site->problems();
  std::vector<std::pair<std::string, const site::Output*>> outputs;
  report.site->for_each_output([&](const std::string& path, const site::Output& output) {
    outputs.emplace_back(path, &output);
  });
  render::Renderer renderer(
      report.site, {templates, renditions, instants, request.limits, request.sheets.get()});
  std::atomic<std::size_t> next{0}, failed{0};
  std::mutex mutex;
  std::optional<Error> error;
  auto run = [&] {
    for (std::size_t i = next++; i < outputs.size(); i = next++) {
      render::RenderedPage page = renderer.render(*outputs[i].second);
      failed += page.is_failed;
      Status taken = sink(outputs[i].first, page);
      if (taken && page.problems.empty()) continue;
      std::lock_guard lock(mutex);
      report.problems.insert(report.problems.end(), page.problems.begin(), page.problems.end());
      if (!taken && !error) error = taken.error();
      if (error) return;
    }
  };
  std::vector<std::thread> helpers;
  for (unsigned i = 1; i < request.threads; ++i) helpers.emplace_back(run);
  run();
  for (std::thread& helper : helpers) helper.join();
  if (error) return std::move(*error);
  report.pages = outputs.size();
  report.failed = failed;
  sort_unique(report.problems);
  return report;
}

}  // namespace stet::pipeline

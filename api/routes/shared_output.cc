#include "api/routes/shared_output.h"

#include <algorithm>

#include "cms/change/entry.h"
#include "cms/document/document.h"

namespace stet::api {
namespace {

constexpr std::size_t kNamedMax = 5;

// Where the file's own page would lie, or the file itself; "": nowhere.
std::string output_of(const site::SourceFile& source) {
  for (const site::DocumentPtr& document : source.documents) {
    if (!document->facts().output_path.empty()) return document->facts().output_path;
  }
  bool is_shown =
      source.documents.empty() && source.static_file && source.static_file->is_written();
  return is_shown ? source.static_file->output_path() : "";
}

// Files whose visible documents make the output, or that are it, but for one.
std::vector<std::string> others_at(const site::Site& site,
                                   const std::string& output,
                                   const std::string& but) {
  std::vector<std::string> others;
  auto add = [&](const std::string& path) {
    if (others.size() < kNamedMax && path != but) others.push_back(path);
  };
  site.documents().for_each([&](const std::string&, const site::DocumentPtr& document) {
    if (document->facts().output_path == output) add(document->facts().path);
  });
  site.sources().for_each([&](const std::string& path, const site::SourceFilePtr& source) {
    if (source->documents.empty() && output_of(*source) == output) add(path);
  });
  return others;
}

Problem problem_of(const site::Site& site,
                   const std::string& path,
                   const std::string& output,
                   const std::vector<std::string>& others) {
  std::string names;
  for (const std::string& other : others) names += (names.empty() ? "" : ", ") + other;
  const site::Output* shown = site.find_output(output);
  std::string shown_path = shown ? shown->item->path() : path;
  return {Severity::kWarning,
          path,
          0,
          0,
          "this has the URL of " + names + "; " + shown_path +
              " is shown there. Give one of them another permalink"};
}

}  // namespace

Problems shared_outputs(const site::Site& site, const change::Plan& plan) {
  Problems problems;
  for (const auto& [path, content] : plan.edits) {
    const site::SourceFile* source = content ? site.find_source(path.view()) : nullptr;
    std::string output = source ? output_of(*source) : "";
    if (output.empty() || !site.has_other_output(output, path.string())) continue;
    auto others = others_at(site, output, path.string());
    if (others.empty()) continue;
    Problem problem = problem_of(site, path.string(), output, others);
    if (auto place = document::position_of(*content, "/front_matter/permalink")) {
      problem.line = place->line;
      problem.column = place->column;
    }
    problems.push_back(std::move(problem));
  }
  return problems;
}

}  // namespace stet::api

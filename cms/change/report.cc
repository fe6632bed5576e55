#include "cms/change/report.h"

#include "cms/document/document.h"
#include "storage/base/utf8.h"

namespace stet::change {
namespace {

constexpr std::size_t kPlacedBytesMax = 64 << 10;  // larger files are not parsed for each place
constexpr std::size_t kMessageBytesMax = 500;

// A YAML file read as front matter, whose places document::position_of knows.
std::optional<document::Position> position_in_yaml(std::string_view bytes,
                                                   std::string_view pointer) {
  bool is_opened = bytes.starts_with("---\n") || bytes.starts_with("---\r\n");
  std::string wrapped = (is_opened ? "" : "---\n") + std::string(bytes) + "\n---\n";
  auto position = document::position_of(wrapped, "/front_matter" + std::string(pointer));
  if (position && !is_opened) --position->line;
  return position;
}

}  // namespace

std::optional<document::Position> place_of(std::string_view bytes,
                                           FileShape shape,
                                           std::string pointer) {
  if (bytes.size() > kPlacedBytesMax) return std::nullopt;
  while (!pointer.empty()) {
    auto position = shape == FileShape::kYaml ? position_in_yaml(bytes, pointer)
                                              : document::position_of(bytes, pointer);
    if (position) return position;
    pointer.resize(pointer.rfind('/'));
  }
  return std::nullopt;
}

void Report::add(Severity severity, std::string pointer, std::string message, bool is_of_schema) {
  if (is_full()) return;
  FieldProblem found{std::move(pointer), printable(message, kMessageBytesMax), severity};
  found.is_of_schema = is_of_schema;
  if (auto position = place_of(bytes_, shape_, found.pointer)) {
    found.line = position->line;
    found.column = position->column;
  }
  if (found.line == 0) found.line = 1;
  findings_.push_back(std::move(found));
}

void Report::clash(Severity severity, std::string pointer, std::string message) {
  if (is_full()) return;
  add(severity, std::move(pointer), std::move(message));
  findings_.back().is_clash = true;
}

void Report::add(const Problem& problem, std::string pointer) {
  if (is_full()) return;
  findings_.push_back({std::move(pointer),
                       printable(problem.message, kMessageBytesMax),
                       problem.severity,
                       problem.line,
                       problem.column});
}

bool has_error(const Findings& findings) {
  for (const FieldProblem& found : findings) {
    if (found.severity == Severity::kError) return true;
  }
  return false;
}

Problems to_problems(const RepoPath& path, const Findings& findings) {
  Problems problems;
  for (const FieldProblem& found : findings) {
    problems.push_back({found.severity, path.string(), found.line, found.column, found.message});
  }
  return problems;
}

}  // namespace stet::change

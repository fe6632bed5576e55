#include "cms/liquid/template.h"

#include <algorithm>

#include "cms/liquid/parser.h"
#include "cms/liquid/renderer.h"
#include "cms/liquid/syntax.h"

namespace stet::liquid {
namespace {

// Positions in the source are 32 bits wide; a text near that size is no page.
constexpr std::size_t kSourceBytesMax = std::size_t{256} << 20;

}  // namespace

Problem problem_at(const Syntax& syntax,
                   std::uint32_t offset,
                   Severity severity,
                   std::string message) {
  const std::string_view before = std::string_view(syntax.source).substr(0, offset);
  const std::size_t line_start = before.rfind('\n') + 1;  // of npos it is 0
  const auto lines = std::count(before.begin(), before.end(), '\n');
  return {.severity = severity,
          .path = syntax.path,
          .line = syntax.first_line + static_cast<int>(lines),
          .column = static_cast<int>(before.size() - line_start) + 1,
          .message = std::move(message)};
}

Template::Template(std::unique_ptr<const Syntax> syntax) : syntax_(std::move(syntax)) {}
Template::~Template() = default;

Parsed Template::parse(std::string source, std::string path, int first_line) {
  auto syntax = std::make_unique<Syntax>();
  syntax->path = std::move(path);
  syntax->first_line = first_line;
  Problems problems;
  if (source.size() > kSourceBytesMax) {
    syntax->error = problem_at(*syntax, 0, Severity::kError, "the file is too large for Liquid");
  } else {
    syntax->source = std::move(source);
    Parser(*syntax, problems).run();
  }
  if (syntax->error) problems.push_back(*syntax->error);
  return {std::shared_ptr<const Template>(new Template(std::move(syntax))), std::move(problems)};
}

Rendered Template::render(const Globals& globals, Host& host, const Limits& limits) const {
  return Renderer(*this, globals, host, limits).run();
}

const std::string& Template::path() const { return syntax_->path; }
std::string_view Template::source() const { return syntax_->source; }

bool Template::is_plain() const {
  return !syntax_->error &&
         std::all_of(syntax_->root.nodes.begin(), syntax_->root.nodes.end(), [](const Node& node) {
           return node.kind == Node::Kind::kText;
         });
}

}  // namespace stet::liquid

#include "cms/document/document.h"

#include <charconv>
#include <string>
#include <vector>

#include "cms/document/compose.h"
#include "cms/document/entries.h"
#include "cms/document/front_matter.h"
#include "cms/document/syntax.h"
#include "storage/base/utf8.h"

namespace stet::document {
namespace {

void say(Document& document,
         std::string_view bytes,
         std::string_view path,
         std::size_t offset,
         Severity severity,
         std::string message) {
  Position position = position_at(bytes, offset);
  document.problems.push_back(
      {severity, std::string(path), position.line, position.column, std::move(message)});
}

void read_front_matter(Document& document, const Source& source) {
  auto syntax = read_syntax(source, document.problems);
  std::optional<Data> data;
  if (syntax) data = syntax->root < 0 ? Data() : compose(source, *syntax, document.problems);
  if (!data) {
    document.is_broken = true;
  } else if (data->is_map()) {
    document.front_matter = std::move(*data);
  } else if (!data->is_nil() && data->boolean() == nullptr) {
    document.is_broken = true;
    std::size_t offset = syntax->at(syntax->root).begin;
    Position position = position_at(source.bytes, offset);
    document.problems.push_back({Severity::kError,
                                 std::string(source.path),
                                 position.line,
                                 position.column,
                                 "front matter is keys with values; write \"key: value\" lines"});
  }
}

// The tokens of a JSON pointer; none if it is not one.
std::optional<std::vector<std::string>> tokens_of(std::string_view pointer) {
  std::vector<std::string> tokens;
  if (!pointer.empty() && pointer[0] != '/') return std::nullopt;
  for (char c : pointer) {
    if (c == '/') {
      tokens.emplace_back();
    } else if ((c == '0' || c == '1') && tokens.back().ends_with('~')) {
      tokens.back().back() = c == '0' ? '\1' : '/';  // "~0" is settled below: "~01" is "~1"
    } else {
      tokens.back() += c;
    }
  }
  for (auto& token : tokens) {
    for (char& c : token) c = c == '\1' ? '~' : c;
  }
  return tokens;
}

int child_of(const Source& source, const Syntax& syntax, int id, std::string_view token) {
  const Node* node = &syntax.at(id);
  if (node->kind == Node::Kind::kAlias && node->target >= 0) node = &syntax.at(node->target);
  if (node->kind == Node::Kind::kList) {
    std::size_t index = 0;
    auto [end, failure] = std::from_chars(token.data(), token.data() + token.size(), index);
    bool is_index = failure == std::errc() && end == token.data() + token.size();
    return is_index && index < node->children.size() ? node->children[index] : -1;
  }
  int child = -1;
  if (node->kind == Node::Kind::kMap) {
    for (const Entry& entry : entries_of(source, syntax, *node).value_or(std::vector<Entry>())) {
      if (entry.name == token) child = entry.value;
    }
  }
  return child;
}

}  // namespace

Document parse_document(std::string_view bytes, std::string_view path) {
  Document document;
  FrontMatter found = find_front_matter(bytes);
  document.has_opening_line = found.has_opening_line;
  document.has_front_matter = found.is_closed;
  document.body_offset = found.body_begin;
  document.body_line = position_at(bytes, found.body_begin).line;
  if (found.has_opening_line && !found.is_closed) {
    say(document,
        bytes,
        path,
        found.text_begin,
        Severity::kWarning,
        "front matter starts here but never ends; close it with a line \"---\"");
  }
  if (!found.is_closed) return document;
  read_front_matter(document, {bytes, found.text_begin, found.closing_begin, path});
  std::size_t bad = found.body_begin + utf8_prefix(bytes.substr(found.body_begin));
  if (bad < bytes.size()) {
    say(document,
        bytes,
        path,
        bad,
        Severity::kError,
        "a byte here is not UTF-8; save the file as UTF-8");
  }
  return document;
}

std::optional<Position> position_of(std::string_view bytes, std::string_view json_pointer) {
  auto tokens = tokens_of(json_pointer);
  if (!tokens) return std::nullopt;
  if (tokens->empty()) return Position();
  FrontMatter found = find_front_matter(bytes);
  if (*tokens == std::vector<std::string>{"body"}) return position_at(bytes, found.body_begin);
  if ((*tokens)[0] != "front_matter" || !found.is_closed) return std::nullopt;
  Problems problems;
  Source source{bytes, found.text_begin, found.closing_begin, ""};
  auto syntax = read_syntax(source, problems);
  if (!syntax || syntax->root < 0) return std::nullopt;
  int node = syntax->root;
  for (std::size_t i = 1; i < tokens->size() && node >= 0; ++i) {
    node = child_of(source, *syntax, node, (*tokens)[i]);
  }
  if (node < 0) return std::nullopt;
  return position_at(bytes, syntax->at(node).bare_begin);
}

}  // namespace stet::document

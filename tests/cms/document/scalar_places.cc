#include "tests/cms/document/scalar_places.h"

#include <map>

#include "cms/document/document.h"
#include "cms/document/entries.h"
#include "cms/document/front_matter.h"
#include "cms/document/syntax.h"

namespace stet::document {
namespace {

class Walk {
 public:
  Walk(const Source& source, const Syntax& syntax) : source_(source), syntax_(syntax) {}

  std::vector<ScalarPlace> run() {
    visit(syntax_.root);
    return std::move(places_);
  }

 private:
  void visit(int id) {
    const Node& node = syntax_.at(id);
    if (node.kind == Node::Kind::kScalar || node.kind == Node::Kind::kAlias) {
      bool is_shared = node.kind == Node::Kind::kAlias || !node.anchor.empty();
      places_.push_back({tokens_, node.bare_begin, node.end, is_shared});
    } else if (node.kind == Node::Kind::kList) {
      for (std::size_t i = 0; i < node.children.size(); ++i) {
        visit_below(std::to_string(i), node.children[i]);
      }
    } else if (auto entries = entries_of(source_, syntax_, node)) {
      std::map<std::string, int> last;
      for (const Entry& entry : *entries) last[entry.name] = entry.value;
      for (const auto& [name, value] : last) visit_below(name, value);
    }
  }

  void visit_below(std::string token, int id) {
    tokens_.push_back(std::move(token));
    visit(id);
    tokens_.pop_back();
  }

  const Source& source_;
  const Syntax& syntax_;
  std::vector<std::string> tokens_;
  std::vector<ScalarPlace> places_;
};

}  // namespace

std::vector<ScalarPlace> scalar_places(std::string_view bytes) {
  FrontMatter found = find_front_matter(bytes);
  Source source{bytes, found.text_begin, found.closing_begin, ""};
  Problems problems;
  auto syntax = read_syntax(source, problems);
  bool is_map = syntax && syntax->root >= 0 && syntax->at(syntax->root).kind == Node::Kind::kMap;
  if (!is_map) return {};
  return Walk(source, *syntax).run();
}

Data with_value(const Data& data, const std::vector<std::string>& tokens, const Data& value) {
  Data changed = data;
  Data* at = &changed;
  for (const std::string& token : tokens) {
    at = at->is_list() ? &(*at->list())[std::stoul(token)] : at->map()->find(token);
  }
  *at = value;
  return changed;
}

}  // namespace stet::document

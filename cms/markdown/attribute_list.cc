#include "cms/markdown/attribute_list.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace stet::markdown {
namespace {

bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         byte >= 0x80;
}

bool is_name_byte(char c) { return is_word_byte(c) || c == '-'; }

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

class Parser {
 public:
  explicit Parser(std::string_view text) : rest_(text) {}

  AttributeList parse() {
    while (!rest_.empty()) {
      if (is_blank(rest_[0])) {
        rest_.remove_prefix(1);
      } else if (!key_and_value() && !ids_and_classes() && !reference()) {
        skip_word();
      }
    }
    return std::move(list_);
  }

 private:
  std::size_t name_length() const {
    return static_cast<std::size_t>(std::find_if_not(rest_.begin(), rest_.end(), is_name_byte) -
                                    rest_.begin());
  }

  bool key_and_value() {
    const std::size_t name = name_length();
    if (name == 0 || !is_word_byte(rest_[0]) || name + 1 >= rest_.size() || rest_[name] != '=') {
      return false;
    }
    const char quote = rest_[name + 1];
    if (quote != '"' && quote != '\'') return false;
    std::string value;
    for (std::size_t i = name + 2; i < rest_.size(); ++i) {
      const bool is_escape = rest_[i] == '\\' && i + 1 < rest_.size() &&
                             (rest_[i + 1] == quote || rest_[i + 1] == '}');
      if (is_escape) {
        value += rest_[++i];
      } else if (rest_[i] == quote) {
        list_.attributes.set(rest_.substr(0, name), value);
        rest_.remove_prefix(i + 1);
        return true;
      } else {
        value += rest_[i];
      }
    }
    return false;
  }

  // "#id.one.two", any mixture.
  bool ids_and_classes() {
    if (rest_[0] != '#' && rest_[0] != '.') return false;
    std::string_view word = rest_.substr(0, word_length());
    while (!word.empty()) {
      const std::size_t end = std::min(word.find_first_of("#.", 1), word.size());
      const std::string_view name = word.substr(1, end - 1);
      if (!name.empty() && word[0] == '#') list_.attributes.set("id", name);
      if (!name.empty() && word[0] == '.') list_.attributes.add_class(name);
      word.remove_prefix(end);
    }
    skip_word();
    return true;
  }

  bool reference() {
    const std::size_t length = name_length();
    if (length == 0 || (length < rest_.size() && !is_blank(rest_[length]))) return false;
    list_.references.emplace_back(rest_.substr(0, length));
    rest_.remove_prefix(length);
    return true;
  }

  std::size_t word_length() const { return std::min(rest_.find_first_of(" \t\r\n"), rest_.size()); }
  void skip_word() { rest_.remove_prefix(word_length()); }

  std::string_view rest_;
  AttributeList list_;
};

}  // namespace

void AttributeList::add_all(const AttributeList& others) {
  attributes.add_all(others.attributes);
  references.insert(references.end(), others.references.begin(), others.references.end());
}

AttributeList parse_attribute_list(std::string_view text) { return Parser(text).parse(); }

void apply(const AttributeList& list, const AttributeDefinitions& definitions, Facts& facts) {
  // Definitions may refer to one another, and to themselves.
  constexpr int kReferencesMax = 100;
  int references = 0;
  std::vector<std::pair<const AttributeList*, std::size_t>> open = {{&list, 0}};
  while (!open.empty()) {
    auto& [current, next] = open.back();
    if (next == current->references.size()) {
      facts.attributes.add_all(current->attributes);
      open.pop_back();
      continue;
    }
    const std::string& reference = current->references[next++];
    if (open.size() == 1) {
      facts.is_toc |= reference == "toc";
      facts.is_footnotes |= reference == "footnotes";
      facts.is_standalone |= reference == "standalone";
    }
    const auto found = definitions.find(reference);
    if (found != definitions.end() && ++references < kReferencesMax) {
      open.emplace_back(&found->second, 0);
    }
  }
}

}  // namespace stet::markdown

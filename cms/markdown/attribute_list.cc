#include "cms/markdown/attribute_list.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "cms/markdown/characters.h"

namespace stet::markdown {
namespace {

// Attributes stand between blanks, and so does each run of ids and classes; what doesn't is passed
// over.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  AttributeList parse() {
    bool may_begin = true;
    while (at_ < text_.size()) {
      if (may_begin && (key_and_value() || reference() || ids_and_classes())) {
        may_begin = false;
      } else {
        may_begin = is_space(text_[at_++]);
      }
    }
    return std::move(list_);
  }

 private:
  bool ends_at(std::size_t at) const { return at == text_.size() || is_space(text_[at]); }

  std::size_t name_end(std::size_t at) const {
    if (!is_word_at(text_, at)) return at;
    while (at < text_.size() && is_name_part(text_[at])) ++at;
    return at;
  }

  // The quotation mark that a blank follows, from `at` on; its like in front of others is text.
  std::size_t value_end(std::size_t at) {
    const char quote = text_[at - 1];
    std::size_t& missing_from = quote == '"' ? no_double_ : no_single_;
    if (at >= missing_from) return text_.size();
    for (std::size_t end = at; end < text_.size(); ++end) {
      if (text_[end] == '\\' && end + 1 < text_.size() &&
          (text_[end + 1] == quote || text_[end + 1] == '}')) {
        ++end;
      } else if (text_[end] == quote && ends_at(end + 1)) {
        return end;
      }
    }
    missing_from = at;
    return text_.size();
  }

  bool key_and_value() {
    const std::size_t equals = name_end(at_);
    if (equals == at_ || equals + 1 >= text_.size() || text_[equals] != '=') return false;
    const char quote = text_[equals + 1];
    if (quote != '"' && quote != '\'') return false;
    const std::size_t begin = equals + 2;
    const std::size_t end = value_end(begin);
    if (end == text_.size()) return false;
    std::string value;
    for (std::size_t i = begin; i < end; ++i) {
      const bool is_escape =
          text_[i] == '\\' && i + 1 < end && (text_[i + 1] == quote || text_[i + 1] == '}');
      value += text_[is_escape ? ++i : i];
    }
    list_.attributes.set(text_.substr(at_, equals - at_), value);
    at_ = end + 1;
    return true;
  }

  bool reference() {
    const std::size_t end = name_end(at_);
    if (end == at_ || !ends_at(end)) return false;
    list_.references.emplace_back(text_.substr(at_, end - at_));
    at_ = end;
    return true;
  }

  // The end of "#id" or ".class" at `at`; `at` where there is neither.
  std::size_t id_or_class_end(std::size_t at) const {
    if (at + 1 >= text_.size()) return at;
    const bool is_id = text_[at] == '#' && is_ascii_letter(text_[at + 1]);
    if (!is_id && text_[at] != '.') return at;
    std::size_t end = at + 1;
    while (end < text_.size() &&
           (is_id ? is_name_part(text_[end]) || text_[end] == ':'
                  : !is_space(text_[end]) && text_[end] != '.' && text_[end] != '#')) {
      ++end;
    }
    return end == at + 1 ? at : end;
  }

  // "#id.one.two", any mixture.
  bool ids_and_classes() {
    std::size_t end = at_;
    for (std::size_t next = id_or_class_end(end); next != end; next = id_or_class_end(end)) {
      end = next;
    }
    if (end == at_ || !ends_at(end)) return false;
    while (at_ < end) {
      const std::size_t next = id_or_class_end(at_);
      const std::string_view name = text_.substr(at_ + 1, next - at_ - 1);
      if (text_[at_] == '#') {
        list_.attributes.set("id", name);
      } else {
        list_.attributes.add_class(name);
      }
      at_ = next;
    }
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  // From these positions on, no value ends.
  std::size_t no_double_ = std::string_view::npos;
  std::size_t no_single_ = std::string_view::npos;
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

#include "cms/search/expression.h"

#include <algorithm>
#include <utility>

#include "cms/search/words.h"
#include "storage/base/hash.h"

namespace stet::search {
namespace {

using Kind = QueryItem::Kind;

constexpr int kNoGroup = -1;
constexpr float kNameBeginFactor = 6;
constexpr std::string_view kNamelessColumns = "- {title terms marks} : ";

std::string_view letter_of(Kind kind) {
  switch (kind) {
    case Kind::kCollection: return ":l";
    case Kind::kTag: return ":t";
    case Kind::kCategory: return ":c";
    case Kind::kBranch: return ":b";
    default: return ":?";
  }
}

// Writes an expression from its beginning to its end, and notes what each phrase counts for.
class Writer {
 public:
  Writer(const Reach& reach, Expression& expression) : reach_(reach), expression_(expression) {}

  void raw(std::string_view text) { expression_.match += text; }

  // Words one behind the other, of which the last may be given apart.
  void phrase(std::string_view mark, std::string_view words, int group, float factor = 1) {
    raw("\"");
    raw(mark);
    raw(words);
    raw("\"");
    expression_.weighing.phrases.push_back({group, factor});
  }

  // All that an item of words asks of the text.
  void words(const ExpandedItem& expanded, int group) {
    const QueryItem& item = *expanded.item;
    raw("(");
    if (reach_.is_without_names) raw(kNamelessColumns);
    raw("(");
    if (item.is_character) {
      beginning(item.words.front(), group, expanded.factor);
    } else if (!item.is_prefix) {
      passage(item.words, item.words.size(), group, expanded.factor);
    } else {
      if (item.words.size() > 1) {
        passage(item.words, item.words.size() - 1, group, expanded.factor);
        raw(" AND ");
      }
      prefix(expanded, group);
    }
    raw("))");
  }

  // All that it asks of title and terms.
  void names(const ExpandedItem& expanded) {
    const QueryItem& item = *expanded.item;
    const std::string name_mark(1, kNameMark);
    std::size_t whole = item.words.size() - (item.is_prefix || item.is_character ? 1 : 0);
    raw("(");
    for (std::size_t i = 0; i < whole; ++i) {
      if (i > 0) raw(" AND ");
      phrase(name_mark, item.words[i], kNoGroup);
    }
    if (whole < item.words.size()) {
      if (whole > 0) raw(" AND ");
      if (is_short(item)) {
        phrase(std::string(1, kNameBeginMark), item.words.back(), kNoGroup);
      } else {
        any_of(name_mark, expanded, kNoGroup);
      }
    }
    raw(")");
  }

  void mark(std::string_view text) { phrase("", text, kNoGroup); }

 private:
  bool sees_fields() const { return !reach_.is_public && !reach_.is_without_names; }

  // So many of the words, one behind the other, wherever the reader may look.
  void passage(const std::vector<std::string>& words, std::size_t count, int group, float factor) {
    raw("(");
    phrase("", joined(words, count, ""), group, factor);
    if (sees_fields()) {
      raw(" OR ");
      phrase("", joined(words, count, field_mark()), group, factor);
    }
    raw(")");
  }

  static std::string field_mark() { return std::string(1, kFieldMark); }

  static std::string joined(const std::vector<std::string>& words,
                            std::size_t count,
                            const std::string& mark) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += (i > 0 ? " " : "") + mark + words[i];
    return text;
  }

  static bool is_short(const QueryItem& item) {
    return item.is_character || open_beginning(item).empty();
  }

  void beginning(std::string_view text, int group, float factor) {
    raw("(");
    phrase(std::string(1, kBeginMark), text, group, factor);
    raw(" OR ");
    phrase(std::string(1, kNameBeginMark), text, group, factor * kNameBeginFactor);
    raw(")");
  }

  void prefix(const ExpandedItem& expanded, int group) {
    if (is_short(*expanded.item) && !reach_.is_without_names) {
      beginning(expanded.item->words.back(), group, expanded.factor);
    } else {
      any_of("", expanded, group);
    }
  }

  void any_of(std::string_view mark, const ExpandedItem& expanded, int group) {
    const std::string& own = expanded.item->words.back();
    raw("(");
    phrase(mark, own, group, expanded.factor);
    if (mark.empty()) in_fields(own, group, expanded.factor);
    for (const std::string& meaning : expanded.meanings) {
      if (meaning == own) continue;
      raw(" OR ");
      phrase(mark, meaning, group, expanded.factor);
      if (mark.empty()) in_fields(meaning, group, expanded.factor);
    }
    raw(")");
  }

  // What is said of a word is said of it in the fields too.
  void in_fields(std::string_view word, int group, float factor) {
    if (!sees_fields()) return;
    raw(" OR ");
    phrase(field_mark(), word, group, factor);
  }

  const Reach& reach_;
  Expression& expression_;
};

bool is_words(const ExpandedItem& expanded) { return expanded.item->kind == Kind::kWords; }

std::string mark_of(const QueryItem& item) {
  if (item.kind == Kind::kDraft) return std::string(kDraftMark);
  if (item.kind == Kind::kPublished) return std::string(kPublicMark);
  return mark_of(item.kind, item.value);
}

void write_wanted(const std::vector<ExpandedItem>& items,
                  const Reach& reach,
                  bool is_in_names,
                  Writer& writer) {
  int group = 0;
  bool is_first = true;
  auto join = [&] { writer.raw(std::exchange(is_first, false) ? "" : " AND "); };
  for (const ExpandedItem& expanded : items) {
    if (expanded.item->is_negated || !is_words(expanded) || !is_in_names) continue;
    join();
    writer.names(expanded);
  }
  for (const std::string& label : reach.labels) {
    if (&label == &reach.labels.front()) join();
    writer.raw(&label == &reach.labels.front() ? "(" : " OR ");
    writer.mark(mark_of(Kind::kCollection, compared(label)));
  }
  if (!reach.labels.empty()) writer.raw(")");
  for (const ExpandedItem& expanded : items) {
    if (expanded.item->is_negated) continue;
    join();
    if (is_words(expanded)) {
      writer.words(expanded, group++);
    } else {
      writer.mark(mark_of(*expanded.item));
    }
  }
  // What stands in every row costs as much as there are rows: only where nothing else is wanted.
  if (is_first) writer.mark(kAnyMark);
}

void write_unwanted(const std::vector<ExpandedItem>& items, const Reach& reach, Writer& writer) {
  bool is_first = true;
  if (reach.is_public) {
    writer.raw(" NOT (");
    writer.mark(kHiddenMark);
    is_first = false;
  }
  for (const ExpandedItem& expanded : items) {
    if (!expanded.item->is_negated) continue;
    writer.raw(is_first ? " NOT (" : " OR ");
    is_first = false;
    if (is_words(expanded)) {
      writer.words(expanded, kNoGroup);
    } else {
      writer.mark(mark_of(*expanded.item));
    }
  }
  if (!is_first) writer.raw(")");
}

}  // namespace

std::string mark_of(QueryItem::Kind kind, std::string_view compared_value) {
  constexpr std::size_t kDigits = 12;
  return std::string(letter_of(kind)) + fingerprint(compared_value).hex().substr(0, kDigits);
}

std::string_view open_beginning(const QueryItem& item) {
  if (!item.is_prefix || item.words.empty()) return "";
  const std::string& last = item.words.back();
  return bytes_of_characters(last, kBeginCharactersMax) < last.size() ? last : std::string_view();
}

bool has_words(const std::vector<ExpandedItem>& items) {
  return std::any_of(items.begin(), items.end(), [](const ExpandedItem& expanded) {
    return is_words(expanded) && !expanded.item->is_negated;
  });
}

Expression expression_of(const std::vector<ExpandedItem>& items,
                         const Reach& reach,
                         bool is_in_names) {
  Expression expression;
  expression.weighing.columns = {8, 3, 4, 1, 1, 1};  // title, headings, terms, fields, body, marks
  Writer writer(reach, expression);
  writer.raw("(");
  write_wanted(items, reach, is_in_names, writer);
  writer.raw(")");
  write_unwanted(items, reach, writer);
  return expression;
}

}  // namespace stet::search

#include "cms/document/comments.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "cms/document/front_matter.h"
#include "cms/document/splice.h"
#include "cms/document/syntax.h"

namespace stet::document {
namespace {

// A key with its value, or an item of a list.
struct Field {
  std::string path;  // its keys, each ended by a NUL; of an item that is a scalar: what it says
  std::size_t begin = 0, end = 0;
  std::size_t beside = 0;  // in the line where a comment can stand beside the value
};

struct Comment {
  std::string_view text;  // from its # on
  std::size_t begin = 0;
  std::string path;  // of its field; "" where none follows
  bool is_beside = false;
};

struct Annotated {
  Source source;
  std::vector<Field> fields;  // by where they begin, the outer before the inner
  std::vector<Comment> comments;
  std::map<std::string_view, const Field*> by_path;  // the first of each
};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n'; }

class Annotator {
 public:
  Annotator(const Source& source, const Syntax& syntax) : source_(source), syntax_(syntax) {}

  std::vector<Field> fields() {
    if (syntax_.root >= 0) walk(syntax_.root, "");
    std::ranges::stable_sort(fields_, {}, &Field::begin);
    return std::move(fields_);
  }

  // What looks like a comment inside of a scalar is none.
  std::vector<Comment> comments(const std::vector<Field>& fields) const {
    std::vector<std::pair<std::size_t, std::size_t>> scalars = scalar_spans();
    std::vector<Comment> found;
    auto scalar = scalars.begin();
    std::string_view bytes = source_.bytes;
    for (std::size_t at = source_.begin; at < source_.end; ++at) {
      while (scalar != scalars.end() && scalar->second <= at) ++scalar;
      if (scalar != scalars.end() && scalar->first <= at) {
        at = scalar->second - 1;
        continue;
      }
      bool is_begin = at == source_.begin || is_blank(bytes[at - 1]);
      if (bytes[at] != '#' || !is_begin) continue;
      std::size_t end = std::min(line_end(bytes, at), source_.end);
      found.push_back(comment(fields, at, end));
      at = end;
    }
    return found;
  }

 private:
  void walk(int id, const std::string& path) {
    const Node& node = syntax_.at(id);
    const bool is_map = node.kind == Node::Kind::kMap;
    if (!is_map && node.kind != Node::Kind::kList) return;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      const Node& first = syntax_.at(node.children[i]);
      bool says_itself = first.kind == Node::Kind::kScalar;
      std::string name = says_itself ? first.text : std::to_string(is_map ? i / 2 : i);
      std::string inner = path + name + '\0';
      if (is_map && ++i == node.children.size()) return;
      add(inner, first, syntax_.at(node.children[i]));
      walk(node.children[i], inner);
    }
  }

  // Of an item `first` is the value too.
  void add(const std::string& path, const Node& first, const Node& value) {
    bool is_below = value.style == Style::kLiteral || value.style == Style::kFolded ||
                    value.style == Style::kBlock || value.end <= first.end;
    std::size_t end = std::max(first.end, value.end);
    fields_.push_back({path, first.begin, end, is_below ? first.begin : end});
  }

  std::vector<std::pair<std::size_t, std::size_t>> scalar_spans() const {
    std::vector<std::pair<std::size_t, std::size_t>> spans;
    for (const Node& node : syntax_.nodes) {
      if (node.kind != Node::Kind::kScalar) continue;
      bool is_block = node.style == Style::kLiteral || node.style == Style::kFolded;
      std::size_t begin = is_block ? line_end(source_.bytes, node.bare_begin) : node.bare_begin;
      if (begin < node.end) spans.emplace_back(begin, node.end);
    }
    std::ranges::sort(spans);
    return spans;
  }

  Comment comment(const std::vector<Field>& fields, std::size_t begin, std::size_t end) const {
    std::size_t line = std::max(line_begin(source_.bytes, begin), source_.begin);
    std::string_view before = source_.bytes.substr(line, begin - line);
    Comment comment{source_.bytes.substr(begin, end - begin), begin, "", false};
    auto next = std::ranges::upper_bound(fields, begin, {}, &Field::begin);
    if (before.find_first_not_of(" \t") != before.npos) {
      // The outermost that ends on this line, else the innermost that goes on below.
      auto first = std::ranges::lower_bound(fields, line, {}, &Field::begin);
      auto ended = std::find_if(first, next, [&](const Field& one) { return one.end <= begin; });
      if (ended == next && next != fields.begin()) ended = std::prev(next);
      comment.is_beside = ended != next;
      if (comment.is_beside) comment.path = ended->path;
    }
    if (!comment.is_beside && next != fields.end()) comment.path = next->path;
    return comment;
  }

  const Source& source_;
  const Syntax& syntax_;
  std::vector<Field> fields_;
};

std::optional<Annotated> annotated(std::string_view bytes, YamlPart part) {
  FrontMatter found = find_front_matter(bytes);
  Annotated read{{bytes, found.text_begin, bytes.size(), ""}, {}, {}, {}};
  if (part == YamlPart::kFrontMatter) read.source.end = found.closing_begin;
  Problems problems;
  auto syntax = read_syntax(read.source, problems);
  if (!syntax) return std::nullopt;
  Annotator annotator(read.source, *syntax);
  read.fields = annotator.fields();
  read.comments = annotator.comments(read.fields);
  for (const Field& field : read.fields) read.by_path.emplace(field.path, &field);
  return read;
}

using Counts = std::map<std::string_view, std::ptrdiff_t>;

Counts counts_of(const Annotated& read) {
  Counts counts;
  for (const Comment& comment : read.comments) ++counts[comment.text];
  return counts;
}

std::ptrdiff_t wanted_of(std::ptrdiff_t base, std::ptrdiff_t ours, std::ptrdiff_t theirs) {
  if (base == ours) return theirs;
  if (base == theirs) return ours;
  return std::max(ours, theirs);
}

class Restorer {
 public:
  Restorer(const Annotated& base,
           const Annotated& ours,
           const Annotated& theirs,
           const Annotated& merged)
      : merged_(merged), sides_{&theirs, &ours} {
    Counts from = counts_of(base), mine = counts_of(ours), other = counts_of(theirs);
    lacks_ = counts_of(merged);
    for (auto& [text, count] : lacks_) count = -count;
    for (const Counts* counts : {&from, &mine, &other}) {
      for (const auto& [text, count] : *counts) lacks_.try_emplace(text, 0);
    }
    for (auto& [text, count] : lacks_) count += wanted_of(from[text], mine[text], other[text]);
    for (const Comment& one : merged.comments) {
      there_.emplace(one.path, one.text);
      by_end_.emplace(one.begin + one.text.size(), &one);
    }
  }

  // None: nothing is lacking.
  std::vector<Splice> splices(bool may_be_beside) const {
    Counts lacks = lacks_;
    std::vector<Splice> splices;
    for (const Annotated* side : sides_) {
      for (const Comment& comment : side->comments) {
        if (lacks[comment.text] <= 0 || there_.contains({comment.path, comment.text})) continue;
        auto splice = splice_of(comment, may_be_beside, lacks);
        if (!splice) continue;
        --lacks[comment.text];
        splices.push_back(*std::move(splice));
      }
    }
    return in_order(std::move(splices));
  }

 private:
  std::optional<Splice> splice_of(const Comment& comment, bool may_be_beside, Counts& lacks) const {
    const Source& source = merged_.source;
    const std::string eol = source.bytes.find("\r\n") != source.bytes.npos ? "\r\n" : "\n";
    if (comment.path.empty()) {
      bool is_open = source.end > source.begin && source.bytes[source.end - 1] != '\n';
      return Splice{source.end, source.end, (is_open ? eol : "") + std::string(comment.text) + eol};
    }
    auto field = merged_.by_path.find(comment.path);
    if (field == merged_.by_path.end()) return std::nullopt;
    if (comment.is_beside && may_be_beside) {
      std::size_t at = line_end(source.bytes, field->second->beside);
      auto other = by_end_.find(at);
      if (other == by_end_.end()) return Splice{at, at, " " + std::string(comment.text)};
      if (auto& surplus = lacks[other->second->text]; surplus < 0) {
        ++surplus;
        return Splice{other->second->begin, at, std::string(comment.text)};
      }
    }
    std::size_t line = std::max(line_begin(source.bytes, field->second->begin), source.begin);
    std::size_t indent = source.bytes.find_first_not_of(' ', line) - line;
    return Splice{line, line, std::string(indent, ' ') + std::string(comment.text) + eol};
  }

  // Those at one place become one.
  static std::vector<Splice> in_order(std::vector<Splice> splices) {
    std::ranges::stable_sort(splices, {}, &Splice::begin);
    std::vector<Splice> joined;
    for (Splice& splice : splices) {
      bool is_same_place = !joined.empty() && joined.back().begin == splice.begin;
      if (is_same_place && splice.begin == splice.end) {
        joined.back().text += splice.text;
      } else if (joined.empty() || joined.back().end <= splice.begin) {
        joined.push_back(std::move(splice));
      }
    }
    return joined;
  }

  const Annotated& merged_;
  const std::vector<const Annotated*> sides_;
  Counts lacks_;  // negative: more than there should be
  std::set<std::pair<std::string_view, std::string_view>> there_;  // path, text
  std::map<std::size_t, const Comment*> by_end_;
};

}  // namespace

std::string with_comments(const MergedText& texts,
                          YamlPart part,
                          const std::function<bool(std::string_view)>& is_sound) {
  auto base = annotated(texts.base, part), ours = annotated(texts.ours, part);
  auto theirs = annotated(texts.theirs, part), merged = annotated(texts.merged, part);
  if (!base || !ours || !theirs || !merged) return std::string(texts.merged);
  Restorer restorer(*base, *ours, *theirs, *merged);
  for (bool may_be_beside : {true, false}) {
    auto splices = restorer.splices(may_be_beside);
    if (splices.empty()) break;
    std::string restored = spliced(texts.merged, splices);
    if (is_sound(restored)) return restored;
  }
  return std::string(texts.merged);
}

}  // namespace stet::document

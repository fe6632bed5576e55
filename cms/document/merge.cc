#include "cms/document/merge.h"

#include "cms/document/comments.h"
#include "cms/document/document.h"
#include "cms/document/edit.h"
#include "cms/document/front_matter.h"
#include "cms/document/json_text.h"
#include "cms/document/merge_parts.h"
#include "cms/document/yaml.h"
#include "storage/base/utf8.h"

namespace stet::document {
namespace {

bool is_yaml_file(std::string_view path) {
  return path.ends_with(".yml") || path.ends_with(".yaml");
}

bool is_json_file(std::string_view path) { return path.ends_with(".json"); }

Merged whole_file_conflict(std::string_view base, std::string_view ours, std::string_view theirs) {
  auto shown = [](std::string_view bytes) {
    return is_utf8(bytes) ? std::optional(Data(bytes)) : std::nullopt;
  };
  return {std::string(ours), {{"", 0, shown(base), shown(ours), shown(theirs)}}};
}

// Text merged by lines, if that is without conflict and means what the fields' merge means, with no
// problem that ours does not have (a key given twice): so the comments of both sides stay. Lines
// side by side may be changed by either, for what comes of it is read. Else none.
template <typename Reads>
std::optional<std::string> merged_as_text(std::string_view base,
                                          std::string_view ours,
                                          std::string_view theirs,
                                          const Reads& reads_as_merged) {
  for (Touching touching : {Touching::kConflict, Touching::kJoined}) {
    std::vector<Conflict> conflicts;
    std::string text = merge_lines(base, ours, theirs, "", conflicts, touching);
    if (conflicts.empty() && reads_as_merged(text)) return text;
  }
  return std::nullopt;
}

Merged merge_yaml(std::string_view base,
                  std::string_view ours,
                  std::string_view theirs,
                  std::string_view path) {
  Problems problems;
  auto read = [&](std::string_view bytes) -> std::optional<Data> {
    problems.clear();
    Data data = parse_yaml(bytes, path, problems);
    for (const Problem& problem : problems) {
      if (problem.severity == Severity::kError) return std::nullopt;
    }
    return data;
  };
  auto is_sound = [&](std::string_view bytes) { return !is_json_file(path) || is_json(bytes); };
  auto from = read(base), other = read(theirs), mine = read(ours);
  std::size_t our_problems = problems.size();
  if (!from || !mine || !other) return whole_file_conflict(base, ours, theirs);
  Merged merged;
  auto data = merge_values({&*from, &*mine, &*other}, "", merged.conflicts);
  auto is_as_merged = [&](std::string_view bytes) {
    return is_sound(bytes) && read(bytes) == data && problems.size() <= our_problems;
  };
  auto text = merged_as_text(base, ours, theirs, is_as_merged);
  if (text) {
    merged.bytes = std::move(*text);
    return merged;
  }
  auto edited = edit_yaml(ours, path, *data, true);
  if (!edited || !is_sound(*edited)) edited = edit_yaml(theirs, path, *data, true);
  if (!edited || !is_sound(*edited)) return whole_file_conflict(base, ours, theirs);
  merged.bytes = with_comments({base, ours, theirs, *edited}, YamlPart::kFile, is_as_merged);
  return merged;
}

struct Side {
  std::string_view bytes;
  Document document;
  std::string_view head() const { return bytes.substr(0, document.body_offset); }
  std::string_view body() const { return document.body(bytes); }
};

Side side_of(std::string_view bytes, std::string_view path) {
  return {bytes, parse_document(bytes, path)};
}

std::optional<std::string> merged_head(const Side& base,
                                       const Side& ours,
                                       const Side& theirs,
                                       std::string_view path,
                                       std::vector<Conflict>& conflicts) {
  if (base.head() == theirs.head() || ours.head() == theirs.head()) return std::string(ours.head());
  if (base.head() == ours.head()) return std::string(theirs.head());
  if (base.document.is_broken || ours.document.is_broken || theirs.document.is_broken) {
    return std::nullopt;
  }
  auto data = merge_values(
      {&base.document.front_matter, &ours.document.front_matter, &theirs.document.front_matter},
      "/front_matter",
      conflicts);
  auto is_as_merged = [&](std::string_view head) {
    Document document = parse_document(head, path);
    return document.has_front_matter && !document.is_broken &&
           document.body_offset == head.size() && document.front_matter == *data &&
           document.problems.size() <= ours.document.problems.size();
  };
  auto text = merged_as_text(base.head(), ours.head(), theirs.head(), is_as_merged);
  if (text) return text;
  Edit edit;
  edit.front_matter = *data;
  // Where ours is too odd to be edited, theirs may not be.
  auto edited = apply_edit(ours.head(), path, edit);
  if (!edited) edited = apply_edit(theirs.head(), path, edit);
  if (!edited) return std::nullopt;
  MergedText texts{base.head(), ours.head(), theirs.head(), *edited};
  return with_comments(texts, YamlPart::kFrontMatter, is_as_merged);
}

}  // namespace

bool merges_as_data(std::string_view base,
                    std::string_view ours,
                    std::string_view theirs,
                    std::string_view path) {
  if (!is_json_file(path)) return is_yaml_file(path);
  return (base.empty() || is_json(base)) && is_json(ours) && is_json(theirs);
}

Merged merge(std::string_view base,
             std::string_view ours,
             std::string_view theirs,
             std::string_view path) {
  if (ours == theirs || base == theirs) return {std::string(ours), {}};
  if (base == ours) return {std::string(theirs), {}};
  // A picture has no lines.
  if (!is_utf8(base) || !is_utf8(ours) || !is_utf8(theirs)) {
    return whole_file_conflict(base, ours, theirs);
  }
  if (merges_as_data(base, ours, theirs, path)) return merge_yaml(base, ours, theirs, path);
  Side from = side_of(base, path), mine = side_of(ours, path), other = side_of(theirs, path);
  Merged merged;
  auto head = merged_head(from, mine, other, path, merged.conflicts);
  if (!head) return whole_file_conflict(base, ours, theirs);
  std::string body = merge_lines(from.body(), mine.body(), other.body(), "/body", merged.conflicts);
  bool is_line_open = !head->empty() && !head->ends_with('\n') && !body.empty();
  if (is_line_open && find_front_matter(*head).is_closed) *head += '\n';
  merged.bytes = *head + body;
  Document result = parse_document(merged.bytes, path);
  if (result.body(merged.bytes) != body) return whole_file_conflict(base, ours, theirs);
  return merged;
}

}  // namespace stet::document

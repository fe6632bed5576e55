#include "cms/document/marked.h"

#include <algorithm>
#include <optional>

#include "cms/document/document.h"
#include "cms/document/merge_parts.h"
#include "cms/document/resolve.h"

namespace stet::document {
namespace {

using From = MergeRegion::From;
using Take = Choice::Take;

constexpr std::string_view kFrontMatter = "/front_matter";

struct Texts {
  std::string base, ours, theirs;
};

// Which regions are marked: those that both sides changed, or all in which the sides differ.
enum class Marked { kConflicts, kDifferences };

class MarkedLines {
 public:
  explicit MarkedLines(int marker_size) : size_(static_cast<std::size_t>(marker_size)) {}

  std::string join(const Texts& texts, Marked marked) {
    std::string out;
    for (const MergeRegion& region : merge_regions(texts.base, texts.ours, texts.theirs)) {
      bool is_open = marked == Marked::kDifferences ? region.ours != region.theirs
                                                    : region.from == From::kConflict;
      if (is_open) {
        mark(out, region);
      } else {
        out += region.from == From::kTheirs ? region.theirs : region.ours;
      }
    }
    return out;
  }

  bool has_marked() const { return has_marked_; }

 private:
  void mark(std::string& out, const MergeRegion& region) {
    has_marked_ = true;
    bool is_crlf = region.ours.ends_with("\r\n") || region.theirs.ends_with("\r\n");
    std::string eol = is_crlf ? "\r\n" : "\n";
    auto line = [&](char c, std::string_view label) {
      out.append(size_, c).append(label).append(eol);
    };
    auto side = [&](const std::string& text) {
      out += text;
      if (!text.empty() && !text.ends_with('\n')) out += eol;
    };
    if (!out.empty() && !out.ends_with('\n')) out += eol;
    line('<', " ours");
    side(region.ours);
    line('|', " base");
    side(region.base);
    line('=', "");
    side(region.theirs);
    line('>', " theirs");
  }

  const std::size_t size_;
  bool has_marked_ = false;
};

std::string head_of(std::string_view bytes, std::string_view path) {
  return std::string(bytes.substr(0, parse_document(bytes, path).body_offset));
}
std::string body_of(std::string_view bytes, std::string_view path) {
  return std::string(parse_document(bytes, path).body(bytes));
}

// The merge with every field that conflicts as one side has it.
std::optional<std::string> with_fields_of(const Texts& texts,
                                          std::string_view path,
                                          const std::vector<Conflict>& conflicts,
                                          Take take) {
  std::vector<Choice> choices;
  for (const Conflict& conflict : conflicts) {
    choices.push_back({conflict.pointer, take, conflict.base.value_or(Data())});
  }
  auto merged = merge_by_choice(texts.base, texts.ours, texts.theirs, path, choices);
  if (!merged) return std::nullopt;
  return std::move(merged->bytes);
}

// The three texts that differ in nothing but the fields in conflict.
std::optional<Texts> apart(const Texts& texts,
                           std::string_view path,
                           const std::vector<Conflict>& fields) {
  auto base = with_fields_of(texts, path, fields, Take::kValue);
  auto ours = with_fields_of(texts, path, fields, Take::kOurs);
  auto theirs = with_fields_of(texts, path, fields, Take::kTheirs);
  if (!base || !ours || !theirs) return std::nullopt;
  return Texts{*std::move(base), *std::move(ours), *std::move(theirs)};
}

std::optional<std::string> marked_by_field(const Texts& texts,
                                           std::string_view path,
                                           const std::vector<Conflict>& conflicts,
                                           MarkedLines& lines) {
  std::vector<Conflict> fields;
  bool is_data = merges_as_data(texts.base, texts.ours, texts.theirs, path);
  for (const Conflict& conflict : conflicts) {
    if (conflict.pointer.empty()) return std::nullopt;
    if (is_data || conflict.pointer.starts_with(kFrontMatter)) fields.push_back(conflict);
  }
  auto differing = apart(texts, path, fields);
  if (!differing) return std::nullopt;
  if (is_data) return lines.join(*differing, Marked::kDifferences);
  Texts heads{head_of(differing->base, path),
              head_of(differing->ours, path),
              head_of(differing->theirs, path)};
  Texts bodies{body_of(texts.base, path), body_of(texts.ours, path), body_of(texts.theirs, path)};
  std::string out = lines.join(heads, Marked::kDifferences);
  std::string body = lines.join(bodies, Marked::kConflicts);
  if (!out.empty() && !out.ends_with('\n') && !body.empty()) out += '\n';
  return out + body;
}

}  // namespace

MarkedMerge merge_marked(std::string_view base,
                         std::string_view ours,
                         std::string_view theirs,
                         std::string_view path,
                         int marker_size) {
  Merged merged = merge(base, ours, theirs, path);
  if (merged.conflicts.empty()) return {std::move(merged.bytes), {}};
  Texts texts{std::string(base), std::string(ours), std::string(theirs)};
  {
    MarkedLines lines(marker_size);
    auto marked = marked_by_field(texts, path, merged.conflicts, lines);
    if (marked && lines.has_marked()) return {*std::move(marked), std::move(merged.conflicts)};
  }
  for (Marked which : {Marked::kConflicts, Marked::kDifferences}) {
    MarkedLines lines(marker_size);
    std::string marked = lines.join(texts, which);
    if (lines.has_marked()) return {std::move(marked), std::move(merged.conflicts)};
  }
  return {std::move(merged.bytes), std::move(merged.conflicts)};
}

}  // namespace stet::document

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "cms/document/document.h"
#include "cms/document/edit.h"
#include "cms/document/merge.h"
#include "tests/cms/document/make_document.h"
#include "tests/cms/document/read.h"

namespace stet::document {
namespace {

std::string edited(std::string_view bytes, Data::Map patch, std::string_view body_end) {
  Edit edit;
  edit.front_matter_patch = std::move(patch);
  if (!body_end.empty()) {
    edit.body = std::string(parse_document(bytes, "").body(bytes)) + std::string(body_end);
  }
  auto out = apply_edit(bytes, "a.md", edit);
  RC_LOG(to_string(*edit.front_matter_patch));
  RC_LOG(out ? *out : out.error().message);
  RC_ASSERT(out.has_value());
  return *out;
}

RC_GTEST_PROP(MergeProperty, OneSidesChangeIsTakenAsItIs, ()) {
  std::string base = *documents(), other = *documents();
  RC_ASSERT(merge(base, other, base, "a.md").bytes == other);
  RC_ASSERT(merge(base, base, other, "a.md").bytes == other);
  RC_ASSERT(merge(base, other, other, "a.md").bytes == other);
}

RC_GTEST_PROP(MergeProperty, EditsOfDifferentFieldsComeTogetherInEitherOrder, ()) {
  std::string base = *documents();
  Data mine = *scalars(), other = *scalars();
  std::string ours = edited(base, {{"title", mine}, {"mine", 1}}, "");
  std::string theirs = edited(base, {{"date", other}, {"theirs", 2}}, "\nmore\n");
  Merged merged = merge(base, ours, theirs, "a.md"), turned = merge(base, theirs, ours, "a.md");
  RC_LOG(base);
  RC_LOG(ours);
  RC_LOG(theirs);
  RC_LOG(merged.bytes);
  RC_ASSERT(merged.conflicts.empty());
  RC_ASSERT(turned.conflicts.empty());
  Data patch = Data::Map{{"title", mine}, {"mine", 1}, {"date", other}, {"theirs", 2}};
  Data intended = merge_patched(parse_document(base, "").front_matter, patch);
  Document document = parse_document(merged.bytes, ""),
           turned_back = parse_document(turned.bytes, "");
  RC_ASSERT(document.front_matter == intended);
  RC_ASSERT(turned_back.front_matter == intended);
  RC_ASSERT(document.body(merged.bytes) == parse_document(theirs, "").body(theirs));
  RC_ASSERT(turned_back.body(turned.bytes) == document.body(merged.bytes));
}

// A side of a small file, with what it did to each key: 0 nothing, 1 another value, 2 gone, 3 a
// comment beside it, 4 a comment above it, 5 another value and a comment.
struct CommentedSide {
  std::string text;
  std::vector<std::pair<std::string, std::string>> comments;  // of the key that is named first
};

CommentedSide commented_side(const std::string& name, const std::vector<int>& deeds) {
  struct Key {
    const char *lead, *name, *value, *ours, *theirs;
  };
  static const Key kKeys[] = {{"", "a", "1", "2", "3"},
                              {"", "b", "'x # y'", "\"z\"", "[p, q]"},
                              {"", "l", "[x, y, z]", "[y, z, o]", "[x, z, t]"},
                              {"h:\n  ", "c", "1", "{o: 1}", "text of theirs"},
                              {"  ", "d", "|\n    # text\n    more", "|\n    ours", "plain"},
                              {"", "e", "2020-10-10", "~", "no"}};
  CommentedSide side;
  for (std::size_t i = 0; i < deeds.size(); ++i) {
    const Key& key = kKeys[i];
    std::string lead = key.lead, comment = "# " + name + " of " + key.name;
    std::string indent = lead.ends_with("  ") ? "  " : "";
    side.text += lead.substr(0, lead.size() - indent.size());
    if (deeds[i] == 2) continue;
    if (deeds[i] >= 3) side.comments.emplace_back(key.name, comment);
    if (deeds[i] == 4) side.text += indent + comment + "\n";
    bool is_other = deeds[i] == 1 || deeds[i] == 5;
    std::string value = !is_other ? key.value : name == "ours" ? key.ours : key.theirs;
    if (deeds[i] == 3 || deeds[i] == 5) {
      value.insert(value.starts_with('|') ? 1 : value.size(), " " + comment);
    }
    side.text += indent + key.name + ": " + value + "\n";
  }
  return side;
}

RC_GTEST_PROP(MergeProperty, NoCommentIsLostUnlessItsKeyIs, ()) {
  auto deeds = rc::gen::container<std::vector<int>>(6, rc::gen::inRange(0, 6));
  std::string base = commented_side("base", std::vector<int>(6, 0)).text;
  CommentedSide ours = commented_side("ours", *deeds), theirs = commented_side("theirs", *deeds);
  for (const char* fence : {"", "---\n"}) {
    auto whole = [&](const std::string& text) { return fence + text + fence; };
    const char* path = *fence ? "a.md" : "_data/a.yml";
    Merged merged = merge(whole(base), whole(ours.text), whole(theirs.text), path);
    RC_LOG(whole(ours.text));
    RC_LOG(whole(theirs.text));
    RC_LOG(merged.bytes);
    for (const CommentedSide* side : {&ours, &theirs}) {
      for (const auto& [key, comment] : side->comments) {
        bool is_there = merged.bytes.starts_with(key + ": ") ||
                        merged.bytes.find("\n" + key + ": ") != std::string::npos ||
                        merged.bytes.find("\n  " + key + ": ") != std::string::npos;
        if (is_there) RC_ASSERT(merged.bytes.find(comment) != std::string::npos);
      }
    }
  }
}

RC_GTEST_PROP(MergeProperty, AnyThreeDocumentsMergeToAProperOne, ()) {
  std::string base = *documents(), ours = *documents(), theirs = *documents();
  Merged merged = merge(base, ours, theirs, "a.md"), turned = merge(base, theirs, ours, "a.md");
  RC_LOG(base);
  RC_LOG(ours);
  RC_LOG(theirs);
  RC_LOG(merged.bytes);
  RC_ASSERT(!parse_document(merged.bytes, "a.md").is_broken);
  RC_ASSERT(merged.conflicts.size() == turned.conflicts.size());
}

}  // namespace
}  // namespace stet::document

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

// For any document and any edit: exactly the intended values, and of a scalar edit no other byte.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <tuple>

#include "cms/document/diff_text.h"
#include "cms/document/document.h"
#include "cms/document/edit.h"
#include "cms/document/emit.h"
#include "cms/document/merge.h"
#include "tests/cms/document/make_document.h"
#include "tests/cms/document/read.h"
#include "tests/cms/document/scalar_places.h"

namespace stet::document {
namespace {

RC_GTEST_PROP(EditProperty, GeneratedDocumentsAreNotBroken, ()) {
  std::string bytes = *documents();
  Document document = parse_document(bytes, "a.md");
  RC_LOG(bytes);
  RC_ASSERT(document.has_front_matter);
  RC_ASSERT(!document.is_broken);
}

RC_GTEST_PROP(EditProperty, AScalarEditChangesThatScalarAndNoOtherByte, ()) {
  std::string bytes = *documents();
  auto places = scalar_places(bytes);
  RC_PRE(!places.empty());
  auto place = *rc::gen::elementOf(places);
  Data value = *rc::gen::map(scalars(), [](Data data) {
    return data.string() && data.string()->find('\n') != std::string::npos ? Data("one line")
                                                                           : data;
  });
  Document before = parse_document(bytes, "a.md");
  Edit edit;
  edit.front_matter = with_value(before.front_matter, place.tokens, value);
  auto out = apply_edit(bytes, "a.md", edit);
  RC_LOG(bytes);
  RC_LOG(to_string(*edit.front_matter));
  RC_LOG(out ? *out : out.error().message);
  RC_ASSERT(out.has_value());
  Document after = parse_document(*out, "a.md");
  RC_ASSERT(after.front_matter == *edit.front_matter);
  RC_ASSERT(after.body(*out) == before.body(bytes));
  if (place.is_shared) return;
  RC_ASSERT(out->substr(0, place.begin) == bytes.substr(0, place.begin));
  RC_ASSERT(out->ends_with(bytes.substr(place.end)));
}

RC_GTEST_PROP(EditProperty, AnyFrontMatterBecomesAnyOther, ()) {
  std::string bytes = *documents();
  Document before = parse_document(bytes, "a.md");
  Edit edit;
  edit.front_matter = *maps(3);
  auto out = apply_edit(bytes, "a.md", edit);
  RC_LOG(bytes);
  RC_LOG(to_string(*edit.front_matter));
  RC_LOG(out ? *out : out.error().message);
  RC_ASSERT(out.has_value());
  Document after = parse_document(*out, "a.md");
  RC_ASSERT(after.front_matter == *edit.front_matter);
  RC_ASSERT(after.body(*out) == before.body(bytes));
}

RC_GTEST_PROP(EditProperty, AnyPatchOfAnyDocumentIsThatOfRfc7396, ()) {
  std::string bytes = *documents();
  Edit edit;
  edit.front_matter_patch = *maps(2);
  auto out = apply_edit(bytes, "a.md", edit);
  RC_LOG(bytes);
  RC_LOG(to_string(*edit.front_matter_patch));
  RC_LOG(out ? *out : out.error().message);
  RC_ASSERT(out.has_value());
  Data intended = merge_patched(parse_document(bytes, "").front_matter, *edit.front_matter_patch);
  RC_ASSERT(parse_document(*out, "").front_matter == intended);
}

RC_GTEST_PROP(EditProperty, WhatIsWrittenReadsBack, ()) {
  Data data = *maps(4);
  auto out = write_document(data, "Body.\n");
  RC_LOG(to_string(data));
  RC_ASSERT(out.has_value());
  RC_ASSERT(parse_document(*out, "").front_matter == data);
}

RC_GTEST_PROP(EditProperty, AnyBodyReplacesTheBodyAlone, ()) {
  std::string bytes = *documents();
  Edit edit;
  edit.body =
      *strings() + *rc::gen::element<std::string>("", "\nMore.\n", "\n---\n", "\xff", "\n\n");
  Document before = parse_document(bytes, "a.md");
  auto out = apply_edit(bytes, before, "a.md", edit);
  RC_ASSERT(out.has_value());
  Document after = parse_document(out->bytes, "a.md");
  RC_ASSERT(after.front_matter == before.front_matter);
  RC_ASSERT(out->bytes.starts_with(bytes.substr(0, before.body_offset)));
  const Document& told = out->document;
  RC_ASSERT(told.front_matter == after.front_matter);
  RC_ASSERT(told.problems == after.problems);
  RC_ASSERT(
      std::tuple(told.body_offset, told.body_line, told.has_front_matter, told.is_broken) ==
      std::tuple(after.body_offset, after.body_line, after.has_front_matter, after.is_broken));
}

RC_GTEST_PROP(DiffProperty, HunksLeadFromOneTextToTheOther, ()) {
  auto lines = rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("a\n", "b\n", "c\n", "d\n", "\n"));
  std::vector<std::string> old_text = *lines, new_text = *lines;
  std::vector<std::string_view> before(old_text.begin(), old_text.end());
  std::vector<std::string_view> after(new_text.begin(), new_text.end());
  std::vector<std::string_view> made;
  std::size_t at = 0;
  for (const Hunk& hunk : diff_lines(before, after)) {
    for (; at < hunk.before_begin; ++at) made.push_back(before[at]);
    RC_ASSERT(made.size() == hunk.after_begin);
    for (auto j = hunk.after_begin; j < hunk.after_end; ++j) made.push_back(after[j]);
    at = hunk.before_end;
  }
  for (; at < before.size(); ++at) made.push_back(before[at]);
  RC_ASSERT(made == after);
}

}  // namespace
}  // namespace stet::document

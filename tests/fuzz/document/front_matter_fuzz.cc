// Front matter under hostile input: parsed, edited and merged. Whatever the bytes, edits do what
// they say or are refused; they never end as an error of ours.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "cms/document/diff_text.h"
#include "cms/document/document.h"
#include "cms/document/edit.h"
#include "cms/document/merge.h"
#include "cms/document/yaml.h"

namespace {

using stet::document::Data;
using stet::document::Edit;

void require(bool holds) {
  if (!holds) std::abort();
}

std::string edited(std::string_view bytes, const Edit& edit) {
  auto out = stet::document::apply_edit(bytes, "fuzz.md", edit);
  if (!out) {
    require(out.error().code == stet::ErrorCode::kInvalidInput);
    return std::string(bytes);
  }
  return *out;
}

// What is there, every scalar at the top changed and every list longer.
Data changed(const Data& front_matter) {
  Data::Map map;
  for (const auto& [key, value] : *front_matter.map()) {
    Data next = value;
    if (next.is_list()) {
      next.list()->push_back("added");
    } else if (next.is_map()) {
      next.map()->set("added", 1);
    } else {
      next = value.is_string() ? *value.string() + " more" : std::string("text");
    }
    if (key != "<<") map.set(key, std::move(next));
  }
  return map;
}

bool is_one_of_the_whole(const stet::document::Merged& merged) {
  return merged.conflicts.size() == 1 && merged.conflicts[0].pointer.empty();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  auto document = stet::document::parse_document(bytes, "fuzz.md");
  require(document.body_offset <= bytes.size());
  stet::document::position_of(bytes, "/front_matter/a/0");
  stet::Problems problems;
  stet::document::parse_yaml(bytes, "fuzz.yml", problems);

  Edit same;
  same.front_matter = document.front_matter;
  require(document.is_broken || edited(bytes, same) == bytes);
  Edit patch;
  patch.front_matter_patch =
      Data(Data::Map{{"title", "A: b"}, {"a", Data()}, {"n", Data::List{1}}});
  std::string ours = edited(bytes, patch);
  Edit whole;
  whole.front_matter = changed(document.front_matter);
  whole.body = "New body.\n";
  std::string theirs = edited(bytes, whole);
  auto merged = stet::document::merge(bytes, ours, theirs, "fuzz.md");
  auto turned = stet::document::merge(bytes, theirs, ours, "fuzz.md");
  require(is_one_of_the_whole(merged) || is_one_of_the_whole(turned) ||
          merged.conflicts.size() == turned.conflicts.size());
  stet::document::unified_diff("fuzz.md", bytes, merged.bytes);
  return 0;
}

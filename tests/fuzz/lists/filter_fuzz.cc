// Conditions of lists: "filter[x][op]", a line end, the text, a line end, and a value in YAML.
// Whatever they are, a condition or a sentence; `ne` is the opposite of `eq`, and what is the same
// condition has the same canonical form.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "api/routes/list_filter.h"
#include "api/routes/sort_key.h"
#include "cms/document/yaml.h"
#include "cms/site/value_of.h"

namespace {

std::string_view line_of(std::string_view& text) {
  std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using stet::api::Filter;
  static const stet::TimeZone zone = *stet::TimeZone::find("Europe/Berlin");
  std::string_view rest(reinterpret_cast<const char*>(bytes), size);
  std::string_view name = line_of(rest), text = line_of(rest);
  auto filter = Filter::parse(name, text, zone);
  if (!filter) {
    if (filter.error().message.empty()) std::abort();
    return 0;
  }
  stet::Problems problems;
  stet::liquid::Value value =
      stet::site::value_of(stet::document::parse_yaml(rest, "fuzz.yml", problems));
  filter->passes(value);
  std::string key;
  stet::api::append_sort_key(key, value, size % 2 == 0, zone);
  std::string field = "filter[" + filter->field() + "]";
  auto equal = Filter::parse(field + "[eq]", text, zone);
  auto other = Filter::parse(field + "[ne]", text, zone);
  if (!equal || !other) return 0;  // a field with brackets of its own
  if (equal->passes(value) == other->passes(value)) std::abort();
  if (equal->canonical() == other->canonical()) std::abort();
  return 0;
}

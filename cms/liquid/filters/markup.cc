#include "cms/liquid/convert.h"
#include "cms/liquid/filters/escape.h"
#include "cms/liquid/filters/tables.h"
#include "cms/liquid/host.h"

namespace stet::liquid {
namespace {

// At worst a character becomes one of six (&quot;).
constexpr std::size_t kEscapeGrowth = 6;

template <std::string (*kEscape)(std::string_view)>
Result<Value> escape(const Value& input, const Arguments&, FilterContext& context) {
  std::string holder;
  std::string_view text = text_of(input, context.host(), holder);
  constexpr std::size_t kBytesUsual = 1 << 16;
  if (text.size() > kBytesUsual) TRY(context.charge_bytes(text.size() * kEscapeGrowth));
  return Value(kEscape(text));
}

Result<Value> escape_unless_nil(const Value& input, const Arguments& a, FilterContext& context) {
  if (input.is_nil()) return Value();
  return escape<escape_html>(input, a, context);
}

template <std::string (*kStrip)(std::string_view)>
Result<Value> convert(const Value& input, const Arguments&, FilterContext& context) {
  std::string holder;
  return Value(kStrip(text_of(input, context.host(), holder)));
}

Result<Value> markdownify(const Value& input, const Arguments&, FilterContext& context) {
  Host& host = context.host();
  std::string holder;
  return Value(host.markdownify(text_of(input, host, holder)));
}

Result<Value> smartify(const Value& input, const Arguments&, FilterContext& context) {
  Host& host = context.host();
  std::string holder;
  return Value(host.smartify(text_of(input, host, holder)));
}

template <bool kIsIndented>
Result<Value> compile_sass(const Value& input, const Arguments&, FilterContext& context) {
  Host& host = context.host();
  std::string holder;
  return Value(TRY(host.sassify(text_of(input, host, holder), kIsIndented)));
}

Result<Value> jsonify(const Value& input, const Arguments&, FilterContext& context) {
  std::string json;
  append_json(json, input, context.host(), JsonStyle::kCompact);
  return Value(std::move(json));
}

Result<Value> inspect(const Value& input, const Arguments&, FilterContext& context) {
  return Value(escape_xml(liquid::inspect(input, context.host())));
}

constexpr FilterEntry kFilters[] = {
    {.name = "escape", .filter = escape_unless_nil},
    {.name = "escape_once", .filter = escape<escape_html_once>},
    {.name = "h", .filter = escape_unless_nil},
    {.name = "inspect", .filter = inspect},
    {.name = "jsonify", .filter = jsonify},
    {.name = "markdownify", .filter = markdownify},
    {.name = "sassify", .filter = compile_sass<true>},
    {.name = "scssify", .filter = compile_sass<false>},
    {.name = "smartify", .filter = smartify},
    {.name = "strip_html", .filter = convert<strip_html>},
    {.name = "xml_escape", .filter = escape<escape_xml>},
};

}  // namespace

std::span<const FilterEntry> markup_filters() { return kFilters; }

}  // namespace stet::liquid

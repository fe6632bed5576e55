#include "cms/liquid/convert.h"
#include "cms/liquid/drop.h"
#include "cms/liquid/filters/escape.h"
#include "cms/liquid/filters/site_url.h"
#include "cms/liquid/filters/slugify.h"
#include "cms/liquid/filters/tables.h"
#include "cms/liquid/filters/uri.h"
#include "cms/liquid/host.h"
#include "storage/base/utf8.h"

namespace stet::liquid {
namespace {

// A document's URL, or the value itself.
Value url_of(const Value& value, Host& host) {
  bool has_url = value.type() == Type::kDrop && value.as_drop().has_key("url", host);
  return has_url ? value.as_drop().get("url", host) : value;
}

Result<Value> relative_url(const Value& input, const Arguments&, FilterContext& context) {
  Host& host = context.host();
  Value url = url_of(input, host);
  if (input.is_nil()) return Value();
  std::string baseurl = to_text(host.config("baseurl"), host);
  return Value(TRY(liquid::relative_url(to_text(url, host), baseurl)));
}

Result<Value> absolute_url(const Value& input, const Arguments&, FilterContext& context) {
  Host& host = context.host();
  if (input.is_nil()) return Value();
  std::string text = to_text(url_of(input, host), host);
  if (TRY(Uri::parse(text)).is_absolute()) return Value(std::move(text));
  std::string url = to_text(host.config("url"), host);
  std::string baseurl = to_text(host.config("baseurl"), host);
  return Value(TRY(liquid::absolute_url(text, url, baseurl)));
}

Result<Value> strip_index(const Value& input, const Arguments&, FilterContext&) {
  if (input.is_nil()) return Value();
  if (!input.is_string()) {
    return invalid_input("strip_index needs text, and got " + std::string(class_name(input)));
  }
  std::string_view text = input.as_string();
  if (text.empty()) return Value();
  for (std::string_view ending : {"/index.html", "/index.htm"}) {
    if (!text.ends_with(ending)) continue;
    return Value(std::string(text.substr(0, text.size() - ending.size() + 1)));
  }
  return input;
}

template <std::string (*kEncode)(std::string_view)>
Result<Value> encode(const Value& input, const Arguments&, FilterContext& context) {
  if (input.is_nil()) return Value();
  std::string holder;
  return Value(kEncode(text_of(input, context.host(), holder)));
}

Result<Value> url_decode(const Value& input, const Arguments&, FilterContext& context) {
  if (input.is_nil()) return Value();
  std::string holder;
  std::string decoded = decode_form(text_of(input, context.host(), holder));
  if (!is_utf8(decoded)) return invalid_input("invalid byte sequence in UTF-8");
  return Value(std::move(decoded));
}

Result<Value> slugify(const Value& input, const Arguments& arguments, FilterContext& context) {
  if (input.is_nil()) return Value();
  Host& host = context.host();
  std::string mode = arguments[0].is_truthy() ? to_s(arguments[0], host) : "default";
  std::string holder;
  return Value(liquid::slugify(text_of(input, host, holder), mode));
}

constexpr FilterEntry kFilters[] = {
    {.name = "absolute_url", .filter = absolute_url},
    {.name = "cgi_escape", .filter = encode<encode_form>},
    {.name = "relative_url", .filter = relative_url},
    {.name = "slugify", .filter = slugify, .arguments_max = 1},
    {.name = "strip_index", .filter = strip_index},
    {.name = "uri_escape", .filter = encode<normalize_component>},
    {.name = "url_decode", .filter = url_decode},
    {.name = "url_encode", .filter = encode<encode_form>},
};

}  // namespace

std::span<const FilterEntry> url_filters() { return kFilters; }

}  // namespace stet::liquid

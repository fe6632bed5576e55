#include <algorithm>

#include "cms/liquid/convert.h"
#include "cms/liquid/filters/moment.h"
#include "cms/liquid/filters/tables.h"
#include "cms/liquid/host.h"
#include "storage/base/utf8.h"

namespace stet::liquid {
namespace {

constexpr std::size_t kQuotedBytesMax = 200;  // of what messages quote

Result<Value> date(const Value& input, const Arguments& arguments, FilterContext& context) {
  Host& host = context.host();
  std::string holder;
  std::string_view format = text_of(arguments[0], host, holder);
  if (format.empty()) return input;
  auto moment = moment_of(input, host);
  if (!moment) return input;
  constexpr std::size_t kFormatBytesUsual = 256;
  if (format.size() > kFormatBytesUsual) {
    constexpr std::size_t kDirectiveBytesMax = 1024;
    auto directives = std::count(format.begin(), format.end(), '%');
    TRY(context.charge_bytes(format.size() +
                             static_cast<std::size_t>(directives) * kDirectiveBytesMax));
  }
  return Value(print("date", format, *moment, host));
}

// Empty input is given back; what is no time stops the page, as Jekyll stops the build.
Result<Value> date_to(std::string_view filter,
                      std::string_view argument,
                      const Value& input,
                      Host& host) {
  bool is_empty = input.is_nil() || (input.is_string() && input.as_string().empty());
  if (is_empty) return input;
  auto moment = moment_of(input, host);
  if (!moment) {
    return invalid_input("Invalid Date: '" + printable(inspect(input, host), kQuotedBytesMax) +
                         "' is not a valid datetime.");
  }
  return Value(print(filter, argument, *moment, host));
}

Result<Value> to_xmlschema(const Value& input, const Arguments&, FilterContext& context) {
  return date_to("date_to_xmlschema", "", input, context.host());
}

Result<Value> to_rfc822(const Value& input, const Arguments&, FilterContext& context) {
  return date_to("date_to_rfc822", "", input, context.host());
}

// "ordinal" or "ordinal,US", where the arguments say so.
std::string style_of(const Arguments& arguments, Host& host) {
  if (to_s(arguments[0], host) != "ordinal") return "";
  return to_s(arguments[1], host) == "US" ? "ordinal,US" : "ordinal";
}

Result<Value> to_string(const Value& input, const Arguments& arguments, FilterContext& context) {
  Host& host = context.host();
  return date_to("date_to_string", style_of(arguments, host), input, host);
}

Result<Value> to_long_string(const Value& input,
                             const Arguments& arguments,
                             FilterContext& context) {
  Host& host = context.host();
  return date_to("date_to_long_string", style_of(arguments, host), input, host);
}

constexpr FilterEntry kFilters[] = {
    {.name = "date", .filter = date, .arguments_min = 1, .arguments_max = 1, .formats_time = true},
    {.name = "date_to_long_string",
     .filter = to_long_string,
     .arguments_max = 2,
     .formats_time = true},
    {.name = "date_to_rfc822", .filter = to_rfc822, .formats_time = true},
    {.name = "date_to_string", .filter = to_string, .arguments_max = 2, .formats_time = true},
    {.name = "date_to_xmlschema", .filter = to_xmlschema, .formats_time = true},
};

}  // namespace

std::span<const FilterEntry> date_filters() { return kFilters; }

}  // namespace stet::liquid

#include "api/program/setting_kinds.h"

#include <charconv>

#include "storage/base/utf8.h"

namespace stet::program {

Result<std::uint64_t> number_of(const std::string& key,
                                const std::string& value,
                                const NumberRange& range) {
  std::uint64_t number = 0;
  auto [end, failure] = std::from_chars(value.data(), value.data() + value.size(), number);
  bool is_number = failure == std::errc() && end == value.data() + value.size();
  if (is_number && number >= range.least && number <= range.most) return number;
  return invalid_input("'" + key + "' is a number from " + std::to_string(range.least) + " to " +
                       std::to_string(range.most));
}

Result<bool> choice_of(const std::string& key,
                       const std::string& value,
                       std::string_view yes,
                       std::string_view no) {
  if (value == yes || value == no) return value == yes;
  return invalid_input("'" + key + "' is " + std::string(yes) + " or " + std::string(no) +
                       ", not '" + printable(value, 40) + "'");
}

std::vector<std::string> names_of(const std::vector<Network>& networks) {
  std::vector<std::string> names;
  for (const Network& network : networks) {
    const bool is_one = network.bits == network.address.size * 8;
    names.push_back(network.address.string() + (is_one ? "" : "/" + std::to_string(network.bits)));
  }
  return names;
}

}  // namespace stet::program

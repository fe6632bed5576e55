#include "api/program/setting_kinds.h"

#include <charconv>

#include "api/auth/names.h"
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

Result<std::string> origin_of(const std::string& key, const std::string& value) {
  std::string origin = value.ends_with('/') ? value.substr(0, value.size() - 1) : value;
  std::size_t host = origin.find("://");
  bool is_origin = (origin.starts_with("https://") || origin.starts_with("http://")) &&
                   origin.size() > host + 3 &&
                   origin.find_first_of("/?#@ \"\\<>", host + 3) == std::string::npos;
  if (is_origin || value.empty()) return origin;
  return invalid_input("'" + key + "' is the address of the admin origin, such as " +
                       "https://cms.example, and no more; not '" + printable(value, 80) + "'");
}

Result<std::string> any_origin_of(const std::string& key, const std::string& value) {
  std::string origin =
      auth::lower_case(value.ends_with('/') ? value.substr(0, value.size() - 1) : value);
  const std::size_t host = origin.find("://");
  const bool is_origin = host != std::string::npos && host > 0 && origin.size() > host + 3 &&
                         origin.find_first_of("/?#@ \"\\<>,", host + 3) == std::string::npos;
  if (is_origin) return origin;
  return invalid_input("'" + key + "' names origins, such as https://app.example, and no more of " +
                       "an address; not '" + printable(value, 80) + "'");
}

}  // namespace stet::program

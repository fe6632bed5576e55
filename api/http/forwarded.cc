#include "api/http/forwarded.h"

#include <algorithm>
#include <optional>
#include <set>

#include "storage/base/ip_address.h"

namespace stet::http {
namespace {

constexpr std::string_view kTokenMarks = "!#$%&'*+-.^_`|~";  // RFC 9110 5.6.2

bool is_token_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         kTokenMarks.find(c) != std::string_view::npos;
}

// Of ASCII: names of pairs are told apart without case (RFC 7239 4).
std::string lowered(std::string_view name) {
  std::string text(name);
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

class Reader {
 public:
  explicit Reader(std::string_view rest) : rest_(rest) {}

  bool is_at_end() const { return rest_.empty(); }
  // Blanks are passed over on both sides of a comma, and nowhere else.
  bool take(char c) {
    if (c == ',') skip_blanks();
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    if (c == ',') skip_blanks();
    return true;
  }
  std::string_view token() {
    std::size_t size = 0;
    while (size < rest_.size() && is_token_char(rest_[size])) ++size;
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }
  // A token, or a text in quotes; none: neither.
  std::optional<std::string> value() {
    if (!take('"')) {
      const std::string_view taken = token();
      return taken.empty() ? std::nullopt : std::optional<std::string>(taken);
    }
    std::string text;
    while (!rest_.empty() && !rest_.starts_with('"')) {
      if (rest_.starts_with('\\')) rest_.remove_prefix(1);
      if (rest_.empty()) break;
      text += rest_.front();
      rest_.remove_prefix(1);
    }
    return take('"') ? std::optional(text) : std::nullopt;
  }
  void skip_blanks() {
    while (rest_.starts_with(' ') || rest_.starts_with('\t')) rest_.remove_prefix(1);
  }

 private:
  std::string_view rest_;
};

Error malformed() { return invalid_input("Forwarded is not as RFC 7239 has it"); }

// Pairs of one proxy, parted by ';'; none twice.
Result<ForwardedHop> take_hop(Reader& reader) {
  ForwardedHop hop;
  std::set<std::string> seen;
  do {
    const std::string name = lowered(reader.token());
    if (name.empty() || !reader.take('=') || !seen.insert(name).second) return malformed();
    auto value = reader.value();
    if (!value) return malformed();
    if (name == "for") hop.address = address_of_node(*value);
    if (name == "proto") hop.proto = *std::move(value);
  } while (reader.take(';'));
  return hop;
}

}  // namespace

// "192.0.2.43:47011", "[2001:db8::17]:80", "2001:db8::17", "unknown", "_hidden".
std::string address_of_node(std::string_view node) {
  auto whole = IpAddress::parse(node);
  if (whole) return whole->unmapped().string();
  if (node.starts_with('[')) {
    node = node.substr(1, node.find(']') - 1);
  } else {
    node = node.substr(0, node.find(':'));
  }
  auto address = IpAddress::parse(node);
  return address ? address->unmapped().string() : "";
}

Result<std::vector<ForwardedHop>> parse_forwarded(std::string_view field) {
  Reader reader(field);
  reader.skip_blanks();
  std::vector<ForwardedHop> hops;
  while (!reader.is_at_end()) {
    if (hops.size() == kForwardedHopsMax) return malformed();
    hops.push_back(TRY(take_hop(reader)));
    if (reader.is_at_end()) break;
    if (!reader.take(',') || reader.is_at_end()) return malformed();
  }
  return hops;
}

}  // namespace stet::http

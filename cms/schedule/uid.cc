#include "cms/schedule/uid.h"

#include <algorithm>

#include "storage/base/uuid.h"

namespace stet::schedule {
namespace {

constexpr std::size_t kGuidBytes = 36;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool is_guid(std::string_view text) {
  if (text.size() != kGuidBytes) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool is_hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    if (is_hyphen ? text[i] != '-' : hex_value(text[i]) < 0) return false;
  }
  return true;
}

}  // namespace

std::string uid_of_path(std::string_view path) { return uuid_of_url(path); }

std::string uid_of_slot(const Session& session, const Slot& slot) {
  if (!slot.uid.empty()) return slot.uid;
  std::string own = session.uid.empty() ? uid_of_path(session.path) : session.uid;
  if (slot.pointer.empty()) return own;
  if (!slot.id.empty()) return uuid_of_url(own + "#" + slot.id);
  return uuid_of_url(own + "@" + std::to_string(slot.start ? slot.start->seconds : 0));
}

std::string guid_of_uid(std::string_view uid) {
  return is_guid(uid) ? std::string(uid) : uuid_of_url(uid);
}

std::int32_t number_of_guid(std::string_view guid) {
  std::uint32_t number = 0;
  for (char c : guid) {
    if (c != '-') number = number * 31 + static_cast<std::uint32_t>(hex_value(c));
  }
  return static_cast<std::int32_t>(number % 0x7ffffffeu) + 1;
}

}  // namespace stet::schedule

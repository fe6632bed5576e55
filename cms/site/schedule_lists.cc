#include "cms/site/schedule_lists.h"

#include <set>

namespace stet::site {
namespace {

using liquid::Type;
using liquid::Value;

void add(std::set<std::string>& lists, std::string_view kind, const Value* name) {
  if (!name || lists.size() >= kListsMax) return;
  std::string text;
  if (name->type() == Type::kInteger) text = std::to_string(name->as_integer());
  if (name->is_string()) text = name->as_string();
  if (!text.empty()) lists.insert(std::string(kind) + text);
}

const liquid::Array* array_at(const liquid::Hash& fields, std::string_view key) {
  const Value* value = fields.find(key);
  return value && value->type() == Type::kArray ? &value->as_array() : nullptr;
}

}  // namespace

std::vector<std::string> lists_of_session(const liquid::Hash& fields) {
  std::set<std::string> lists;
  add(lists, kRoomLists, fields.find("room"));
  add(lists, kTrackLists, fields.find("track"));
  if (const auto* slots = array_at(fields, "slots")) {
    for (const Value& slot : slots->items) {
      if (slot.type() == Type::kHash) add(lists, kRoomLists, slot.as_hash().find("room"));
    }
  }
  if (const auto* speakers = array_at(fields, "speakers")) {
    for (const Value& slug : speakers->items) add(lists, kSpeakerLists, &slug);
  }
  return {lists.begin(), lists.end()};
}

}  // namespace stet::site

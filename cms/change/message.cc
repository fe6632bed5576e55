#include "cms/change/message.h"

#include <vector>

#include "cms/document/structured.h"
#include "storage/base/utf8.h"

namespace stet::change {
namespace {

using document::Data;

constexpr std::size_t kFieldsMax = 5;
constexpr std::size_t kFieldBytesMax = 40;
constexpr std::size_t kNameBytesMax = 200;

struct Parts {
  Data fields;
  std::string_view body;
};

Parts parts_of(const Written& written, std::string_view bytes, const document::Document* parsed) {
  if (written.resource.is_structured()) {
    Problems ignored;
    return {document::read_structured(bytes, written.name, ignored), ""};
  }
  if (parsed) return {parsed->front_matter, parsed->body(bytes)};
  document::Document document = document::parse_document(bytes, "");
  return {std::move(document.front_matter), document.body(bytes)};
}

std::vector<std::string> differing(const Parts& before, const Parts& after) {
  std::vector<std::string> names;
  static const Data::Map kNone;
  const Data::Map& old_map = before.fields.map() ? *before.fields.map() : kNone;
  const Data::Map& new_map = after.fields.map() ? *after.fields.map() : kNone;
  for (const auto& [key, value] : new_map) {
    const Data* old = old_map.find(key);
    if (!old || !(*old == value)) names.push_back(printable(key, kFieldBytesMax));
  }
  for (const auto& [key, value] : old_map) {
    if (!new_map.contains(key)) names.push_back(printable(key, kFieldBytesMax));
  }
  if (before.body != after.body) names.emplace_back("body");
  return names;
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i == kFieldsMax) return text + " and " + std::to_string(names.size() - i) + " more";
    text += (i == 0 ? ": " : ", ") + names[i];
  }
  return text;
}

}  // namespace

std::string default_message(const Written& written) {
  std::string what(written.resource.name);
  if (written.resource.has_label()) what += "/" + printable(written.label, kFieldBytesMax);
  if (!written.name.empty()) what += "/" + printable(written.name, kNameBytesMax);
  if (!written.before) return "Create " + what;
  if (!written.after) return "Delete " + what;
  return "Update " + what +
         listed(differing(parts_of(written, *written.before, written.parsed_before),
                          parts_of(written, *written.after, written.parsed_after)));
}

}  // namespace stet::change

#include "cms/schema/field.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "cms/document/json_patch.h"

namespace stet::schema {
namespace {

constexpr std::array<std::string_view, 12> kTypes{"text",
                                                  "markdown",
                                                  "date",
                                                  "boolean",
                                                  "number",
                                                  "list",
                                                  "tags",
                                                  "image",
                                                  "reference",
                                                  "select",
                                                  "object",
                                                  "any"};

constexpr std::string_view kOwnKeys[] = {"layout",
                                         "permalink",
                                         "published",
                                         "date",
                                         "slug",
                                         "render_with_liquid",
                                         "redirect_from",
                                         "redirect_to",
                                         "uid"};

}  // namespace

const char kDatePattern[] =
    "^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
    "(?:[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\\.[0-9]{1,9})?)?"
    " ?(?:Z|[+-](?:0[0-9]|1[0-4]):?[0-5][0-9]))?$";

std::string_view name_of(FieldType type) { return kTypes[static_cast<std::size_t>(type)]; }

const Schema* find_schema(const Schemas& schemas, std::string_view key) {
  auto found = schemas.find(key);
  if (found == schemas.end() && key == "drafts") found = schemas.find("posts");
  return found == schemas.end() ? nullptr : &found->second;
}

bool is_own_key(std::string_view key) {
  return std::find(std::begin(kOwnKeys), std::end(kOwnKeys), key) != std::end(kOwnKeys);
}

std::vector<std::string_view> own_keys() { return {std::begin(kOwnKeys), std::end(kOwnKeys)}; }

std::string date_text(const document::Data& value) {
  if (const std::string* text = value.string()) return *text;
  if (!value.date() && !value.time()) return "";
  document::Data json = document::as_json(value);
  return json.string() ? *json.string() : "";
}

}  // namespace stet::schema

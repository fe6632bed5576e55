// Keys of the configuration that Jekyll and stet give a meaning to, and what each may be.
//
// What is of another type is a warning: both go on, with what they take in its place.

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "cms/change/field_value.h"
#include "cms/change/report.h"
#include "cms/change/resource.h"

namespace stet::change {
namespace {

using document::Data;

enum class Wanted { kText, kFlag, kCount, kNames, kList, kMap, kMoment };

struct Setting {
  std::string_view pointer;
  Wanted wanted;
};

constexpr auto kSettings = std::to_array<Setting>({
    {"/collections_dir", Wanted::kText},
    {"/data_dir", Wanted::kText},
    {"/destination", Wanted::kText},
    {"/encoding", Wanted::kText},
    {"/excerpt_separator", Wanted::kText},
    {"/includes_dir", Wanted::kText},
    {"/layouts_dir", Wanted::kText},
    {"/markdown", Wanted::kText},
    {"/markdown_ext", Wanted::kText},
    {"/paginate_path", Wanted::kText},
    {"/permalink", Wanted::kText},
    {"/plugins_dir", Wanted::kText},
    {"/source", Wanted::kText},
    {"/theme", Wanted::kText},
    {"/remote_theme", Wanted::kText},
    {"/future", Wanted::kFlag},
    {"/incremental", Wanted::kFlag},
    {"/lsi", Wanted::kFlag},
    {"/safe", Wanted::kFlag},
    {"/show_dir_listing", Wanted::kFlag},
    {"/show_drafts", Wanted::kFlag},
    {"/strict_front_matter", Wanted::kFlag},
    {"/unpublished", Wanted::kFlag},
    {"/limit_posts", Wanted::kCount},
    {"/paginate", Wanted::kCount},
    {"/exclude", Wanted::kNames},
    {"/gems", Wanted::kNames},
    {"/include", Wanted::kNames},
    {"/keep_files", Wanted::kNames},
    {"/plugins", Wanted::kNames},
    {"/whitelist", Wanted::kNames},
    {"/defaults", Wanted::kList},
    {"/commonmark", Wanted::kMap},
    {"/feed", Wanted::kMap},
    {"/jekyll-archives", Wanted::kMap},
    {"/kramdown", Wanted::kMap},
    {"/liquid", Wanted::kMap},
    {"/liquid/error_mode", Wanted::kText},
    {"/liquid/strict_filters", Wanted::kFlag},
    {"/liquid/strict_variables", Wanted::kFlag},
    {"/pagination", Wanted::kMap},
    {"/sass", Wanted::kMap},
    {"/sass/style", Wanted::kText},
    {"/sass/sass_dir", Wanted::kText},
    {"/time", Wanted::kMoment},
    {"/stet", Wanted::kMap},
    {"/stet/github_pages", Wanted::kFlag},
    {"/stet/micropub", Wanted::kMap},
    {"/stet/micropub/syndicate-to", Wanted::kList},
    {"/stet/search", Wanted::kFlag},
    {"/stet/theme", Wanted::kText},
});

const Data* find_at(const Data& data, std::string_view pointer) {
  const Data* found = &data;
  while (found && !pointer.empty()) {
    pointer.remove_prefix(1);
    std::size_t end = std::min(pointer.find('/'), pointer.size());
    found = found->find(pointer.substr(0, end));
    pointer.remove_prefix(end);
  }
  return found;
}

// "5" as well, of which Ruby makes a number.
bool is_count(const Data& value) {
  if (const std::int64_t* number = value.integer()) return *number >= 0;
  const std::string* text = value.string();
  return text && !text->empty() && text->find_first_not_of("0123456789") == text->npos;
}

bool is_wanted(Wanted wanted, const Data& value) {
  switch (wanted) {
    case Wanted::kText: return value.is_string();
    case Wanted::kFlag: return value.boolean() != nullptr;
    case Wanted::kCount: return is_count(value);
    case Wanted::kNames: {
      const Data::List* list = value.list();
      return list && std::all_of(list->begin(), list->end(), is_text_like);
    }
    case Wanted::kList: return value.is_list();
    case Wanted::kMap: return value.is_map();
    case Wanted::kMoment: return value.date() || value.time();
  }
  return true;
}

std::string_view words_of(Wanted wanted) {
  switch (wanted) {
    case Wanted::kText: return "text";
    case Wanted::kFlag: return "true or false, without quotes";
    case Wanted::kCount: return "a number from 0";
    case Wanted::kNames: return "a list of names, such as [one, two]";
    case Wanted::kList: return "a list";
    case Wanted::kMap: return "keys with values";
    case Wanted::kMoment: return "a day, such as 2020-10-11";
  }
  return "";
}

// [{scope: {path: ..., type: ...}, values: {...}}]
void check_defaults(const Data& config, Report& report) {
  const Data* defaults = config.find("defaults");
  const Data::List* sets = defaults ? defaults->list() : nullptr;
  for (std::size_t i = 0; sets && i < sets->size() && !report.is_full(); ++i) {
    const Data& set = (*sets)[i];
    const Data* scope = set.find("scope");
    const Data* values = set.find("values");
    std::string pointer = "/defaults/" + std::to_string(i);
    if (!values || !values->is_map()) {
      report.warn(pointer, "a set of defaults has values:, which are keys with values");
    } else if (scope && !scope->is_nil() && !scope->is_map()) {
      report.warn(pointer + "/scope", "a scope has path: and type:");
    }
  }
}

bool has_label(const Data& config, std::string_view label) {
  const Data* collections = config.find("collections");
  if (!collections) return false;
  if (collections->is_map()) return collections->find(label) != nullptr;
  const Data::List* list = collections->list();
  return list && std::any_of(list->begin(), list->end(), [&](const Data& one) {
           return one.string() && *one.string() == label;
         });
}

// What `anonymous` may name: "posts", "schedule/sessions", "collections/recipes", "tags".
bool is_readable(const Data& config, std::string_view name) {
  constexpr std::string_view kCollections = "collections/";
  if (name == "tags" || name == "categories" || name == "search") return true;
  if (name.starts_with(kCollections)) return has_label(config, name.substr(kCollections.size()));
  return find_resource(name) != nullptr;
}

// "https://app.example:8443", as browsers send it.
bool is_origin(std::string_view text) {
  if (text == "*") return true;
  std::size_t scheme = text.find("://");
  if (scheme == text.npos || scheme == 0) return false;
  std::string_view host = text.substr(scheme + 3);
  return !host.empty() && host.find_first_of("/?#@ *") == host.npos;
}

template <typename IsRight>
void check_each(const Data& config,
                const std::string& pointer,
                const IsRight& is_right,
                std::string_view fault,
                Report& report) {
  const Data* value = find_at(config, pointer);
  if (!value || value->is_nil()) return;
  auto check_one = [&](const Data& one, const std::string& at) {
    const std::string* text = one.string();
    if (text && is_right(*text)) return;
    std::string shown = text ? "'" + *text + "' is " : "this is ";
    report.warn(at, shown + std::string(fault));
  };
  if (value->is_string()) return check_one(*value, pointer);
  const Data::List* list = value->list();
  for (std::size_t i = 0; list && i < list->size() && !report.is_full(); ++i) {
    check_one((*list)[i], pointer + "/" + std::to_string(i));
  }
}

void check_public_rules(const Data& config, Report& report) {
  const Data* anonymous = find_at(config, "/stet/api/anonymous");
  if (anonymous && anonymous->is_list()) {
    check_each(
        config,
        "/stet/api/anonymous",
        [&](std::string_view name) { return is_readable(config, name); },
        "nothing that can be read: name posts, pages, collections/LABEL and the like",
        report);
  }
  check_each(config,
             "/stet/api/cors",
             is_origin,
             "no origin: write https://app.example, or '*' for all",
             report);
  check_each(
      config, "/stet/api/hidden", [](std::string_view) { return true; }, "no field's name", report);
}

}  // namespace

void check_settings(const Data& config, Report& report) {
  for (const Setting& setting : kSettings) {
    const Data* value = find_at(config, setting.pointer);
    if (!value || value->is_nil() || is_wanted(setting.wanted, *value)) continue;
    std::string name(setting.pointer.substr(setting.pointer.rfind('/') + 1));
    bool is_one_name = setting.wanted == Wanted::kNames && value->is_string();
    report.warn(std::string(setting.pointer),
                "'" + name + "' is " + std::string(words_of(setting.wanted)) +
                    (is_one_name ? "; Jekyll refuses a single text" : "; this is passed over"));
  }
  check_defaults(config, report);
  check_public_rules(config, report);
}

}  // namespace stet::change

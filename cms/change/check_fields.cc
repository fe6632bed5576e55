// Fields that Jekyll and stet give a meaning to, in the front matter of posts, pages and items.

#include <algorithm>
#include <array>
#include <iterator>

#include "cms/change/field_value.h"
#include "cms/change/report.h"
#include "cms/schedule/schedule_view.h"
#include "cms/site/derive.h"
#include "cms/site/permalink.h"
#include "cms/site/post_name.h"
#include "cms/site/role.h"

namespace stet::change {
namespace {

using document::Data;
using site::Role;
using site::RoleOf;

constexpr std::string_view kPagePlaceholders[] = {"path", "basename", "output_ext"};
constexpr std::string_view kItemPlaceholders[] = {"collection",
                                                  "path",
                                                  "name",
                                                  "title",
                                                  "slug",
                                                  "categories",
                                                  "slugified_categories",
                                                  "output_ext"};

std::string pointer_to(std::string_view key) { return "/front_matter/" + pointer_token(key); }

bool is_dated(const RoleOf& role) { return role.role == Role::kPost || role.role == Role::kDraft; }

// "2020-02-31", which Ruby takes for the second of March.
bool is_beyond_calendar(const Data& value) {
  constexpr std::size_t kDayBytes = 10;
  const std::string* text = value.string();
  if (!text || text->size() < kDayBytes) return false;
  std::string_view day = std::string_view(*text).substr(0, kDayBytes);
  bool is_iso = day.find_first_not_of("0123456789-") == day.npos && day[4] == '-' && day[7] == '-';
  return is_iso && !parse_iso_date(day);
}

// `is_needed`: what it says is acted on, so that it must not be taken for nothing.
void check_date(const Data& map,
                const std::string& key,
                bool is_needed,
                const Surroundings& surroundings,
                Report& report) {
  const Data* date = map.find(key);
  bool is_fine = !date || date->is_nil() ||
                 (date_of(*date, surroundings.config().zone()) && !is_beyond_calendar(*date));
  if (is_fine) return;
  std::string message =
      date->is_scalar() ? "'" + text_of(*date) + "' is no date" : "this is no date";
  message += "; write it as 2020-10-11 10:00:00 +0000";
  if (is_needed) {
    report.error(pointer_to(key), std::move(message));
  } else {
    report.warn(pointer_to(key), std::move(message));
  }
}

void check_title(const Data& map, const RoleOf& role, Report& report) {
  const Data* title = map.find("title");
  bool is_missing = !title || title->is_nil();
  if (is_missing && is_dated(role)) {
    report.warn(pointer_to("title"), "a post without a title is shown under its file's name");
  }
  if (!is_missing && !title->is_scalar()) {
    report.error(pointer_to("title"), "a title is one line of text");
  }
}

bool is_words(const Data& value) {
  if (const auto* list = value.list()) return std::all_of(list->begin(), list->end(), is_words);
  return value.is_scalar();
}

void check_words(const Data& map, std::string_view key, Report& report) {
  const Data* value = map.find(key);
  if (!value || value->is_nil() || value->is_string()) return;
  std::string wanted = std::string(key) + " are a list of words, or one text of words";
  if (!is_words(*value)) return report.error(pointer_to(key), std::move(wanted));
  if (!value->is_list()) report.warn(pointer_to(key), wanted + "; other values are passed over");
}

void check_permalink(const Data& map, const RoleOf& role, const RepoPath& path, Report& report) {
  const Data* permalink = map.find("permalink");
  if (!permalink || permalink->is_nil()) return;
  if (!permalink->is_string()) {
    return report.warn(pointer_to("permalink"), "a permalink is text, such as /about/");
  }
  bool is_page = role.role == Role::kSite;
  const Data* date = map.find("date");
  bool has_date =
      !is_page || (date && !date->is_nil()) || site::parse_post_name(path.filename()).has_value();
  std::string message;
  if (!is_permalink(*permalink->string(), is_page, has_date, message)) {
    report.error(pointer_to("permalink"), std::move(message));
  }
}

void check_layout(const Data& map, const Surroundings& surroundings, Report& report) {
  const Data* layout = map.find("layout");
  if (!layout || layout->is_nil()) return;
  const std::string* name = layout->string();
  if (!name) return report.warn(pointer_to("layout"), "a layout is the name of a file in _layouts");
  if (name->empty() || *name == "none" || surroundings.has_layout(*name)) return;
  report.warn(pointer_to("layout"),
              "layout '" + *name + "' does not exist; make _layouts/" + *name + ".html");
}

void check_published(const Data& map, Report& report) {
  const Data* published = map.find("published");
  if (!published || published->is_nil() || published->boolean()) return;
  report.warn(pointer_to("published"), "only true and false count here; this is shown");
}

void check_post_name(const RepoPath& path, Report& report) {
  if (site::parse_post_name(path.filename())) return;
  report.warn("", "a post's file is named YYYY-MM-DD-title.md; under this name it is passed over");
}

}  // namespace

bool is_permalink(std::string_view permalink, bool is_page, bool has_date, std::string& message) {
  auto placeholder = [&](std::string_view name) -> std::optional<std::string> {
    auto is_named = [&](const auto& names) {
      return std::find(std::begin(names), std::end(names), name) != std::end(names);
    };
    if (is_page ? is_named(kPagePlaceholders) : is_named(kItemPlaceholders)) return "x";
    return has_date ? site::date_placeholder(name, Time{}) : std::nullopt;
  };
  auto url = site::expand_permalink(permalink, placeholder);
  if (!url) message = url.error().message;
  return url.has_value();
}

void check_fields(const Data& map,
                  const RepoPath& path,
                  const RoleOf& role,
                  const Surroundings& surroundings,
                  Report& report) {
  if (role.role == Role::kPost) check_post_name(path, report);
  check_title(map, role, report);
  check_date(map, "date", role.role != Role::kSite, surroundings, report);
  check_date(map, std::string(site::kUnpublishKey), true, surroundings, report);
  check_date(map, "last_modified_at", false, surroundings, report);
  for (std::string_view key : {"tags", "categories"}) {
    if (role.role != Role::kSite) check_words(map, key, report);
  }
  check_permalink(map, role, path, report);
  check_layout(map, surroundings, report);
  check_published(map, report);
  if (role.role == Role::kCollection && role.label == schedule::kSessions) {
    check_session(map, path, surroundings, report);
  }
  if (role.role == Role::kCollection && role.label == schedule::kSpeakers) {
    check_speaker(map, path, surroundings, report);
  }
}

}  // namespace stet::change

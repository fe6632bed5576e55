// The structured files that stet itself reads: the event and the configuration.

#include <optional>
#include <set>

#include "cms/change/field_value.h"
#include "cms/change/report.h"
#include "cms/change/review_rules.h"
#include "cms/schedule/policy.h"
#include "cms/site/permalink.h"
#include "cms/site/value_of.h"
#include "storage/base/zone.h"

namespace stet::change {
namespace {

using document::Data;

// A date, or a text that begins with one; anything else is an error.
std::optional<Date> date_in(const Data& data, const std::string& key, Report& report) {
  const Data* value = data.find(key);
  if (!value || value->is_nil()) return std::nullopt;
  if (const Date* date = value->date()) return *date;
  if (const Time* time = value->time()) return civil_of(*time).date;
  if (const std::string* text = value->string()) {
    if (auto date = parse_iso_date(std::string_view(*text).substr(0, 10))) return date;
  }
  std::string shown = value->is_scalar() ? "'" + text_of(*value) + "' is" : "this is";
  report.error("/" + key, shown + " no date; write it as 2020-10-12");
  return std::nullopt;
}

void check_names(const Data& data, const std::string& key, Report& report) {
  const Data* value = data.find(key);
  if (!value || value->is_nil()) return;
  const auto* list = value->list();
  if (!list) return report.error("/" + key, key + " are a list, such as [{name: Main}]");
  std::set<std::string> names;
  for (std::size_t i = 0; i < list->size() && !report.is_full(); ++i) {
    const Data& item = (*list)[i];
    const Data* name = item.is_map() ? item.find("name") : &item;
    std::string pointer = "/" + key + "/" + std::to_string(i);
    if (!name || !name->is_string() || name->string()->empty()) {
      report.error(pointer, "each of the " + key + " has a name, which is text");
    } else if (!names.insert(*name->string()).second) {
      report.warn(pointer, "'" + *name->string() + "' is there twice");
    }
  }
}

void check_zone(const Data& data, const std::string& key, Report& report) {
  const Data* zone = data.find(key);
  if (!zone || zone->is_nil()) return;
  if (!zone->is_string()) {
    return report.error("/" + key, "a time zone is text, such as America/New_York");
  }
  auto found = TimeZone::find(*zone->string());
  if (!found) report.error("/" + key, found.error().message);
}

// What anybody may read by the API; what is of another type opens nothing.
void check_api(const Data& api, Report& report) {
  if (!api.is_map())
    return report.warn("/stet/api", "api is keys with values: anonymous, cors ...");
  const Data* anonymous = api.find("anonymous");
  if (anonymous && !anonymous->boolean() && !anonymous->list()) {
    report.warn("/stet/api/anonymous",
                "anonymous is true, false, or a list such as [posts, pages]");
  }
  for (const char* key : {"cors", "hidden"}) {
    const Data* list = api.find(key);
    if (!list || list->is_string() || list->list()) continue;
    report.warn("/stet/api/" + std::string(key), std::string(key) + " is a list of texts");
  }
  const Data* age = api.find("max_age");
  if (age && (!age->integer() || *age->integer() < 0)) {
    report.warn("/stet/api/max_age", "max_age is a number of seconds");
  }
}

void check_schedule(const Data* stet, Report& report) {
  if (!stet || !stet->find("schedule")) return;
  if (!schedule::read_clash_policy(site::value_of(*stet))) {
    report.warn("/stet/schedule/clashes", "clashes is refuse, warn or off");
  }
  if (!schedule::read_public_policy(site::value_of(*stet))) {
    report.warn("/stet/schedule/public",
                "public is all or released; what is neither holds back as released does");
  }
}

}  // namespace

void check_event(const Data& data, Report& report) {
  if (!data.is_map()) return report.error("", "an event is keys with values, such as title: Days");
  const Data* title = data.find("title");
  if (!title || title->is_nil()) {
    report.warn("/title", "the event has no title");
  } else if (!title->is_scalar()) {
    report.error("/title", "a title is one line of text");
  }
  const Data* zone = data.find("time_zone");
  if (!zone || zone->is_nil()) {
    report.warn("/time_zone", "the event has no time_zone; its times are taken for UTC");
  }
  check_zone(data, "time_zone", report);
  auto start = date_in(data, "start", report), end = date_in(data, "end", report);
  if (start && end && *end < *start) {
    report.error("/end", "an event does not end before its first day");
  }
  check_names(data, "rooms", report);
  check_names(data, "tracks", report);
  check_names(data, "types", report);
}

void check_config(const Data& data, Report& report) {
  const bool* boolean = data.boolean();
  if (data.is_nil() || (boolean && !*boolean)) return;  // an empty file
  if (!data.is_map()) {
    return report.error("", "the configuration is keys with values, such as title: My site");
  }
  check_zone(data, "timezone", report);
  for (const char* key : {"url", "baseurl"}) {
    const Data* value = data.find(key);
    if (value && !value->is_nil() && !value->is_string()) {
      report.warn("/" + std::string(key), "this is text, such as https://example.org");
    }
  }
  const Data* permalink = data.find("permalink");
  std::string message;
  if (permalink && permalink->is_string() &&
      !is_permalink(site::permalink_template(*permalink->string()), false, true, message)) {
    report.error("/permalink", std::move(message));
  }
  const Data* stet = data.find("stet");
  const Data* api = stet ? stet->find("api") : nullptr;
  if (api && !api->is_nil()) check_api(*api, report);
  check_schedule(stet, report);
  ReviewRules review = review_rules_of(stet);
  if (!review.fault.empty()) report.error(review.pointer, review.fault);
  check_settings(data, report);
  check_collections(data, report);
  const Data* collections = data.find("collections");
  if (collections && collections->is_scalar() && !collections->is_nil()) {
    report.warn("/collections", "collections are a list of labels, or a map of them");
  }
}

}  // namespace stet::change

#include "cms/site_import/wxr_entries.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <tuple>

#include "cms/change/slug.h"
#include "cms/schedule_import/markup.h"
#include "cms/schema/field.h"
#include "cms/site_import/post_body.h"
#include "cms/site_import/site_name.h"
#include "storage/base/repo_path.h"
#include "storage/base/utf8.h"

namespace stet::site_import {
namespace {

using document::Data;
using schedule_import::trimmed;

constexpr std::int64_t kOffsetMax = std::int64_t{14} * 3600;
constexpr std::int64_t kOffsetStep = 900;
constexpr std::size_t kPathBytesMax = 500;
constexpr int kParentsMax = 20;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    int high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    int low = high < 0 ? -1 : hex_digit(text[i + 2]);
    if (low < 0) {
      out += text[i];
      continue;
    }
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

// PHP's serialize(): a value for WordPress's programs, and for nobody else.
bool is_serialized(std::string_view value) {
  return value.size() > 3 && std::string_view("aOsibd").find(value[0]) != std::string_view::npos &&
         value[1] == ':' && (value.back() == ';' || value.back() == '}');
}

bool is_draft_status(std::string_view status) { return status == "draft" || status == "pending"; }

// Items that are put together in one export are the same where neither is before the other.
struct IsBefore {
  static auto all_of(const WxrItem& item) {
    return std::tie(item.id,
                    item.type,
                    item.status,
                    item.title,
                    item.slug,
                    item.parent,
                    item.author,
                    item.body,
                    item.excerpt,
                    item.wall,
                    item.utc);
  }
  bool operator()(const WxrItem* a, const WxrItem* b) const { return all_of(*a) < all_of(*b); }
};

std::string shown_title(const WxrItem& item) { return "'" + printable(item.title, 100) + "'"; }

class EntryMaker {
 public:
  EntryMaker(const WxrExport& site, EntriesThere there, Told& told)
      : site_(site), name_(site_name(site.address)), there_(std::move(there)), told_(told) {
    for (const WxrItem& item : site.items) by_id_.emplace(item.id, &item);
  }

  NewEntries run() {
    for (const WxrItem& item : site_.items) {
      if (item.type == "attachment") continue;
      if (item.type != "post" && item.type != "page") {
        told_.count(item.place,
                    "items of type '" + printable(item.type, 60) +
                        "' have no place in the site, "
                        "and stay behind");
        continue;
      }
      if (is_kept_back(item)) continue;
      if (item.id.empty()) {
        told_.count(item.place, "items have neither wp:post_id nor link, and stay behind");
        continue;
      }
      gather(item);
    }
    for (const WxrItem* item : wanted_) add(*item);
    tell_offsets();
    tell_site();
    return std::move(made_);
  }

 private:
  void gather(const WxrItem& item) {
    if (!different_.insert(&item).second) {
      return told_.count(item.place, "items are in the file twice, and are taken over once");
    }
    ++with_id_.try_emplace(item.id, SameId{&item, 0}).first->second.items;
    wanted_.push_back(&item);
  }

  bool is_kept_back(const WxrItem& item) {
    static constexpr std::string_view kKnown[] = {"publish", "future", "private"};
    bool is_known =
        std::find(std::begin(kKnown), std::end(kKnown), item.status) != std::end(kKnown);
    if (is_known || is_draft_status(item.status)) return false;
    told_.count(item.place,
                "posts and pages of status '" + printable(item.status, 60) + "' stay behind");
    return true;
  }

  void add(const WxrItem& item) {
    bool is_page = item.type == "page";
    bool is_draft = !is_page && is_draft_status(item.status);
    PlannedEntry planned{item.place,
                         is_page    ? "page"
                         : is_draft ? "draft"
                                    : "post",
                         item.title,
                         "",
                         false};
    if (is_there(item, planned.path)) {
      planned.is_there = true;
      made_.planned.push_back(std::move(planned));
      return;
    }
    NewEntry entry;
    entry.item = &item;
    entry.place = made_.planned.size();
    entry.is_page = is_page;
    auto date = date_of(item);
    note_offset(item);
    if (!is_page && !is_draft && !date) {
      told_.doubt(item.place, "the post " + shown_title(item) + " has no date", "a draft");
      is_draft = true;
      planned.kind = "draft";
    }
    set_fields(entry, is_draft ? std::nullopt : date);
    entry.path = path_of(item, is_page, is_draft, date);
    planned.path = entry.path;
    made_.planned.push_back(std::move(planned));
    made_.entries.push_back(std::move(entry));
    told_.count(item.place, "comments and pings stay behind: stet has none", item.comments);
  }

  // From an earlier import; says so where that is not certain.
  bool is_there(const WxrItem& item, std::string& path) {
    auto date = date_of(item);
    bool has_slug = !item.slug.empty() || !item.title.empty();
    SoughtEntry sought{item.id, name_, has_slug ? slug_of(item) : "", item.title};
    if (date) sought.seconds = date->seconds;
    const SameId& same = with_id_.find(item.id)->second;
    sought.items = same.items;
    KnownEntries::Found found = there_.known.take(sought);
    path = found.own;
    if (!found.own.empty()) {
      if (found.is_guessed && guessed_++ == 0) first_guessed_ = item.place;
      return true;
    }
    tell_other(item, found);
    if (same.first != &item) {
      told_.doubt(item.place,
                  shown_title(item) + " has the number of another item, " +
                      shown_title(*same.first) + " in line " +
                      std::to_string(same.first->place.line),
                  "an entry of its own");
    }
    return false;
  }

  void tell_other(const WxrItem& item, const KnownEntries::Found& found) {
    if (found.other.empty()) return;
    std::string other = "'" + found.other + "'";
    bool is_unnamed = !found.other_site;
    told_.doubt(item.place,
                is_unnamed
                    ? other + " has the same wordpress_id, another name or date, and no " + kSiteKey
                    : shown_title(item) + " looks like " + other + ", which is of the site " +
                          printable(*found.other_site, 200),
                "another entry; where they are one, write " + std::string(kSiteKey) + ": " +
                    printable(name_, 200) + " into that file before the import");
  }

  void tell_site() {
    if (name_.empty() && !made_.entries.empty()) {
      told_.doubt(
          {}, "the export does not name its site", "the site of all exports that name none");
    }
    if (guessed_ == 0) return;
    told_.assume(first_guessed_,
                 std::to_string(guessed_) + " entries of an earlier import have no " + kSiteKey,
                 "this site's, by their numbers, names and dates");
  }

  // The instant, as the site's clocks show it.
  std::optional<Time> date_of(const WxrItem& item) const {
    if (!item.utc && !item.wall) return std::nullopt;
    if (!item.utc) {
      TimeZone zone = there_.zone.value_or(TimeZone());
      return zone.resolve(*item.wall).earlier;
    }
    std::int64_t seconds = seconds_as_utc(*item.utc);
    if (there_.zone) return there_.zone->at(seconds);
    return Time{.seconds = seconds, .offset_seconds = static_cast<std::int32_t>(offset_of(item))};
  }

  static std::int64_t offset_of(const WxrItem& item) {
    if (!item.wall || !item.utc) return 0;
    std::int64_t offset = seconds_as_utc(*item.wall) - seconds_as_utc(*item.utc);
    return std::abs(offset) > kOffsetMax || offset % kOffsetStep != 0 ? 0 : offset;
  }

  void note_offset(const WxrItem& item) {
    if (item.utc && item.wall && !there_.zone) offsets_.emplace(offset_of(item), item.place);
  }

  void tell_offsets() {
    if (offsets_.empty() || (offsets_.size() == 1 && offsets_.begin()->first == 0)) return;
    std::string shown;
    for (const auto& [offset, place] : offsets_) {
      std::string time = iso_time(Time{.offset_seconds = static_cast<std::int32_t>(offset)});
      shown += (shown.empty() ? "" : ", ") + (offset == 0 ? "+00:00" : time.substr(19));
    }
    told_.assume(offsets_.begin()->second,
                 "the export does not name its time zone; its clocks were at " + shown,
                 "no zone: addresses have days in UTC, unless _config.yml says one, such as "
                 "timezone: Europe/Berlin, before the import");
  }

  std::string slug_of(const WxrItem& item) const {
    std::string slug = change::slug_of_text(percent_decoded(item.slug));
    if (slug.empty()) slug = change::slug_of_text(item.title);
    if (slug.empty()) slug = change::slug_of_text(item.type + "-" + item.id);
    return slug.empty() ? "entry" : slug;
  }

  // "about/team" of a page below another.
  std::string page_name(const WxrItem& item) const {
    std::string name = slug_of(item);
    const WxrItem* at = &item;
    for (int i = 0; i < kParentsMax; ++i) {
      auto parent = at->parent == "0" ? by_id_.end() : by_id_.find(at->parent);
      if (parent == by_id_.end() || parent->second->type != "page") break;
      if (parent->second == &item || name.size() > kPathBytesMax) break;
      at = parent->second;
      name.insert(0, slug_of(*at) + "/");
    }
    return name;
  }

  std::string path_of(const WxrItem& item,
                      bool is_page,
                      bool is_draft,
                      const std::optional<Time>& date) {
    std::string name;
    if (is_page) {
      name = page_name(item);
    } else if (is_draft) {
      name = "_drafts/" + slug_of(item);
    } else {
      name = "_posts/" + iso_date(civil_of(*date).date) + "-" + slug_of(item);
    }
    std::string free = name;
    int& number = numbers_[name];
    while (!there_.names.insert(free).second) {
      number = std::max(number, 1) + 1;
      free = name + "-" + std::to_string(number);
    }
    if (free != name) {
      told_.assume(item.place, "'" + name + "' is taken", "'" + free + "'");
    }
    return free + ".html";
  }

  void set_fields(NewEntry& entry, const std::optional<Time>& date) {
    const WxrItem& item = *entry.item;
    Data::Map& fields = entry.fields;
    fields.set("title", item.title);
    if (date) fields.set("date", *date);
    if (!item.author.empty()) fields.set("author", item.author);
    set_terms(item, fields);
    PostBody body = post_body(item, told_);
    std::string excerpt = post_excerpt(item, told_);
    if (!excerpt.empty()) {
      fields.set("excerpt", with_new_addresses(excerpt, site_, there_.moved));
    } else if (body.has_more) {
      fields.set("excerpt_separator", kMoreMark);
    }
    set_image(item, fields);
    if (item.is_sticky) fields.set("sticky", true);
    set_visibility(entry, date);
    set_permalink(entry);
    if (body.has_liquid) fields.set("render_with_liquid", false);
    entry.body = with_new_addresses(body.html, site_, there_.moved);
    set_custom(item, fields);
    set_id(item, fields);
  }

  void set_terms(const WxrItem& item, Data::Map& fields) {
    for (auto [kind, key] : {std::pair(WxrTerm::Kind::kCategory, "categories"),
                             std::pair(WxrTerm::Kind::kTag, "tags")}) {
      Data::List names;
      for (const WxrTerm& term : item.terms) {
        // WordPress's word for a post that has no category.
        bool is_none = term.kind == WxrTerm::Kind::kCategory && term.slug == "uncategorized";
        if (term.kind == kind && !is_none) names.emplace_back(term.name);
      }
      if (!names.empty()) fields.set(key, std::move(names));
    }
  }

  void set_image(const WxrItem& item, Data::Map& fields) {
    for (const WxrField& field : item.fields) {
      if (field.key != "_thumbnail_id") continue;
      auto found = by_id_.find(std::string(trimmed(field.value)));
      if (found == by_id_.end() || found->second->attachment.empty()) {
        told_.leave_out(field.place, "the featured image is not in the export");
        return;
      }
      const std::string& address = found->second->attachment;
      fields.set("image", with_new_addresses(address, site_, there_.moved));
    }
  }

  void set_visibility(NewEntry& entry, const std::optional<Time>& date) {
    const WxrItem& item = *entry.item;
    std::string title = shown_title(item);
    bool is_hidden = true;
    if (item.status == "private") {
      told_.assume(item.place, title + " is private", "published: false");
    } else if (item.has_password) {
      told_.assume(item.place,
                   title + " is protected by a password, which stays behind",
                   "published: false");
    } else if (item.status == "future" && (entry.is_page || there_.shows_future)) {
      // A day to come is what only posts wait for, and only where the configuration lets them.
      told_.assume(item.place,
                   title + " is scheduled" + (date ? " for " + iso_time(*date) : ""),
                   "published: false; take that out when the time has come");
    } else {
      is_hidden = entry.is_page && is_draft_status(item.status);
    }
    if (is_hidden) entry.fields.set("published", false);
    entry.is_public = !is_hidden && !is_draft_status(item.status);
  }

  // A page keeps its address.
  void set_permalink(NewEntry& entry) {
    if (!entry.is_page || !entry.is_public) return;
    std::string path = old_path(entry.item->link, site_.address);
    if (path == "/") {
      told_.assume(entry.item->place,
                   shown_title(*entry.item) + " was the front page",
                   "a page of its own; write permalink: / into it where it shall be that again");
    } else if (!path.empty()) {
      entry.fields.set("permalink", path);
    }
  }

  void set_custom(const WxrItem& item, Data::Map& fields) {
    std::set<std::string, std::less<>> own;
    for (const auto& [key, value] : fields) own.insert(key);
    for (const WxrField& field : item.fields) {
      if (field.key.empty() || field.key.starts_with('_') || field.value.empty()) continue;
      std::string name = "the custom field '" + printable(field.key, 100) + "'";
      if (own.contains(field.key) || schema::is_own_key(field.key) || field.key == "<<" ||
          field.key == kIdKey || field.key == kSiteKey || field.key.size() > 100) {
        told_.leave_out(field.place, name + " has a name that means something else here");
      } else if (is_serialized(field.value)) {
        told_.leave_out(field.place, name + " holds what only a program of PHP reads");
      } else {
        add_custom(fields, field);
      }
    }
  }

  // Of a key given several times, all values.
  static void add_custom(Data::Map& fields, const WxrField& field) {
    Data* there = fields.find(field.key);
    if (!there) return fields.set(field.key, field.value);
    if (Data::List* list = there->list()) {
      list->emplace_back(field.value);
    } else {
      *there = Data(Data::List{*there, Data(field.value)});
    }
  }

  void set_id(const WxrItem& item, Data::Map& fields) const {
    bool is_number = item.id.size() < 19 && item.id[0] != '0' &&
                     item.id.find_first_not_of("0123456789") == std::string::npos;
    fields.set(
        kIdKey,
        is_number ? Data(std::int64_t{std::strtoll(item.id.c_str(), nullptr, 10)}) : Data(item.id));
    fields.set(kSiteKey, name_);
  }

  const WxrExport& site_;
  const std::string name_;
  EntriesThere there_;
  Told& told_;
  struct SameId {
    const WxrItem* first = nullptr;
    std::size_t items = 0;
  };
  std::set<const WxrItem*, IsBefore> different_;
  std::map<std::string, SameId, std::less<>> with_id_;
  std::vector<const WxrItem*> wanted_;  // posts and pages
  std::size_t guessed_ = 0;
  Place first_guessed_;
  std::map<std::string, const WxrItem*, std::less<>> by_id_;
  std::map<std::string, int> numbers_;     // the last number given to a name
  std::map<std::int64_t, Place> offsets_;  // from UTC, with the first post at each
  NewEntries made_;
};

}  // namespace

NewEntries entries_of(const WxrExport& site, EntriesThere there, Told& told) {
  return EntryMaker(site, std::move(there), told).run();
}

std::string old_path(std::string_view link, std::string_view site) {
  auto behind_scheme = [](std::string_view text) {
    std::size_t at = text.find("://");
    if (at != text.npos) text.remove_prefix(at + 3);
    if (text.starts_with("www.")) text.remove_prefix(4);
    return text;
  };
  std::string_view rest = behind_scheme(link), own = behind_scheme(site);
  if (own.empty() || !rest.starts_with(own)) return "";
  rest.remove_prefix(own.size());
  bool has_query = rest.find_first_of("?#") != rest.npos;
  if (has_query || !rest.starts_with('/')) return "";
  std::string path = percent_decoded(rest);
  if (path == "/") return path;
  std::string_view inner = std::string_view(path).substr(1);
  if (inner.ends_with('/')) inner.remove_suffix(1);
  // A colon would begin one of Jekyll's placeholders.
  bool is_good =
      path.size() <= kPathBytesMax && path.find(':') == path.npos && RepoPath::parse(inner);
  return is_good ? path : "";
}

}  // namespace stet::site_import

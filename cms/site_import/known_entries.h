// Entries of earlier imports, by what they were in WordPress: a site, and a number there.
//
// An entry says both (`wordpress_site`, `wordpress_id`). One that says the number alone, as all did
// once, is the item's where the name or the title is the same and the date no other. Exports that
// name no site are of one site, "". Threads: one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "cms/document/data.h"

namespace stet::site_import {

inline constexpr char kIdKey[] = "wordpress_id";
inline constexpr char kSiteKey[] = "wordpress_site";

// What an item of an export may be known by.
struct SoughtEntry {
  std::string id, site;                      // `site` as site_name() has it
  std::string slug, title;                   // "": none of its own
  std::optional<std::int64_t> seconds = {};  // when it was published
  std::size_t items = 1;                     // of the export, with that number
};

class KnownEntries {
 public:
  // The file at `path`, by its front matter; nothing where that has no number.
  void add(const document::Data& front_matter, const std::string& path);

  struct Found {
    std::string own = {};     // what the item has become; "": nothing
    bool is_guessed = false;  // by its number and what it looks like
    std::string other = {};   // where there is nothing: what it may have become; "": nothing
    std::optional<std::string> other_site = {};  // of that; none: it says none
  };
  // What is found is that item's from then on, and no other's.
  Found take(const SoughtEntry& sought);

 private:
  struct Entry {
    bool is_of(const std::string& name) const;
    std::string path, title;
    std::optional<std::string> site;
    std::optional<std::int64_t> seconds;
    bool is_taken = false;
  };
  enum class Likeness { kNone, kLooks, kDated };  // the same name or title; and the same day

  static Likeness likeness(const Entry& entry, const SoughtEntry& sought);
  Entry* own_entry(const SoughtEntry& sought);

  std::multimap<std::string, Entry, std::less<>> by_id_;
};

}  // namespace stet::site_import

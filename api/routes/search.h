// Search over entries: /search, for the editor, scripts and, where the site allows it, everybody.
//
// What is found is looked up in the live site before it is told: an entry that has gone, or that is
// no longer public for who may see no other, is left out, though the index, which is a moment
// behind, still has it. Threads: any.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "api/routes/call.h"
#include "api/routes/public_rules.h"
#include "cms/search/index.h"

namespace stet::api {

inline constexpr std::size_t kHitsShown = 20, kHitsMax = 50;

Answer search_entries(const Call& call);

// What is asked for, understood.
struct SearchAsked {
  std::string question;  // what a cursor holds for
  search::Wanted wanted;
  std::vector<std::string> fields;  // members of hits that are shown; none: all
};

// search_changes.cc: what open changes have instead of what is live (in_changes=). Their index is
// brought up to date by whoever asks, for kFollowSeconds at most; then `is_current` is false.
inline constexpr int kFollowSeconds = 2;
inline constexpr std::size_t kChangeFilesSearched = 2000;
Answer search_in_changes(const Call& call, const site::Site& live, SearchAsked& asked);

// What a hit is on the site as it is now.
struct FoundEntry {
  const search::Hit* hit = nullptr;
  const change::Resource* resource = nullptr;  // never null
  site::DocumentPtr document;                  // null: a data file
  std::string label, name, title;
  std::string url;  // "" where there is no page of it
};

// None: it is not there any more, or not as it was looked through and for the public.
std::optional<FoundEntry> found_entry(const site::Site& site,
                                      const search::Hit& hit,
                                      bool is_public);

Json to_json(const search::Parts& parts);
Json hit_json(const Call& call, const site::Site& site, const FoundEntry& found);
// All of an answer but which entries it shows.
Json answer_json(const Call& call,
                 const site::Site& live,
                 const SearchAsked& asked,
                 const search::Found& found);

// What nobody is shown is not searched either: as the site's rules for everybody say.
void hide_fields(const PublicRules& rules, search::Wanted& wanted);

// search_routes.cc
void add_search_routes(std::vector<Route>& table);
const Json& search_schemas();

}  // namespace stet::api

// Search over entries: /search, for the editor, scripts and, where the site allows it, everybody.
//
// What is found is looked up in the live site before it is told: an entry that has gone, or that is
// no longer public for who may see no other, is left out, though the index, which is a moment
// behind, still has it. Threads: any.
#pragma once

#include <optional>
#include <vector>

#include "api/routes/call.h"
#include "api/routes/public_rules.h"
#include "cms/search/index.h"

namespace stet::api {

inline constexpr std::size_t kHitsShown = 20, kHitsMax = 50;

Answer search_entries(const Call& call);

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

// What nobody is shown is not searched either: as the site's rules for everybody say.
void hide_fields(const PublicRules& rules, search::Wanted& wanted);

// search_routes.cc
void add_search_routes(std::vector<Route>& table);
const Json& search_schemas();

}  // namespace stet::api

// How the table of routes is made: each area of the API adds its rows.
//
// Threads: any.
#pragma once

#include <array>
#include <vector>

#include "api/routes/route.h"

namespace stet::api {

using Query = std::span<const QueryParameter>;

inline constexpr char kExpand[] =
    "what to add, by commas: url, html, excerpt, related, problems, derived";
inline constexpr char kRef[] =
    "another state of the site: a branch, or a commit by its 40 digits; else what is live";
inline constexpr char kChange[] =
    "the id of a change: what is asked for is read there, or done there, and not in what is live";
inline constexpr char kDryRun[] = "1: the same answer, without the commit";
inline constexpr std::array kDataQuery =
    std::to_array<QueryParameter>({{"ref", "string", kRef}, {"change", "string", kChange}});
inline constexpr std::array kWriteQuery =
    std::to_array<QueryParameter>({{"dry_run", "boolean", kDryRun}, {"change", "string", kChange}});
inline constexpr std::array kMergeQuery = std::to_array<QueryParameter>({
    {"dry_run", "boolean", kDryRun},
    {"on_stale", "string", "'merge': an edit of an older version is merged, field by field"},
    {"change", "string", kChange},
});

// A read of what is there, by whoever may read content.
Route read_route(std::string_view end,
                 Run run,
                 std::string_view id,
                 std::string_view summary,
                 std::string_view schema,
                 Query query = {});

// Writes that are about files of any kind.
Route write_route(std::string_view end,
                  Run run,
                  std::string_view id,
                  std::string_view summary,
                  std::string_view schema,
                  Query query);

void add_change_routes(std::vector<Route>& table);
void add_entry_routes(std::vector<Route>& table);
void add_field_schema_routes(std::vector<Route>& table);
void add_media_routes(std::vector<Route>& table);
void add_people_routes(std::vector<Route>& table);
void add_presence_routes(std::vector<Route>& table);
void add_schedule_routes(std::vector<Route>& table);  // after those of entries
void add_webhook_routes(std::vector<Route>& table);

// All of them.
std::vector<Route> make_routes();

}  // namespace stet::api

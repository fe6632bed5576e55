// A World with a few words for unpublished work.
#pragma once

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "tests/api/routes/world.h"

namespace stet::api {

class ChangeWorld : public World {
 public:
  using World::World;

  Told post(const std::string& target, const Json& body = nullptr) {
    return post_as("", target, body);
  }

  // With this token; "": that of all scopes.
  Told post_as(const std::string& token, const std::string& target, const Json& body = nullptr) {
    Asked asked{.method = "POST", .target = target};
    if (!body.is_null()) asked.body = body.dump();
    if (!token.empty()) asked.headers["Authorization"] = "Bearer " + token;
    return api(std::move(asked));
  }

  Told admin_get(const std::string& url, const std::string& token = "") {
    Asked asked{.target = url.substr(std::string("/api/v1").size())};
    if (!token.empty()) asked.headers["Authorization"] = "Bearer " + token;
    return api(std::move(asked));
  }

  // Its id.
  std::string begin(const std::string& title, const std::string& token = "") {
    Told made = post_as(token, "/changes", {{"title", title}});
    return made.status == 201 ? made.json()["id"].get<std::string>() : made.body;
  }

  Json change(const std::string& id) { return api({.target = "/changes/" + id}).json(); }

  // Fields of an entry, in the change ("": in what is live), whatever is there.
  Told edit(const std::string& id,
            const std::string& target,
            const Json& front_matter,
            const std::string& token = "") {
    Asked asked{.method = "PATCH",
                .target = target + (id.empty() ? "" : "?change=" + id),
                .body = Json({{"front_matter", front_matter}}).dump(),
                .headers = {{"If-Match", "*"}}};
    if (!token.empty()) asked.headers["Authorization"] = "Bearer " + token;
    return api(std::move(asked));
  }

  std::string lines(const std::vector<std::string>& arguments) {
    std::string text = repository.git(arguments);
    while (text.ends_with('\n')) text.pop_back();
    return text;
  }
};

}  // namespace stet::api

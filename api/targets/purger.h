// Tells a CDN, or any cache in front, which URLs have changed: by one HTTP request for a batch of
// them, whose shape is data.
//
// In `url` behind the machine's name, in values of headers and in `body` stand placeholders: {url}
// the whole URL, {host}, {path} its path from the slash on, as they are where the batch is 1;
// {urls} all of the batch as the elements of a JSON array ("https://a/", "https://a/b");
// {url:encoded} one percent-encoded. Threads: one at a time. Limits: the caller's; a batch has at
// most kBatchMax.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "storage/base/result.h"
#include "storage/outbound/fetch.h"

namespace stet::targets {

struct PurgeSettings {
  std::string method = "POST";
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;  // may hold secrets
  std::string body;
  std::int64_t batch = 1;
};

class Purger {
 public:
  static constexpr std::int64_t kBatchMax = 500;

  // kInvalidInput names what is wrong: a placeholder that there is not, {url} in a batch of many.
  static Result<std::unique_ptr<Purger>> open(PurgeSettings settings,
                                              storage::AddressFilter filter,
                                              std::string agent);

  std::int64_t batch() const { return settings_.batch; }
  // kUnavailable: the other side did not take it now; kForbidden: it refuses all or some of these
  // for good, or its API was called wrongly; kInvalidInput: one is no page's address, and nobody
  // was asked. The status is told, and of its answer nothing that could hold what we have sent.
  Status purge(const std::vector<std::string>& urls);

 private:
  Purger(PurgeSettings settings, storage::AddressFilter filter, std::string agent)
      : settings_(std::move(settings)), filter_(std::move(filter)), agent_(std::move(agent)) {}

  const PurgeSettings settings_;
  const storage::AddressFilter filter_;
  const std::string agent_;
};

}  // namespace stet::targets

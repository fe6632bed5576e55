// Calls URLs that others have named, with limits, to public addresses alone.
//
// Any number of calls at once, by libcurl's multi interface, in the one thread that calls wait().
// A name is resolved once, and each address that comes of it is asked of the filter when its socket
// is opened: what was checked is what is called. No proxy, no redirect, no cookie, no configuration
// and no environment. Threads: wake() from any; all else from one. Limits: in CallLimits.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/base/result.h"
#include "storage/outbound/address_filter.h"

namespace stet::storage {

struct CallLimits {
  std::int64_t connect_ms_max = 5'000;
  std::int64_t total_ms_max = 15'000;
  std::size_t answer_bytes_kept = 1024;      // of the body
  std::size_t answer_bytes_max = 64 * 1024;  // beyond these nothing more is read
};

struct HttpCall {
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;  // without CR and LF
  std::string body;                                          // of POST and PUT
  std::string method = "POST";
};

struct HttpAnswer {
  int status = 0;         // 0: there was none
  std::string failure;    // why not, in a sentence
  std::string beginning;  // of the body
  std::int64_t took_ms = 0;
  std::optional<std::int64_t> retry_after_seconds;
  bool is_refused = false;  // by the filter: no packet was sent
  bool has_begun = false;   // something of an answer came, whatever became of it
};

class HttpCaller {
 public:
  // `agent`: how we call ourselves.
  static Result<std::unique_ptr<HttpCaller>> open(AddressFilter filter,
                                                  CallLimits limits,
                                                  std::string agent);
  ~HttpCaller();  // drops the calls that are under way

  const AddressFilter& filter() const;

  // `name` tells the answer; no two calls under way have the same.
  Status start(std::uint64_t name, HttpCall call);
  // Waits until something has happened, for that long at most; gives the answers that are there.
  std::vector<std::pair<std::uint64_t, HttpAnswer>> wait(std::int64_t ms_max);
  // Ends a wait(), or the next one.
  void wake();
  std::size_t under_way() const;

 private:
  struct Transfer;
  struct Handles;
  explicit HttpCaller(std::unique_ptr<Handles> handles);

  std::unique_ptr<Handles> handles_;
};

}  // namespace stet::storage

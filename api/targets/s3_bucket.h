// A bucket of S3, or of what speaks like it: MinIO, Ceph, R2, Spaces, Garage.
//
// One request a file that differs, several at once; nothing is listed. Each object has its content
// type and a Cache-Control; a page that only redirects also tells the bucket's website where to.
// What a server refuses for a moment (429, 5xx, no answer) is tried again a few times with growing
// pauses; the rest is the next round's. Threads: apply() from one; stop() from any. Limits: keys of
// 1024 bytes, as S3 has it; `file_bytes_max`; bytes in memory at once. Secrets are in no message.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "api/targets/signature_v4.h"
#include "api/targets/target.h"
#include "storage/base/clock.h"
#include "storage/outbound/http_caller.h"

namespace stet::targets {

struct S3Settings {
  std::string endpoint;  // "https://s3.eu-central-1.amazonaws.com"
  std::string region = "us-east-1";
  std::string bucket;
  std::string prefix = {};     // of keys, without slashes at its ends
  bool is_path_style = false;  // endpoint/bucket/key, in place of bucket.endpoint/key
  S3Credentials credentials;
  std::string page_cache = "public, max-age=0, must-revalidate";  // of what is shown last
  std::string asset_cache = "public, max-age=3600";
  unsigned concurrent_max = 8;
  std::int64_t seconds_max = 120;  // of one request
  std::uint64_t file_bytes_max = std::uint64_t{512} << 20;
  std::int64_t pause_ms = 200;  // after the first failure of a request; then twice that, and so on
};

class S3Bucket final : public Target {
 public:
  // `clock` must outlive it. kInvalidInput names the setting.
  static Result<std::unique_ptr<S3Bucket>> open(S3Settings settings,
                                                storage::AddressFilter filter,
                                                std::string agent,
                                                const Clock& clock);

  std::string place() const override;
  std::string manner() const override;
  Status apply(Work& work) override;
  void stop() override;

  std::uint64_t requests() const { return requests_; }  // since it was opened

 private:
  struct Item {
    const Change* change = nullptr;
    int attempts = 0;
    std::int64_t due_ms = 0;
    std::uint64_t bytes = 0;
  };
  class Phase;

  S3Bucket(S3Settings settings,
           std::unique_ptr<storage::HttpCaller> caller,
           const Clock& clock,
           std::string host,
           std::string base)
      : settings_(std::move(settings)),
        caller_(std::move(caller)),
        clock_(clock),
        host_(std::move(host)),
        base_(std::move(base)) {}
  std::string key_of(const OutputPath& path) const;
  Result<storage::HttpCall> call_of(const Change& change, const Work& work) const;
  Status send(const std::vector<Change>& changes, Work& work);

  const S3Settings settings_;
  const std::unique_ptr<storage::HttpCaller> caller_;
  const Clock& clock_;
  const std::string host_, base_;  // "bucket.host:port"; "http://bucket.host:port"
  std::uint64_t last_name_ = 0;
  std::atomic<std::uint64_t> requests_{0};
};

}  // namespace stet::targets

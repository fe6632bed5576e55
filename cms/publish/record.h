// A publication as bytes, for the journal.
#pragma once

#include <string>
#include <string_view>

#include "cms/publish/live.h"
#include "cms/publish/publisher.h"
#include "storage/base/result.h"

namespace stet::publish {

enum class RecordKind : std::uint8_t {
  kDifference = 0,  // from the publication before
  kWhole = 1,       // needs no other
  kFill = 2,        // the same publication, with some pages that it lacked
  kHold = 3,        // an older publication is live
  kRelease = 4,     // the newest is live again
};

// What makes `live` out of the publication before it: its number, commit, instant, url, settings,
// changes, and the fingerprint of the whole that results. One of the first three kinds.
std::string encode_record(const Live& live, std::span<const Change> changes, RecordKind kind);

// `live` as one record that needs no other before it.
std::string encode_whole(const Live& live);

std::string encode_hold(const std::optional<Hold>& hold);  // none: a release
bool is_hold_record(std::string_view record);
Result<std::optional<Hold>> decode_hold(std::string_view record);

// The publication that `record` makes out of `before` (null: nothing). kInvalidInput for bytes that
// are no record, that do not go on from `before`, or that do not add up to their own fingerprint.
Result<LivePointer> decode_record(std::string_view record, const LivePointer& before);

}  // namespace stet::publish

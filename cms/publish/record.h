// A publication as bytes, for the journal.
#pragma once

#include <string>
#include <string_view>

#include "cms/publish/live.h"
#include "cms/publish/publisher.h"
#include "storage/base/result.h"

namespace stet::publish {

// What makes `live` out of the publication before it (or out of nothing, where it replaces all):
// its number, commit, instant, url, settings, changes, and the fingerprint of the whole that
// results.
std::string encode_record(const Live& live, std::span<const Change> changes, bool replaces_all);

// `live` as one record that needs no other before it.
std::string encode_whole(const Live& live);

// The publication that `record` makes out of `before` (null: nothing). kInvalidInput for bytes that
// are no record, that do not go on from `before`, or that do not add up to their own fingerprint.
Result<LivePointer> decode_record(std::string_view record, const LivePointer& before);

}  // namespace stet::publish

// Which of those that have led a site is the newest: a number that each promotion raises.
//
// It stands in the repository, as a text of one line that refs/stet/epoch names, so that git
// carries it wherever the site goes. A site whose servers were never changed has none, and is in
// epoch 1. Threads: pure functions of the repository.
#pragma once

#include <cstdint>
#include <string>

#include "storage/git/repository.h"

namespace stet::storage {

inline constexpr char kEpochRef[] = "refs/stet/epoch";

// 1 where there is no such reference. kInvalidInput: what it names is no number.
Result<std::uint64_t> read_epoch(const Repository& repository,
                                 const std::string& reference = kEpochRef);

// Of refs/stet/epoch. kConflict: the repository is in that epoch, or a later one.
Status raise_epoch(const Repository& repository, std::uint64_t epoch);

// What a push would make of it: kConflict, kInvalidInput as above, with words for who pushes.
Status check_raised(const Repository& repository, const CommitId& pushed);

}  // namespace stet::storage

// A repository's references as a value, and the objects that they lead to as a bundle.
//
// A bundle is git's own format (gitformat-bundle(5), version 2), so git alone can read it. All
// references stand in each, also those of which it brings nothing new: so the newest says what is
// there and what is gone. git's children do the work, with limits. Threads: any; the repository may
// be read and written meanwhile, but what is listed must not be taken away by a repack.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/result.h"

namespace stet::storage {

struct Ref {
  std::string name;         // "refs/heads/main"
  std::string id;           // in hex
  std::string target = {};  // of a symbolic one; else ""
  friend bool operator==(const Ref&, const Ref&) = default;
};
using Refs = std::vector<Ref>;

inline constexpr std::uint64_t kRefsBytesMax = std::uint64_t{256} << 20;

// As one listing of git has them; HEAD is not among them. kInternal where git cannot read one of
// them, which is named, with the mend: git itself would pass over it.
Result<Refs> list_refs(const std::filesystem::path& repository);

// "ID NAME" a line, and the target where there is one. kInvalidInput names the line.
std::string to_text(const Refs& refs);
Result<Refs> parse_refs(std::string_view text);

struct BundleRequest {
  std::filesystem::path repository;
  Refs refs;
  std::string head = {};  // the commit that HEAD leads to, by a reference or not; "": none
  Refs known = {};        // what whoever opens it has: their objects are left out
};

// kInternal where an object is missing. What `write` refuses ends it.
Status write_bundle(const BundleRequest& request,
                    const std::function<Status(std::string_view)>& write);

// Makes the references of a bare repository those of the bundle; a head that is detached brings its
// objects, which no reference need lead to. kInvalidInput where git refuses it, kUnavailable where
// it took too long; then some may have been taken.
Status take_bundle(const std::filesystem::path& repository,
                   const std::filesystem::path& bundle,
                   bool is_head_detached = false);

// After the last bundle: symbolic references, HEAD, and whether all is as `refs` says, down to the
// last object. `branch` "": HEAD is at `commit` itself; that "" too: it is left alone.
struct RefsWanted {
  Refs refs;
  std::string branch = {}, commit = {};
};
Status finish_refs(const std::filesystem::path& repository, const RefsWanted& wanted);

}  // namespace stet::storage

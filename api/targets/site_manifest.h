// What a site's copy is to hold, as a text that is signed: so that a mirror can be shown to be
// true.
//
// Two files beside the site's: kManifestPath has a line for each file, "<SHA-256>  <path>", in
// order of path, as sha256sum(1) writes and checks them, behind lines of comment that name the
// commit; kSignaturePath its signature by minisign. Both follow from site, commit and key alone.
// Threads: pure functions but Sealer, which is one thread's at a time.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "api/targets/target.h"
#include "cms/publish/live.h"
#include "cms/publish/store.h"
#include "storage/base/minisign.h"
#include "storage/sqlite/target_state.h"

namespace stet::targets {

inline constexpr char kManifestPath[] = ".well-known/site-manifest.txt";
inline constexpr char kSignaturePath[] = ".well-known/site-manifest.txt.minisig";

struct SiteManifest {
  std::string commit;                                     // of the site, in hex
  std::map<std::string, std::string, std::less<>> files;  // SHA-256 in hex, by path
};

std::string to_text(const SiteManifest& manifest);
// kInvalidInput names the line.
Result<SiteManifest> parse_site_manifest(std::string_view text);

class Sealer {
 public:
  // Both must outlive it.
  Sealer(MinisignSecretKey key, storage::TargetState& state, publish::Store& store)
      : key_(std::move(key)), state_(state), store_(store) {}

  // Both files, put into the store. Reads each content once; its hash is remembered. Left out is an
  // older page of the target whose bytes nobody has any more: it is replaced soon.
  Result<std::vector<Change>> seal(const publish::Live& live,
                                   const Manifest& expected,
                                   const BytesOf& bytes_of);

 private:
  Result<std::string> sha256_of(const OutputPath& path, const Page& page, const BytesOf& bytes_of);
  Result<Change> put(std::string_view path, const std::string& bytes);

  const MinisignSecretKey key_;
  storage::TargetState& state_;
  publish::Store& store_;
};

}  // namespace stet::targets

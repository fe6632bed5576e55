// Whether a copy of a site, in a folder or behind a URL, is the one that was signed.
//
// The signature is verified before anything else of the copy is believed. Threads: any. Limits: a
// manifest of kManifestBytesMax, files of kFileBytesMax. Of a URL nobody can say what it has beyond
// the manifest.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "storage/base/minisign.h"
#include "storage/base/result.h"
#include "storage/outbound/fetch.h"

namespace stet::targets {

inline constexpr std::uint64_t kManifestBytesMax = std::uint64_t{256} << 20;
inline constexpr std::uint64_t kFileBytesMax = std::uint64_t{4} << 30;

struct MirrorFindings {
  std::string trusted;  // the trusted comment: commit and time of the site
  std::size_t good = 0;
  std::vector<std::string> missing, altered, extra;  // paths
  std::vector<std::string> unread;                   // paths with the reason

  bool is_true() const {
    return missing.empty() && altered.empty() && extra.empty() && unread.empty();
  }
};

// kForbidden: the manifest is not signed by the key. kNotFound: there is no manifest. "x.gz" and
// "x.br" beside a listed "x" are the site's where they hold what "x" is to hold.
Result<MirrorFindings> check_folder(const std::filesystem::path& folder,
                                    const MinisignPublicKey& key);
Result<MirrorFindings> check_url(const std::string& url,
                                 const MinisignPublicKey& key,
                                 const storage::AddressFilter& filter,
                                 const std::string& agent);

}  // namespace stet::targets

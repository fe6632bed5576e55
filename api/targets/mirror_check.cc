#include "api/targets/mirror_check.h"

#include <unistd.h>

#include <algorithm>

#include "api/targets/site_manifest.h"
#include "cms/publish/compress.h"
#include "storage/base/durable_file.h"
#include "storage/base/hash.h"
#include "storage/base/utf8.h"
#include "storage/outbound/http_url.h"

namespace stet::targets {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kSignatureBytesMax = 16 * 1024;
constexpr std::uint64_t kFetchedBytesMax = std::uint64_t{512} << 20;
constexpr std::int64_t kFetchMs = 300'000, kWaitMs = 1000;
constexpr std::size_t kAtOnce = 8;

struct Signed {
  SiteManifest manifest;
  std::string trusted;
};

Result<Signed> open_manifest(const std::string& text,
                             const std::string& signature,
                             const MinisignPublicKey& key) {
  auto trusted = key.verify(text, signature);
  if (!trusted) return std::move(trusted).error().within(kSignaturePath);
  return Signed{TRY(parse_site_manifest(text)), printable(*trusted, 300)};
}

// The content of "x" that "x.gz" or "x.br" holds; none for any other file.
std::optional<std::string> unpacked(const std::string& path, const std::string& bytes) {
  if (path.ends_with(".gz")) {
    auto plain = publish::gunzip(bytes, kFetchedBytesMax);
    return plain ? std::optional(*plain) : std::nullopt;
  }
  if (!path.ends_with(".br")) return std::nullopt;
  auto plain = publish::unbrotli(bytes, kFetchedBytesMax);
  return plain ? std::optional(*plain) : std::nullopt;
}

// SHA-256 by path.
using Hashes = decltype(SiteManifest::files);

bool is_true_variant(const Hashes& known, const fs::path& folder, const std::string& path) {
  auto listed = known.find(path.substr(0, path.size() - std::min<std::size_t>(3, path.size())));
  if (listed == known.end()) return false;
  auto bytes = read_file(folder / path, kFetchedBytesMax);
  if (!bytes) return false;
  auto plain = unpacked(path, *bytes);
  return plain && sha256_hex(*plain) == listed->second;
}

// `known`: with the manifest itself.
Status find_extra(const fs::path& folder, const Hashes& known, MirrorFindings& findings) {
  std::error_code failure;
  constexpr auto kOpenOnes = fs::directory_options::skip_permission_denied;
  fs::recursive_directory_iterator it(folder, kOpenOnes, failure), end;
  for (; !failure && it != end; it.increment(failure)) {
    const std::string path = it->path().lexically_relative(folder).string();
    if (it->is_directory(failure) && !it->is_symlink(failure)) {
      if (::access(it->path().c_str(), R_OK | X_OK) != 0) {
        findings.unread.push_back(path + "/: permission denied");
      }
      continue;
    }
    if (known.contains(path)) continue;
    if (!is_true_variant(known, folder, path)) findings.extra.push_back(path);
  }
  if (failure) return unavailable("list '" + folder.string() + "': " + failure.message());
  std::sort(findings.extra.begin(), findings.extra.end());
  return {};
}

storage::HttpCall get(const std::string& url) {
  // Who packs bytes on the way is not asked to.
  return {.url = url, .headers = {{"Accept-Encoding", "identity"}}, .body = "", .method = "GET"};
}

storage::CallLimits limits_of(std::uint64_t bytes_max) {
  return {.total_ms_max = kFetchMs, .answer_bytes_kept = bytes_max, .answer_bytes_max = bytes_max};
}

void judge(const std::string& path,
           const std::string& hash,
           const storage::HttpAnswer& answer,
           MirrorFindings& findings) {
  if (!answer.failure.empty()) {
    findings.unread.push_back(path + ": " + printable(answer.failure, 200));
  } else if (answer.status == 404 || answer.status == 410) {
    findings.missing.push_back(path);
  } else if (answer.status != 200) {
    findings.unread.push_back(path + ": it answered " + std::to_string(answer.status));
  } else if (sha256_hex(answer.beginning) != hash) {
    findings.altered.push_back(path);
  } else {
    ++findings.good;
  }
}

Result<std::string> fetch_needed(const std::string& url,
                                 std::uint64_t bytes_max,
                                 const storage::AddressFilter& filter,
                                 const std::string& agent) {
  auto answer = storage::fetch(filter, limits_of(bytes_max), agent, get(url));
  if (!answer) return std::move(answer).error().within(url);
  if (answer->status == 200) return std::move(answer->beginning);
  if (answer->status == 404) return not_found(url + " is not there: the copy is not signed");
  return unavailable(url + " answered " + std::to_string(answer->status));
}

}  // namespace

Result<MirrorFindings> check_folder(const fs::path& folder, const MinisignPublicKey& key) {
  const std::string text = TRY(read_file(folder / kManifestPath, kManifestBytesMax));
  const std::string signature = TRY(read_file(folder / kSignaturePath, kSignatureBytesMax));
  const Signed found = TRY(open_manifest(text, signature, key));
  MirrorFindings findings{
      .trusted = found.trusted, .missing = {}, .altered = {}, .extra = {}, .unread = {}};
  for (const auto& [path, hash] : found.manifest.files) {
    auto bytes = read_file(folder / path, kFileBytesMax);
    if (!bytes && bytes.error().code == ErrorCode::kNotFound) {
      findings.missing.push_back(path);
    } else if (!bytes) {
      findings.unread.push_back(path + ": " + bytes.error().message);
    } else if (sha256_hex(*bytes) != hash) {
      findings.altered.push_back(path);
    } else {
      ++findings.good;
    }
  }
  Hashes known = found.manifest.files;
  known[kManifestPath] = sha256_hex(text);
  known[kSignaturePath] = sha256_hex(signature);
  TRY(find_extra(folder, known, findings));
  return findings;
}

Result<MirrorFindings> check_url(const std::string& url,
                                 const MinisignPublicKey& key,
                                 const storage::AddressFilter& filter,
                                 const std::string& agent) {
  const std::string base = url.ends_with('/') ? url : url + "/";
  TRY(storage::HttpUrl::parse(base, filter));
  const std::string text =
      TRY(fetch_needed(base + kManifestPath, kManifestBytesMax, filter, agent));
  const std::string signature =
      TRY(fetch_needed(base + kSignaturePath, kSignatureBytesMax, filter, agent));
  const Signed found = TRY(open_manifest(text, signature, key));
  MirrorFindings findings{
      .trusted = found.trusted, .missing = {}, .altered = {}, .extra = {}, .unread = {}};
  auto caller = TRY(storage::HttpCaller::open(filter, limits_of(kFetchedBytesMax), agent));
  using Files = decltype(found.manifest.files);
  std::vector<Files::const_iterator> asked;
  auto next = found.manifest.files.begin();
  while (next != found.manifest.files.end() || caller->under_way() > 0) {
    while (next != found.manifest.files.end() && caller->under_way() < kAtOnce) {
      // As readers ask for it: "/a/" for "a/index.html".
      TRY(caller->start(asked.size(),
                        get(base + url_of(*OutputPath::parse(next->first)).substr(1))));
      asked.push_back(next++);
    }
    for (const auto& [name, answer] : caller->wait(kWaitMs)) {
      judge(asked[name]->first, asked[name]->second, answer, findings);
    }
  }
  for (auto* paths : {&findings.missing, &findings.altered, &findings.unread}) {
    std::sort(paths->begin(), paths->end());
  }
  return findings;
}

}  // namespace stet::targets

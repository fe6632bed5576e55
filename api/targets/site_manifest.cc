#include "api/targets/site_manifest.h"

#include <algorithm>
#include <array>

#include "storage/base/hex.h"
#include "storage/base/sha.h"
#include "storage/base/time.h"
#include "storage/base/utf8.h"

namespace stet::targets {
namespace {

constexpr std::string_view kTitle = "# site manifest 1: sha256sum -c checks the files";
constexpr std::string_view kCommit = "# commit ";
constexpr std::size_t kHashDigits = 64;
constexpr std::string_view kTextType = "text/plain; charset=utf-8";

bool is_digits(std::string_view hex) {
  std::array<std::uint8_t, kHashDigits / 2> bytes;
  return hex.size() == kHashDigits && decode_hex(hex, bytes);
}

// sha256sum's way with names that have line ends and backslashes is not ours: the site has none.
bool is_listable(std::string_view path) {
  return std::none_of(path.begin(), path.end(), [](char c) {
    return static_cast<unsigned char>(c) < ' ' || c == '\\';
  });
}

}  // namespace

std::string to_text(const SiteManifest& manifest) {
  std::string text = std::string(kTitle) + "\n" + std::string(kCommit) + manifest.commit + "\n";
  for (const auto& [path, hash] : manifest.files) {
    text.append(hash).append("  ").append(path).append("\n");
  }
  return text;
}

Result<SiteManifest> parse_site_manifest(std::string_view text) {
  SiteManifest manifest;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.starts_with(kCommit)) manifest.commit = printable(line.substr(kCommit.size()), 64);
    if (line.starts_with('#')) continue;
    const std::string_view hash = line.substr(0, kHashDigits);
    const std::string_view gap = line.substr(std::min(line.size(), kHashDigits));
    const std::string_view path = gap.substr(std::min<std::size_t>(gap.size(), 2));
    if (!is_digits(hash) || !gap.starts_with("  ") || !OutputPath::parse(path)) {
      return invalid_input("line " + std::to_string(number) + " of the manifest is none");
    }
    manifest.files[std::string(path)] = hash;
  }
  return manifest;
}

Result<std::string> Sealer::sha256_of(const OutputPath& path,
                                      const Page& page,
                                      const BytesOf& bytes_of) {
  auto known = TRY(state_.sha256_of(page.content));
  if (!known) {
    auto bytes = bytes_of(path, page);
    if (!bytes) return std::move(bytes).error().within("sign '" + path.string() + "'");
    known = sha256_bytes(**bytes);
    TRY(state_.remember_sha256(page.content, *known));
  }
  return encode_hex(std::span(reinterpret_cast<const std::uint8_t*>(known->data()), known->size()));
}

Result<Change> Sealer::put(std::string_view path, const std::string& bytes) {
  const ContentHash content = TRY(store_.put(bytes));
  return Change{
      TRY(OutputPath::parse(path)),
      publish::ManifestEntry::fresh({content, bytes.size(), std::string(kTextType), 200})};
}

Result<std::vector<Change>> Sealer::seal(const publish::Live& live,
                                         const Manifest& expected,
                                         const BytesOf& bytes_of) {
  SiteManifest manifest{.commit = live.commit.hex(), .files = {}};
  Status listed;
  expected.entries().for_each([&](const OutputPath& path, const publish::ManifestEntry& entry) {
    if (path == kManifestPath || path == kSignaturePath || !is_listable(path.view())) return true;
    auto hash = sha256_of(path, *entry.page(), bytes_of);
    const publish::ManifestEntry* wanted = live.manifest.find(path.view());
    const bool is_old = !wanted || wanted->is_stale();
    if (!hash && !(is_old && hash.error().code == ErrorCode::kNotFound)) {
      listed = std::move(hash).error();
    }
    if (hash) manifest.files[path.string()] = *std::move(hash);
    return listed.has_value();
  });
  TRY(std::move(listed));
  const std::string text = to_text(manifest);
  const std::string comment =
      "commit " + manifest.commit + " site.time " + iso_instant(live.instant);
  std::vector<Change> seals;
  seals.push_back(TRY(put(kManifestPath, text)));
  seals.push_back(TRY(put(kSignaturePath, key_.sign(text, comment))));
  return seals;
}

}  // namespace stet::targets

#include "api/editor/bundle.h"

#include <algorithm>
#include <iterator>

#include "cms/publish/compress.h"
#include "cms/publish/mime.h"
#include "storage/base/hash.h"

namespace stet::editor {
namespace {

constexpr std::string_view kPage = "index.html", kAssets = "assets/";

// What a build of an editor leaves; anything else has come there by mistake.
constexpr std::string_view kTypes[] = {".avif",
                                       ".css",
                                       ".ico",
                                       ".js",
                                       ".json",
                                       ".map",
                                       ".mjs",
                                       ".png",
                                       ".svg",
                                       ".txt",
                                       ".webmanifest",
                                       ".webp",
                                       ".woff2"};

std::string_view extension_of(std::string_view path) {
  std::size_t dot = path.rfind('.');
  return dot == path.npos ? "" : path.substr(dot);
}

bool is_hidden(std::string_view path) {
  return path.starts_with('.') || path.find("/.") != path.npos;
}

std::vector<std::string> pieces_of(std::string_view html) {
  std::vector<std::string> pieces;
  for (std::size_t mark; (mark = html.find(Bundle::kNonceMark)) != html.npos;) {
    pieces.emplace_back(html.substr(0, mark));
    html.remove_prefix(mark + Bundle::kNonceMark.size());
  }
  pieces.emplace_back(html);
  return pieces;
}

Bundle::Bytes smaller(std::string form, const std::string& plain) {
  bool is_smaller = !form.empty() && form.size() < plain.size();
  return is_smaller ? std::make_shared<const std::string>(std::move(form)) : nullptr;
}

}  // namespace

const Bundle::Bytes& Bundle::File::as(http::Encoding& encoding) const {
  if (encoding == http::Encoding::kBrotli && brotli) return brotli;
  if (encoding == http::Encoding::kGzip && gzip) return gzip;
  encoding = http::Encoding::kIdentity;
  return plain;
}

Result<std::unique_ptr<const Bundle>> Bundle::of(const storage::Snapshot& files) {
  std::unique_ptr<Bundle> bundle(new Bundle);
  std::size_t bytes = 0;
  TRY(files.walk("", [&](const storage::SnapshotEntry& entry) -> Status {
    std::string_view path = entry.path.view();
    if (is_hidden(path)) return {};
    bool is_page = path == kPage;
    bool is_known =
        is_page ||
        std::find(std::begin(kTypes), std::end(kTypes), extension_of(path)) != std::end(kTypes);
    if (!storage::is_readable(entry.kind) || !is_known) {
      return invalid_input(std::string(path) + " is no file of an editor; build it again");
    }
    std::string content = TRY(files.read(entry.blob));
    bytes += content.size();
    bool is_one_more = !is_page && bundle->files_.size() >= kFilesMax;
    if (bytes > kBytesMax || is_one_more) {
      return invalid_input("an editor has at most " + std::to_string(kFilesMax) + " files of " +
                           std::to_string(kBytesMax >> 20) + " MiB together");
    }
    if (is_page) {
      bundle->page_ = pieces_of(content);
      return {};
    }
    File file{.type = publish::type_of_extension(extension_of(path)),
              .is_hashed = path.starts_with(kAssets),
              .plain = nullptr,
              .gzip = nullptr,
              .brotli = nullptr,
              .tag = fingerprint(content).hex()};
    file.plain = std::make_shared<const std::string>(std::move(content));
    bundle->files_.emplace(path, std::move(file));
    return {};
  }));
  if (bundle->page_.empty()) return not_found("there is no " + std::string(kPage));
  return std::unique_ptr<const Bundle>(std::move(bundle));
}

void Bundle::compress() const {
  for (auto& [path, file] : files_) {
    if (!publish::is_compressible(file.type)) continue;
    file.gzip = smaller(publish::gzip(*file.plain), *file.plain);
    file.brotli = smaller(publish::brotli(*file.plain), *file.plain);
  }
}

const Bundle::File* Bundle::find(std::string_view path) const {
  std::call_once(is_compressed_, [this] { compress(); });
  auto found = files_.find(path);
  return found == files_.end() ? nullptr : &found->second;
}

std::string Bundle::page(std::string_view nonce) const {
  std::string html = page_.front();
  for (std::size_t i = 1; i < page_.size(); ++i) html.append(nonce).append(page_[i]);
  return html;
}

}  // namespace stet::editor

#include "storage/commit/pack_writer.h"

#include <openssl/evp.h>

#include <algorithm>
#include <unordered_map>

#include "storage/commit/deflater.h"
#include "storage/git/handles.h"

namespace stet::storage {
namespace {

constexpr int kOffsetDelta = 6;     // a pack's OBJ_OFS_DELTA
constexpr int kDeltaDepthMax = 20;  // reading an object means applying this many
constexpr std::size_t kDeltaBytesMin = 1024;
constexpr std::size_t kCopyBytesMax = 0xffffff;
constexpr std::size_t kInsertBytesMax = 127;
constexpr std::size_t kFlushBytes = 256 * 1024;

void append_size(std::string& bytes, std::size_t size) {
  for (; size >= 0x80; size >>= 7) bytes += static_cast<char>(size | 0x80);
  bytes += static_cast<char>(size);
}

void append_copy(std::string& delta, std::size_t offset, std::size_t size) {
  while (size > 0) {
    std::size_t part = std::min(size, kCopyBytesMax);
    std::size_t op = delta.size();
    unsigned flags = 0x80;
    delta += '\0';
    for (unsigned i = 0; i < 4; ++i) {
      if (auto byte = static_cast<char>(offset >> (8 * i)); byte) {
        delta += byte;
        flags |= 1u << i;
      }
    }
    for (unsigned i = 0; i < 3; ++i) {
      if (auto byte = static_cast<char>(part >> (8 * i)); byte) {
        delta += byte;
        flags |= 0x10u << i;
      }
    }
    delta[op] = static_cast<char>(flags);
    offset += part;
    size -= part;
  }
}

std::string object_head(int type, std::size_t size) {
  std::string head;
  unsigned first = static_cast<unsigned>(type) << 4 | (size & 0x0f);
  size >>= 4;
  head += static_cast<char>(first | (size ? 0x80 : 0));
  if (size) append_size(head, size);
  return head;
}

// How far back the base lies: big-endian, each further digit one less than it says.
std::string base_offset(std::uint64_t distance) {
  std::string digits(1, static_cast<char>(distance & 0x7f));
  while (distance >>= 7) {
    --distance;
    digits.insert(digits.begin(), static_cast<char>(0x80 | (distance & 0x7f)));
  }
  return digits;
}

class PackStream {
 public:
  PackStream(IndexerHandle indexer)
      : indexer_(std::move(indexer)), sha1_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    EVP_DigestInit_ex(sha1_.get(), EVP_sha1(), nullptr);
  }

  Status begin(std::size_t count) {
    std::string head = "PACK";
    for (std::size_t number : {std::size_t{2}, count}) {
      for (int shift : {24, 16, 8, 0}) head += static_cast<char>(number >> shift);
    }
    return append(head);
  }

  Status add(const StagedObject& object) {
    Written written{offset_, 0};
    std::string delta;
    const Written* base = base_of(object);
    if (base) delta = make_delta(base_bytes_.at(*object.older), object.bytes());
    std::string_view bytes = object.bytes();
    std::string packed;
    if (base && delta.size() < bytes.size() / 2) {
      packed = object_head(kOffsetDelta, delta.size()) + base_offset(offset_ - base->offset);
      written.depth = base->depth + 1;
      bytes = delta;
    } else {
      packed = object_head(static_cast<int>(object.type), bytes.size());
    }
    bool is_tree = object.type == ObjectType::kTree;
    auto effort = is_tree ? Deflater::Effort::kLittle : Deflater::Effort::kUsual;
    TRY(deflater_.append(packed, bytes, effort));
    TRY(append(packed));
    if (is_tree) {
      trees_[TreeId(object.id)] = written;
      base_bytes_[TreeId(object.id)] = object.bytes();
    }
    return {};
  }

  // Fsyncs the pack, its index and their folder: GIT_OPT_ENABLE_FSYNC_GITDIR is on.
  // The answer is the pack's name, without "pack-".
  Result<std::string> finish() {
    unsigned char sum[20];
    EVP_DigestFinal_ex(sha1_.get(), sum, nullptr);
    TRY(append_unhashed({reinterpret_cast<const char*>(sum), sizeof sum}));
    TRY(flush());
    TRY(call("index pack", git_indexer_commit, indexer_.get(), &progress_));
    return std::string(git_indexer_name(indexer_.get()));
  }

 private:
  struct Written {
    std::uint64_t offset = 0;
    int depth = 0;
  };

  const Written* base_of(const StagedObject& object) const {
    if (!object.older || object.bytes().size() < kDeltaBytesMin) return nullptr;
    auto base = trees_.find(*object.older);
    if (base == trees_.end() || base->second.depth >= kDeltaDepthMax) return nullptr;
    return &base->second;
  }

  Status append(std::string_view bytes) {
    EVP_DigestUpdate(sha1_.get(), bytes.data(), bytes.size());
    return append_unhashed(bytes);
  }
  Status append_unhashed(std::string_view bytes) {
    offset_ += bytes.size();
    waiting_ += bytes;
    return waiting_.size() < kFlushBytes ? Status() : flush();
  }
  // The indexer maps its file anew for each piece that it gets: few large ones.
  Status flush() {
    TRY(call("write pack",
             git_indexer_append,
             indexer_.get(),
             waiting_.data(),
             waiting_.size(),
             &progress_));
    waiting_.clear();
    return {};
  }

  IndexerHandle indexer_;
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> sha1_;
  git_indexer_progress progress_{};
  std::uint64_t offset_ = 0;
  std::string waiting_;  // for the indexer
  Deflater deflater_;
  std::unordered_map<TreeId, Written> trees_;
  std::unordered_map<TreeId, std::string_view> base_bytes_;
};

}  // namespace

std::string make_delta(std::string_view from, std::string_view to) {
  std::size_t shared_max = std::min(from.size(), to.size());
  std::size_t head = 0, tail = 0;
  while (head < shared_max && from[head] == to[head]) ++head;
  while (tail < shared_max - head && from[from.size() - 1 - tail] == to[to.size() - 1 - tail]) {
    ++tail;
  }
  std::string delta;
  append_size(delta, from.size());
  append_size(delta, to.size());
  append_copy(delta, 0, head);
  std::string_view between = to.substr(head, to.size() - head - tail);
  while (!between.empty()) {
    std::string_view part = between.substr(0, kInsertBytesMax);
    delta += static_cast<char>(part.size());
    delta += part;
    between.remove_prefix(part.size());
  }
  append_copy(delta, from.size() - tail, tail);
  return delta;
}

Result<PackKeep> write_pack(const std::filesystem::path& repository_folder,
                            const std::vector<StagedObject>& objects) {
  git_indexer_options options = GIT_INDEXER_OPTIONS_INIT;
  PackPlace place = TRY(PackPlace::make(repository_folder));
  auto indexer = TRY(make<IndexerHandle>(
      "write pack", git_indexer_new, place.folder().c_str(), 0u, nullptr, &options));
  PackStream stream(std::move(indexer));
  TRY(stream.begin(objects.size()));
  for (const StagedObject& object : objects) TRY(stream.add(object));
  return place.put("pack-" + TRY(stream.finish()));
}

}  // namespace stet::storage

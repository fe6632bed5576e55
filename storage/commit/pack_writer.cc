#include "storage/commit/pack_writer.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <zlib.h>

#include <algorithm>
#include <memory>
#include <unordered_map>

#include "storage/base/descriptor.h"
#include "storage/base/durable_file.h"
#include "storage/base/file_sync.h"
#include "storage/base/hash.h"
#include "storage/commit/deflater.h"
#include "storage/commit/pack_index.h"

namespace stet::storage {
namespace {

constexpr int kOffsetDelta = 6;     // a pack's OBJ_OFS_DELTA
constexpr int kDeltaDepthMax = 20;  // reading an object means applying this many
constexpr std::size_t kDeltaBytesMin = 1024;
constexpr std::size_t kCopyBytesMax = 0xffffff;
constexpr std::size_t kInsertBytesMax = 127;
constexpr std::size_t kFlushBytes = 256 * 1024;
constexpr mode_t kPackMode = 0444;  // as git has packs

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
  static Result<PackStream> create(const std::filesystem::path& folder) {
    std::filesystem::path path = folder / PackPlace::kNewPack;
    Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kPackMode));
    if (!file) return error_of_errno("create", path);
    return PackStream(std::move(path), std::move(file));
  }

  Status begin(std::size_t count) {
    std::string head = "PACK";
    for (std::size_t number : {std::size_t{2}, count}) {
      for (int shift : {24, 16, 8, 0}) head += static_cast<char>(number >> shift);
    }
    packed_.reserve(count);
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
    auto effort = is_tree ? Deflater::Effort::kNone : Deflater::Effort::kUsual;
    TRY(deflater_->append(packed, bytes, effort));
    auto crc = ::crc32_z(0, reinterpret_cast<const Bytef*>(packed.data()), packed.size());
    packed_.push_back({object.id, static_cast<std::uint32_t>(crc), offset_});
    TRY(append(packed));
    if (is_tree) {
      trees_[TreeId(object.id)] = written;
      base_bytes_[TreeId(object.id)] = object.bytes();
    }
    return {};
  }

  struct Finished {
    std::string name;  // of the pack, by what it ends with
    std::string index;
  };

  // Fsyncs the pack.
  Result<Finished> finish() {
    Digest<20> sum;
    EVP_DigestFinal_ex(sha1_.get(), sum.bytes.data(), nullptr);
    std::string_view ending(reinterpret_cast<const char*>(sum.bytes.data()), sum.bytes.size());
    waiting_ += ending;
    TRY(flush());
    TRY(sync_file(file_.get(), path_));
    return Finished{"pack-" + sum.hex(), pack_index(std::move(packed_), ending)};
  }

 private:
  struct Written {
    std::uint64_t offset = 0;
    int depth = 0;
  };

  PackStream(std::filesystem::path path, Descriptor file)
      : path_(std::move(path)),
        file_(std::move(file)),
        sha1_(EVP_MD_CTX_new(), EVP_MD_CTX_free),
        deflater_(std::make_unique<Deflater>()) {
    EVP_DigestInit_ex(sha1_.get(), EVP_sha1(), nullptr);
  }

  const Written* base_of(const StagedObject& object) const {
    if (!object.older || object.bytes().size() < kDeltaBytesMin) return nullptr;
    auto base = trees_.find(*object.older);
    if (base == trees_.end() || base->second.depth >= kDeltaDepthMax) return nullptr;
    return &base->second;
  }

  Status append(std::string_view bytes) {
    EVP_DigestUpdate(sha1_.get(), bytes.data(), bytes.size());
    offset_ += bytes.size();
    waiting_ += bytes;
    return waiting_.size() < kFlushBytes ? Status() : flush();
  }
  Status flush() {
    Status written = write_all(file_.get(), waiting_, path_);
    waiting_.clear();
    return written;
  }

  std::filesystem::path path_;
  Descriptor file_;
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> sha1_;
  std::uint64_t offset_ = 0;
  std::string waiting_;  // to be written
  std::vector<PackedObject> packed_;
  std::unique_ptr<Deflater> deflater_;
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
  PackPlace place = TRY(PackPlace::make(repository_folder));
  PackStream stream = TRY(PackStream::create(place.folder()));
  TRY(stream.begin(objects.size()));
  for (const StagedObject& object : objects) TRY(stream.add(object));
  PackStream::Finished finished = TRY(stream.finish());
  return place.put(finished.name, finished.index);
}

}  // namespace stet::storage

#include "cms/publish/journal.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "storage/base/durable_file.h"

namespace stet::publish {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHeading = "stet journal 1\n";
constexpr std::size_t kFrameBytes = 4 + 16;

Fingerprint first_link() { return fingerprint(kHeading); }

Fingerprint link(const Fingerprint& before, std::string_view payload) {
  return Fingerprinter().add(before).add(payload).finish();
}

std::string framed(const Fingerprint& chain, std::string_view payload) {
  std::string record;
  record.reserve(kFrameBytes + payload.size());
  for (int shift = 0; shift < 32; shift += 8) {
    record += static_cast<char>((payload.size() >> shift) & 0xff);
  }
  record.append(reinterpret_cast<const char*>(chain.bytes.data()), chain.bytes.size());
  record += payload;
  return record;
}

std::uint32_t length_at(std::string_view bytes) {
  std::uint32_t length = 0;
  for (int i = 0; i < 4; ++i) {
    length |= std::uint32_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  }
  return length;
}

Status write_at(int fd, std::string_view bytes, std::uint64_t offset, const fs::path& path) {
  while (!bytes.empty()) {
    ssize_t written = ::pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return error_of_errno("write", path);
    bytes.remove_prefix(static_cast<std::size_t>(written));
    offset += static_cast<std::uint64_t>(written);
  }
  return {};
}

Result<Descriptor> lock_of(const fs::path& path) {
  Descriptor lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (!lock) return error_of_errno("open", path);
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno != EWOULDBLOCK) return error_of_errno("lock", path);
  return unavailable("'" + path.string() +
                     "' is held by another process; stop the other stet that serves this state");
}

// The next record's payload; or why what stands there is none.
Result<std::string_view> payload_at(std::string_view rest, const Fingerprint& chain) {
  if (rest.size() < kFrameBytes) return invalid_input("a torn record");
  std::uint32_t length = length_at(rest);
  if (length > Journal::kPayloadBytesMax || length > rest.size() - kFrameBytes) {
    return invalid_input("a torn record");
  }
  std::string_view payload = rest.substr(kFrameBytes, length);
  Fingerprint expected = link(chain, payload);
  std::string_view stored = rest.substr(4, expected.bytes.size());
  if (std::memcmp(stored.data(), expected.bytes.data(), stored.size()) != 0) {
    return invalid_input("a record whose checksum is wrong");
  }
  return payload;
}

}  // namespace

Result<std::unique_ptr<Journal>> Journal::open(const fs::path& folder,
                                               const Accept& accept,
                                               std::vector<std::string>& notices) {
  if (::mkdir(folder.c_str(), 0755) != 0 && errno != EEXIST) {
    return error_of_errno("create", folder);
  }
  Descriptor lock = TRY(lock_of(folder / "lock"));
  std::unique_ptr<Journal> journal(new Journal(folder / "journal", std::move(lock)));
  TRY(journal->load(accept, notices));
  return journal;
}

Status Journal::open_file() {
  file_.reset(::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  return file_ ? Status() : error_of_errno("open", path_);
}

Status Journal::load(const Accept& accept, std::vector<std::string>& notices) {
  TRY(open_file());
  const std::string bytes = TRY(read_file(path_, kFileBytesMax));
  chain_ = first_link();
  if (!bytes.starts_with(kHeading)) {
    if (!bytes.empty()) {
      notices.push_back("'" + path_.string() + "' is no journal of this version; started anew");
    }
    return rewrite({});
  }
  end_ = kHeading.size();
  rewritten_end_ = end_;
  while (end_ < bytes.size()) {
    auto payload = payload_at(std::string_view(bytes).substr(end_), chain_);
    Status accepted = payload ? accept(*payload) : Status(payload.error());
    if (!accepted) {
      notices.push_back("'" + path_.string() + "': " + accepted.error().message + " at byte " +
                        std::to_string(end_) + "; " + std::to_string(bytes.size() - end_) +
                        " bytes from there on were cut");
      break;
    }
    chain_ = link(chain_, *payload);
    if (end_ == kHeading.size()) rewritten_end_ = end_ + kFrameBytes + payload->size();
    end_ += kFrameBytes + payload->size();
  }
  if (end_ < bytes.size() && ::ftruncate(file_.get(), static_cast<off_t>(end_)) != 0) {
    return error_of_errno("truncate", path_);
  }
  return {};
}

Status Journal::append(std::string_view payload) {
  if (payload.size() > kPayloadBytesMax || end_ + payload.size() > kFileBytesMax - kFrameBytes) {
    return unavailable("the publication is too large for its journal");
  }
  Fingerprint next = link(chain_, payload);
  std::string record = framed(next, payload);
  Status written = write_at(file_.get(), record, end_, path_);
  if (!written) {
    // Should this fail too, the torn record is overwritten by the next or cut by the next open().
    [[maybe_unused]] int ignored = ::ftruncate(file_.get(), static_cast<off_t>(end_));
    return written;
  }
  chain_ = next;
  end_ += record.size();
  return {};
}

Status Journal::rewrite(const std::vector<std::string_view>& payloads) {
  Fingerprint chain = first_link();
  std::string bytes(kHeading);
  for (std::string_view payload : payloads) {
    if (payload.size() > kPayloadBytesMax || bytes.size() + payload.size() > kFileBytesMax / 2) {
      return unavailable("the manifest is too large for its journal");
    }
    chain = link(chain, payload);
    bytes += framed(chain, payload);
  }
  TRY(write_durably(path_, bytes));
  // From here on the old file has no name: going on with it would lose what is appended.
  TRY(open_file());
  chain_ = chain;
  end_ = bytes.size();
  rewritten_end_ = end_;
  return {};
}

}  // namespace stet::publish

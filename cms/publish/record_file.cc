#include "cms/publish/record_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "storage/base/durable_file.h"
#include "storage/base/file_sync.h"

namespace stet::publish {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFrameBytes = 4 + 16;

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

// The next record's payload; or why what stands there is none.
Result<std::string_view> payload_at(std::string_view rest, const Fingerprint& chain) {
  if (rest.size() < kFrameBytes) return invalid_input("a torn record");
  std::uint32_t length = length_at(rest);
  if (length > RecordFile::kPayloadBytesMax || length > rest.size() - kFrameBytes) {
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

// What a scan has found good.
struct Scanned {
  std::uint64_t end = 0, first_end = 0;  // of all records, of the first
  Fingerprint chain;
  Status status;  // why it went no further
};

// `bytes` begin with the heading.
Scanned scan(std::string_view bytes, const std::string& heading, const RecordFile::Accept& accept) {
  Scanned found{heading.size(), heading.size(), fingerprint(heading), {}};
  while (found.end < bytes.size()) {
    auto payload = payload_at(bytes.substr(found.end), found.chain);
    found.status = payload ? accept(*payload) : Status(payload.error());
    if (!found.status) return found;
    found.chain = link(found.chain, *payload);
    bool is_first = found.end == heading.size();
    found.end += kFrameBytes + payload->size();
    if (is_first) found.first_end = found.end;
  }
  return found;
}

}  // namespace

Result<std::unique_ptr<RecordFile>> RecordFile::open(Place place,
                                                     const Accept& accept,
                                                     std::vector<std::string>& notices) {
  std::unique_ptr<RecordFile> file(new RecordFile(std::move(place)));
  TRY(file->load(accept, notices));
  return file;
}

Result<std::unique_ptr<RecordFile>> RecordFile::create(Place place) {
  std::unique_ptr<RecordFile> file(new RecordFile(std::move(place)));
  const std::string& heading = file->place_.heading;
  TRY(file->open_file(O_CREAT | O_TRUNC));
  TRY(write_at(file->file_.get(), heading, 0, file->place_.path));
  file->end_ = file->rewritten_end_ = heading.size();
  file->chain_ = fingerprint(heading);
  return file;
}

Status RecordFile::read(const Place& place, std::uint64_t bytes, const Accept& accept) {
  std::string whole = TRY(read_file(place.path, kFileBytesMax));
  if (whole.size() < bytes || !whole.starts_with(place.heading)) {
    return internal("'" + place.path.string() + "' is not what was written there");
  }
  return scan(std::string_view(whole).substr(0, bytes), place.heading, accept).status;
}

Status RecordFile::open_file(int flags) {
  file_.reset(::open(place_.path.c_str(), O_RDWR | O_CLOEXEC | flags, 0644));
  return file_ ? Status() : error_of_errno("open", place_.path);
}

Status RecordFile::load(const Accept& accept, std::vector<std::string>& notices) {
  TRY(open_file(O_CREAT));
  const std::string bytes = TRY(read_file(place_.path, kFileBytesMax));
  if (!bytes.starts_with(place_.heading)) {
    if (!bytes.empty()) {
      notices.push_back("'" + place_.path.string() + "' is not of this version; started anew");
    }
    return rewrite({});
  }
  Scanned found = scan(bytes, place_.heading, accept);
  if (!found.status) {
    notices.push_back("'" + place_.path.string() + "': " + found.status.error().message +
                      " at byte " + std::to_string(found.end) + "; " +
                      std::to_string(bytes.size() - found.end) + " bytes from there on were cut");
  }
  end_ = found.end;
  rewritten_end_ = found.first_end;
  chain_ = found.chain;
  if (end_ < bytes.size() && ::ftruncate(file_.get(), static_cast<off_t>(end_)) != 0) {
    return error_of_errno("truncate", place_.path);
  }
  return {};
}

Status RecordFile::append(std::string_view payload) {
  if (payload.size() > kPayloadBytesMax || end_ + payload.size() > kFileBytesMax - kFrameBytes) {
    return unavailable("the record is too large for its file");
  }
  Fingerprint next = link(chain_, payload);
  std::string record = framed(next, payload);
  Status written = write_at(file_.get(), record, end_, place_.path);
  if (!written) {
    // Should this fail too, the torn record is overwritten by the next or cut by the next open().
    [[maybe_unused]] int ignored = ::ftruncate(file_.get(), static_cast<off_t>(end_));
    return written;
  }
  chain_ = next;
  end_ += record.size();
  return {};
}

Status RecordFile::rewrite(const std::vector<std::string_view>& payloads) {
  const fs::path path = place_.path;
  Place aside = place_;
  aside.path += ".rewritten";
  auto written = write_aside(aside, payloads);
  if (!written) {
    std::error_code ignored;
    fs::remove(aside.path, ignored);
    return written.error();
  }
  RecordFile& fresh = **written;
  TRY(fresh.rename_to(path));
  // From here on the old file has no name: going on with it would lose what is appended.
  file_ = std::move(fresh.file_);
  chain_ = fresh.chain_;
  end_ = rewritten_end_ = fresh.end_;
  return sync_folder(path.parent_path());
}

Result<std::unique_ptr<RecordFile>> RecordFile::write_aside(
    const Place& place, const std::vector<std::string_view>& payloads) {
  auto file = TRY(create(place));
  for (std::string_view payload : payloads) {
    TRY(file->append(payload));
    if (file->end_ > kFileBytesMax / 2) {
      return unavailable("the records are too large for their file");
    }
  }
  TRY(file->sync());
  return file;
}

Status RecordFile::sync() { return sync_file(file_.get(), place_.path); }

Status RecordFile::rename_to(const fs::path& path) {
  if (::rename(place_.path.c_str(), path.c_str()) != 0) return error_of_errno("rename", path);
  place_.path = path;
  return {};
}

}  // namespace stet::publish

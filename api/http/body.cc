#include "api/http/body.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "storage/base/durable_file.h"

namespace stet::http {
namespace {

Status write_all(int descriptor, std::string_view bytes, const std::string& folder) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return error_of_errno("keep the body of a request", folder);
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Result<std::shared_ptr<OpenFile>> unnamed_file(const std::string& folder) {
  int descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor < 0) {  // not every file system has O_TMPFILE
    std::string name = folder + "/body-XXXXXX";
    descriptor = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor < 0) return error_of_errno("keep the body of a request", folder);
    ::unlink(name.c_str());
  }
  return std::make_shared<OpenFile>(descriptor);
}

}  // namespace

OpenFile::~OpenFile() { ::close(descriptor_); }

Result<std::shared_ptr<OpenFile>> OpenFile::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) return error_of_errno("open", path);
  return std::make_shared<OpenFile>(descriptor);
}

Result<std::string> Body::read(std::uint64_t bytes_max) const {
  if (size_ > bytes_max) {
    return invalid_input("the body has " + std::to_string(size_) + " bytes, more than the " +
                         std::to_string(bytes_max) + " that are taken here");
  }
  if (!file_) return bytes_;
  std::string all(size_, '\0');
  std::size_t done = 0;
  while (done < all.size()) {
    const ssize_t got = ::pread(
        file_->descriptor(), all.data() + done, all.size() - done, static_cast<off_t>(done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return internal("the kept body of a request could not be read again");
    done += static_cast<std::size_t>(got);
  }
  return all;
}

Result<std::shared_ptr<OpenFile>> Body::as_file() const {
  if (file_) {
    if (::lseek(file_->descriptor(), 0, SEEK_SET) != 0) {
      return internal("the kept body of a request cannot be rewound");
    }
    return file_;
  }
  const int descriptor = ::memfd_create("body", MFD_CLOEXEC);
  if (descriptor < 0) return error_of_errno("make a file in memory", "body");
  auto file = std::make_shared<OpenFile>(descriptor);
  TRY(write_all(descriptor, bytes_, "memory"));
  ::lseek(descriptor, 0, SEEK_SET);
  return file;
}

Status BodyCollector::append(std::string_view piece) {
  if (!file_ && bytes_.size() + piece.size() > memory_bytes_max_) TRY(move_to_file());
  if (file_) {
    TRY(write_all(file_->descriptor(), piece, temporary_folder_));
  } else {
    bytes_.append(piece);
  }
  size_ += piece.size();
  return {};
}

Status BodyCollector::move_to_file() {
  auto file = TRY(unnamed_file(temporary_folder_));
  TRY(write_all(file->descriptor(), bytes_, temporary_folder_));
  file_ = std::move(file);
  std::string().swap(bytes_);
  return {};
}

Body BodyCollector::take() {
  Body body = file_ ? Body(std::move(file_), size_) : Body(std::move(bytes_));
  file_.reset();
  bytes_.clear();
  size_ = 0;
  if (!body.is_in_memory()) (void)body.as_file();  // rewinds
  return body;
}

}  // namespace stet::http

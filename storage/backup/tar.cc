#include "storage/backup/tar.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>

#include "storage/base/durable_file.h"
#include "storage/base/utf8.h"

namespace stet::storage {
namespace {

constexpr std::size_t kBlock = 512;
constexpr std::string_view kMagic("ustar\00000", 8);
constexpr std::uint64_t kOctalSizeMax = 077777777777;

// A field of the header: where it stands, and how wide it is.
struct Field {
  std::size_t at, width;
};
constexpr Field kName{0, 100}, kMode{100, 8}, kOwner{108, 8}, kGroup{116, 8}, kSize{124, 12},
    kModified{136, 12}, kChecksum{148, 8}, kType{156, 1}, kLink{157, 100}, kMark{257, 8},
    kPrefix{345, 155};

void put_octal(std::string& header, Field field, std::uint64_t value) {
  for (std::size_t i = field.width - 1; i-- > 0; value >>= 3) {
    header[field.at + i] = static_cast<char>('0' + (value & 7));
  }
}

void put_size(std::string& header, std::uint64_t size) {
  if (size <= kOctalSizeMax) return put_octal(header, kSize, size);
  header[kSize.at] = static_cast<char>(0x80);
  for (std::size_t i = kSize.width; i-- > 1; size >>= 8) {
    header[kSize.at + i] = static_cast<char>(size & 0xff);
  }
}

// The sum of the header's bytes, those of the sum itself taken as blanks.
std::uint64_t checksum_of(std::string_view header) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < header.size(); ++i) {
    bool is_sum = i >= kChecksum.at && i < kChecksum.at + kChecksum.width;
    sum += is_sum ? ' ' : static_cast<unsigned char>(header[i]);
  }
  return sum;
}

std::string header_of(std::string_view name, std::uint64_t size, Instant modified) {
  std::string header(kBlock, '\0');
  header.replace(kName.at, name.size(), name);
  put_octal(header, kMode, 0600);
  put_octal(header, kOwner, 0);
  put_octal(header, kGroup, 0);
  put_size(header, size);
  put_octal(
      header, kModified, static_cast<std::uint64_t>(std::max<std::int64_t>(0, modified.seconds)));
  header[kType.at] = '0';
  header.replace(kMark.at, kMagic.size(), kMagic);
  put_octal(header, {kChecksum.at, 7}, checksum_of(header));
  header[kChecksum.at + 7] = ' ';
  return header;
}

std::uint64_t padding_of(std::uint64_t size) { return (kBlock - size % kBlock) % kBlock; }

std::string_view field_of(std::string_view header, Field field) {
  return header.substr(field.at, field.width);
}

std::string_view text_of(std::string_view header, Field field) {
  std::string_view text = field_of(header, field);
  return text.substr(0, text.find('\0'));
}

// Octal digits, with a NUL or blanks after them.
std::optional<std::uint64_t> octal_of(std::string_view field) {
  std::size_t digits = field.find_first_not_of("01234567");
  if (digits == 0) return std::nullopt;
  std::uint64_t value = 0;
  for (char c : field.substr(0, digits)) value = value << 3 | static_cast<std::uint64_t>(c - '0');
  bool is_ended = digits == field.npos ||
                  field.find_first_not_of(std::string_view("\0 ", 2), digits) == field.npos;
  return is_ended ? std::optional(value) : std::nullopt;
}

std::optional<std::uint64_t> size_of(std::string_view header) {
  std::string_view field = field_of(header, kSize);
  if (static_cast<unsigned char>(field[0]) != 0x80) return octal_of(field);
  std::uint64_t value = 0;
  for (char c : field.substr(1)) {
    if (value >> 56 != 0) return std::nullopt;
    value = value << 8 | static_cast<unsigned char>(c);
  }
  return value;
}

bool is_zero(std::string_view bytes) { return bytes.find_first_not_of('\0') == bytes.npos; }

Error wrong(std::uint64_t offset, const std::string& what) {
  return invalid_input("at byte " + std::to_string(offset) + ": " + what);
}

Error cut_off(std::uint64_t missing) {
  return invalid_input("it is cut off: " + std::to_string(missing) + " bytes or more are missing");
}

// What a header says, held against the file that it stands in.
Result<TarMember> read_header(std::string_view header, std::uint64_t at, std::uint64_t file_bytes) {
  auto sum = octal_of(field_of(header, kChecksum));
  if (!sum || *sum != checksum_of(header)) return wrong(at, "this is no header of a tar file");
  if (field_of(header, kMark) != kMagic || !is_zero(field_of(header, kPrefix)) ||
      !is_zero(field_of(header, kLink)) || field_of(header, kType) != "0") {
    return wrong(at, "a tar file of another kind; stet reads those that it has written");
  }
  TarMember member{.name = std::string(text_of(header, kName)), .offset = at + kBlock};
  if (!is_tar_name(member.name)) {
    return wrong(at, "'" + printable(member.name, 120) + "' is no name of a part of a backup");
  }
  auto size = size_of(header);
  if (!size) return wrong(at, "'" + member.name + "' has a size that is no number");
  member.bytes = *size;
  std::uint64_t room = file_bytes - member.offset;
  if (member.bytes > room) return cut_off(member.bytes - room);
  if (padding_of(member.bytes) > room - member.bytes) return cut_off(padding_of(member.bytes));
  return member;
}

}  // namespace

bool is_tar_name(std::string_view name) {
  if (name.empty() || name.size() > kTarNameBytesMax) return false;
  while (true) {
    std::string_view part = name.substr(0, name.find('/'));
    bool is_good = !part.empty() && part != "." && part != ".." && part.size() <= 64 + 16;
    if (!is_good || part.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-._") != part.npos)
      return false;
    if (part.size() == name.size()) return true;
    name.remove_prefix(part.size() + 1);
  }
}

Status TarWriter::begin(std::string_view name) {
  if (!is_tar_name(name))
    return internal("'" + printable(name, 120) + "' is no name for a tar file");
  off_t at = ::lseek(file_, 0, SEEK_CUR);
  if (at < 0) return error_of_errno("seek in", path_);
  begun_ = static_cast<std::uint64_t>(at);
  name_ = name;
  bytes_ = 0;
  return write_all(file_, std::string(kBlock, '\0'), path_);
}

Status TarWriter::add(std::string_view bytes) {
  bytes_ += bytes.size();
  return write_all(file_, bytes, path_);
}

Status TarWriter::end() {
  TRY(write_all(file_, std::string(padding_of(bytes_), '\0'), path_));
  std::string header = header_of(name_, bytes_, modified_);
  ssize_t written = ::pwrite(file_, header.data(), header.size(), static_cast<off_t>(begun_));
  if (written == static_cast<ssize_t>(header.size())) return {};
  if (written >= 0) errno = ENOSPC;
  return error_of_errno("write", path_);
}

Status TarWriter::drop() {
  auto at = static_cast<off_t>(begun_);
  if (::ftruncate(file_, at) != 0 || ::lseek(file_, at, SEEK_SET) != at) {
    return error_of_errno("shorten", path_);
  }
  return {};
}

Status TarWriter::finish() { return write_all(file_, std::string(2 * kBlock, '\0'), path_); }

Result<std::vector<TarMember>> read_tar(const ByteSource& file) {
  std::vector<TarMember> members;
  std::uint64_t at = 0;
  while (true) {
    std::string header = TRY(file.read(at, kBlock));
    if (header.size() < kBlock) return cut_off(kBlock - header.size());
    if (is_zero(header)) break;
    if (members.size() == kTarMembersMax) return wrong(at, "more parts than any backup has");
    members.push_back(TRY(read_header(header, at, file.size())));
    at = members.back().offset + members.back().bytes + padding_of(members.back().bytes);
  }
  std::string rest = TRY(file.read(at, 2 * kBlock + 1));
  if (rest.size() < 2 * kBlock) return cut_off(2 * kBlock - rest.size());
  if (rest.size() > 2 * kBlock || !is_zero(rest))
    return wrong(at, "something stands after the end");
  return members;
}

}  // namespace stet::storage

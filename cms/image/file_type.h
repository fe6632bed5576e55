// What a file of media is, told by its first bytes and never by its name.
//
// A table of our own: the formats that a site publishes are few, each begins with a mark that its
// standard gives, and what none of them is must not be guessed at. (libmagic would guess among
// thousands, text among them.) Threads: pure functions. Input may be any bytes.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "storage/base/byte_source.h"

namespace stet::image {

enum class Format {
  kJpeg,
  kPng,
  kGif,
  kWebp,
  kAvif,
  kSvg,
  kIco,
  kPdf,
  kMp4,
  kM4a,
  kMov,
  kWebm,
  kMp3,
  kOgg,
  kFlac,
  kWav,
  kVtt,
  kIcs,
  kZip,
  kWoff,
  kWoff2,
  kTtf,
  kOtf,
};

struct FileType {
  Format format;
  std::string_view name;        // "jpeg": what settings and lists call it
  std::string_view family;      // "image", "video", "audio", "document", "font", "archive", "text"
  std::string_view media_type;  // "image/jpeg"
  // Those that such a file may have, parted by blanks; the first is that of a name that has
  // another.
  std::string_view extensions;

  bool is_image() const { return family == "image"; }
  bool has_extension(std::string_view extension) const;  // ".JPG" too
  std::string_view own_extension() const;                // ".jpg"
};

std::span<const FileType> file_types();
const FileType& type_of(Format format);
const FileType* find_type(std::string_view name);               // null: there is none of that name
const FileType* type_of_extension(std::string_view extension);  // ".jpg"; null: of none

// Null: none of those. It looks at the first 64 KiB at most.
const FileType* type_of_content(const ByteSource& source);

// For people: what it looks like instead, "HTML" or "a program", or "" where that cannot be said.
std::string_view foreign_type(const ByteSource& source);

}  // namespace stet::image

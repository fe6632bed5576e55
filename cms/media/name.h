// What an upload is called in the repository, whatever the client calls it.
//
// The last part of the name alone, in Unicode's composed form and small letters; Latin letters lose
// their accents, letters of other scripts stay, and whatever is no letter or digit becomes one
// hyphen: so the name needs no care in a URL, in Markdown or in a shell. The extension is one that
// the content has. Nothing begins with a dot or an underscore, which Jekyll passes over, and
// nothing is called what Windows keeps for itself. Threads: pure functions. Input may be any bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "cms/image/file_type.h"

namespace stet::media {

inline constexpr std::size_t kStemBytesMax = 80;

// "Grüße aus Köln (3).JPEG" of a JPEG: "grusse-aus-koln-3.jpeg".
std::string clean_name(std::string_view name, const image::FileType& type);

// "x-2.jpg" of "x.jpg", for the second one of that name.
std::string numbered(std::string_view name, int number);

// A file of media by its name: it has one of the formats' extensions, and no folder on its way is
// one that Jekyll keeps for itself ("_includes", ".git"). Such a file is content, wherever it lies.
bool is_media_path(std::string_view path);

}  // namespace stet::media

#include "cms/publish/mime.h"

#include <algorithm>
#include <string>

namespace stet::publish {
namespace {

struct Row {
  std::string_view extension;
  std::string_view type;
};

// IANA's names; sorted by extension, in lower case.
constexpr Row kTypes[] = {
    {".7z", "application/x-7z-compressed"},
    {".aac", "audio/aac"},
    {".apng", "image/apng"},
    {".asc", "text/plain; charset=utf-8"},
    {".atom", "application/atom+xml"},
    {".avif", "image/avif"},
    {".bib", "text/x-bibtex; charset=utf-8"},
    {".bmp", "image/bmp"},
    {".bz2", "application/x-bzip2"},
    {".css", "text/css; charset=utf-8"},
    {".csv", "text/csv; charset=utf-8"},
    {".doc", "application/msword"},
    {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {".eot", "application/vnd.ms-fontobject"},
    {".epub", "application/epub+zip"},
    {".flac", "audio/flac"},
    {".gif", "image/gif"},
    {".gz", "application/gzip"},
    {".htm", "text/html; charset=utf-8"},
    {".html", "text/html; charset=utf-8"},
    {".ico", "image/vnd.microsoft.icon"},
    {".ics", "text/calendar; charset=utf-8"},
    {".jpeg", "image/jpeg"},
    {".jpg", "image/jpeg"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".jsonld", "application/ld+json"},
    {".jxl", "image/jxl"},
    {".m4a", "audio/mp4"},
    {".m4v", "video/mp4"},
    {".map", "application/json"},
    {".md", "text/markdown; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".mov", "video/quicktime"},
    {".mp3", "audio/mpeg"},
    {".mp4", "video/mp4"},
    {".odp", "application/vnd.oasis.opendocument.presentation"},
    {".ods", "application/vnd.oasis.opendocument.spreadsheet"},
    {".odt", "application/vnd.oasis.opendocument.text"},
    {".oga", "audio/ogg"},
    {".ogg", "audio/ogg"},
    {".ogv", "video/ogg"},
    {".opus", "audio/ogg"},
    {".otf", "font/otf"},
    {".pdf", "application/pdf"},
    {".png", "image/png"},
    {".pot", "application/vnd.ms-powerpoint"},
    {".ppt", "application/vnd.ms-powerpoint"},
    {".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {".ps", "application/postscript"},
    {".rdf", "application/rdf+xml"},
    {".rss", "application/rss+xml"},
    {".svg", "image/svg+xml"},
    {".tar", "application/x-tar"},
    {".tex", "text/x-tex; charset=utf-8"},
    {".tif", "image/tiff"},
    {".tiff", "image/tiff"},
    {".ttf", "font/ttf"},
    {".txt", "text/plain; charset=utf-8"},
    {".vcf", "text/vcard; charset=utf-8"},
    {".vtt", "text/vtt; charset=utf-8"},
    {".wasm", "application/wasm"},
    {".wav", "audio/wav"},
    {".weba", "audio/webm"},
    {".webm", "video/webm"},
    {".webmanifest", "application/manifest+json"},
    {".webp", "image/webp"},
    {".woff", "font/woff"},
    {".woff2", "font/woff2"},
    {".xht", "application/xhtml+xml"},
    {".xhtml", "application/xhtml+xml"},
    {".xls", "application/vnd.ms-excel"},
    {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {".xml", "application/xml"},
    {".xsd", "application/xml"},
    {".xsl", "application/xslt+xml"},
    {".xz", "application/x-xz"},
    {".yaml", "application/yaml"},
    {".yml", "application/yaml"},
    {".zip", "application/zip"},
};

constexpr bool by_extension(const Row& a, const Row& b) { return a.extension < b.extension; }
static_assert(std::is_sorted(std::begin(kTypes), std::end(kTypes), by_extension));

constexpr std::string_view kUnknown = "application/octet-stream";

constexpr std::string_view kCompressible[] = {
    "application/json",
    "application/postscript",
    "application/wasm",
    "application/xml",
    "application/yaml",
    "application/vnd.ms-fontobject",
    "font/otf",
    "font/ttf",
    "image/bmp",
    "image/vnd.microsoft.icon",
};

}  // namespace

std::string_view type_of_extension(std::string_view extension) {
  std::string lower(extension);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const Row* row =
      std::lower_bound(std::begin(kTypes), std::end(kTypes), Row{lower, {}}, by_extension);
  return row != std::end(kTypes) && row->extension == lower ? row->type : kUnknown;
}

bool is_compressible(std::string_view content_type) {
  std::string_view type = content_type.substr(0, content_type.find(';'));
  return type.starts_with("text/") || type.ends_with("+xml") || type.ends_with("+json") ||
         std::find(std::begin(kCompressible), std::end(kCompressible), type) !=
             std::end(kCompressible);
}

// Pictures and office files have "xml" in their types, too.
bool is_shown_last(std::string_view content_type) {
  constexpr std::string_view kShown[] = {"text/html",
                                         "application/xhtml+xml",
                                         "application/atom+xml",
                                         "application/rss+xml",
                                         "application/rdf+xml",
                                         "application/xml",
                                         "text/xml"};
  const std::string_view type = content_type.substr(0, content_type.find(';'));
  return std::find(std::begin(kShown), std::end(kShown), type) != std::end(kShown);
}

}  // namespace stet::publish

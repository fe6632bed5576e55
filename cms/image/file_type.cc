#include "cms/image/file_type.h"

#include <algorithm>
#include <array>
#include <string>

#include "storage/base/utf8.h"

namespace stet::image {
namespace {

constexpr std::size_t kLookedAt = 64 * 1024;

constexpr std::array kTypes = std::to_array<FileType>({
    {Format::kJpeg, "jpeg", "image", "image/jpeg", ".jpg .jpeg"},
    {Format::kPng, "png", "image", "image/png", ".png .apng"},
    {Format::kGif, "gif", "image", "image/gif", ".gif"},
    {Format::kWebp, "webp", "image", "image/webp", ".webp"},
    {Format::kAvif, "avif", "image", "image/avif", ".avif"},
    {Format::kSvg, "svg", "image", "image/svg+xml", ".svg"},
    {Format::kIco, "ico", "image", "image/vnd.microsoft.icon", ".ico"},
    {Format::kPdf, "pdf", "document", "application/pdf", ".pdf"},
    {Format::kMp4, "mp4", "video", "video/mp4", ".mp4 .m4v"},
    {Format::kM4a, "m4a", "audio", "audio/mp4", ".m4a"},
    {Format::kMov, "mov", "video", "video/quicktime", ".mov"},
    {Format::kWebm, "webm", "video", "video/webm", ".webm .weba"},
    {Format::kMp3, "mp3", "audio", "audio/mpeg", ".mp3"},
    {Format::kOgg, "ogg", "audio", "audio/ogg", ".ogg .oga .opus .ogv"},
    {Format::kFlac, "flac", "audio", "audio/flac", ".flac"},
    {Format::kWav, "wav", "audio", "audio/wav", ".wav"},
    {Format::kVtt, "vtt", "text", "text/vtt", ".vtt"},
    {Format::kIcs, "ics", "text", "text/calendar", ".ics"},
    {Format::kZip,
     "zip",
     "archive",
     "application/zip",
     ".zip .docx .xlsx .pptx .odt .ods .odp .epub"},
    {Format::kWoff, "woff", "font", "font/woff", ".woff"},
    {Format::kWoff2, "woff2", "font", "font/woff2", ".woff2"},
    {Format::kTtf, "ttf", "font", "font/ttf", ".ttf"},
    {Format::kOtf, "otf", "font", "font/otf", ".otf"},
});

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_same(std::string_view a, std::string_view b) {
  return std::equal(
      a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

struct Mark {
  std::size_t offset;
  std::string_view bytes;
  Format format;
};

using namespace std::string_view_literals;

constexpr std::array kMarks = std::to_array<Mark>({
    {0, "\xff\xd8\xff"sv, Format::kJpeg},
    {0, "\x89PNG\r\n\x1a\n"sv, Format::kPng},
    {0, "GIF87a"sv, Format::kGif},
    {0, "GIF89a"sv, Format::kGif},
    {0, "\0\0\1\0"sv, Format::kIco},
    {0, "%PDF-"sv, Format::kPdf},
    {0, "OggS"sv, Format::kOgg},
    {0, "fLaC"sv, Format::kFlac},
    {0, "PK\3\4"sv, Format::kZip},
    {0, "PK\5\6"sv, Format::kZip},
    {0, "wOFF"sv, Format::kWoff},
    {0, "wOF2"sv, Format::kWoff2},
    {0, "\0\1\0\0"sv, Format::kTtf},
    {0, "true"sv, Format::kTtf},
    {0, "OTTO"sv, Format::kOtf},
    {0, "ID3"sv, Format::kMp3},
});

// RIFF and ISO's boxes say further on what they hold.
std::optional<Format> of_riff(std::string_view head) {
  if (!head.starts_with("RIFF") || head.size() < 16) return std::nullopt;
  std::string_view form = head.substr(8, 4);
  if (form == "WEBP") return Format::kWebp;
  return form == "WAVE" ? std::optional(Format::kWav) : std::nullopt;
}

std::optional<Format> of_brand(std::string_view head) {
  if (head.size() < 16 || head.substr(4, 4) != "ftyp") return std::nullopt;
  std::string_view brand = head.substr(8, 4);
  if (brand == "avif" || brand == "avis") return Format::kAvif;
  if (brand == "M4A " || brand == "M4B ") return Format::kM4a;
  if (brand == "qt  ") return Format::kMov;
  for (std::string_view known : {"isom",
                                 "iso2",
                                 "iso4",
                                 "iso5",
                                 "iso6",
                                 "mp41",
                                 "mp42",
                                 "avc1",
                                 "M4V ",
                                 "dash",
                                 "MSNV",
                                 "f4v "}) {
    if (brand == known) return Format::kMp4;
  }
  return std::nullopt;
}

std::optional<Format> of_matroska(std::string_view head) {
  bool is_matroska = head.starts_with("\x1a\x45\xdf\xa3");
  bool is_webm = is_matroska && head.substr(0, 64).find("webm") != std::string_view::npos;
  return is_webm ? std::optional(Format::kWebm) : std::nullopt;
}

// A frame's head of MPEG audio, layer 3, and where it ends another.
bool is_mp3_frame(std::string_view head) {
  if (head.size() < 4 || head[0] != '\xff') return false;
  auto second = static_cast<unsigned char>(head[1]), third = static_cast<unsigned char>(head[2]);
  bool is_layer_3 = (second & 0xe6) == 0xe2 && (second & 0x18) != 0x08;
  return is_layer_3 && (third >> 4) != 0 && (third >> 4) != 15 && (third >> 2 & 3) != 3;
}

std::string_view without_mark(std::string_view text) {
  return text.starts_with("\xef\xbb\xbf") ? text.substr(3) : text;
}

bool has_line(std::string_view text, std::string_view line) {
  text = without_mark(text);
  if (!text.starts_with(line)) return false;
  return text.size() == line.size() ||
         std::string_view(" \t\r\n").find(text[line.size()]) != std::string_view::npos;
}

// Behind blanks, comments, instructions and a DOCTYPE.
std::string_view first_element(std::string_view text) {
  text = without_mark(text);
  for (;;) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    std::string_view end;
    if (text.starts_with("<!--")) {
      end = "-->";
    } else if (text.starts_with("<?")) {
      end = "?>";
    } else if (text.starts_with("<!")) {
      std::size_t close = std::min(text.find('>'), text.size());
      bool has_subset = text.substr(0, close).find('[') != std::string_view::npos;
      end = has_subset ? "]>" : ">";
    } else {
      return text;
    }
    std::size_t at = text.find(end);
    if (at == std::string_view::npos) return {};
    text.remove_prefix(at + end.size());
  }
}

bool is_element(std::string_view text, std::string_view name) {
  std::string_view element = first_element(text);
  if (element.size() < name.size() + 2 || element[0] != '<') return false;
  std::string_view own = element.substr(1, element.find_first_of(" \t\r\n/>", 1) - 1);
  own.remove_prefix(own.rfind(':') + 1);
  return is_same(own, name);
}

}  // namespace

bool FileType::has_extension(std::string_view extension) const {
  std::string_view rest = extensions;
  while (!rest.empty()) {
    std::size_t end = std::min(rest.find(' '), rest.size());
    if (is_same(rest.substr(0, end), extension)) return true;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

std::string_view FileType::own_extension() const {
  return extensions.substr(0, extensions.find(' '));
}

std::span<const FileType> file_types() { return kTypes; }

const FileType& type_of(Format format) {
  return *std::find_if(
      kTypes.begin(), kTypes.end(), [&](const FileType& type) { return type.format == format; });
}

const FileType* find_type(std::string_view name) {
  auto found = std::find_if(
      kTypes.begin(), kTypes.end(), [&](const FileType& type) { return type.name == name; });
  return found == kTypes.end() ? nullptr : &*found;
}

const FileType* type_of_extension(std::string_view extension) {
  auto found = std::find_if(kTypes.begin(), kTypes.end(), [&](const FileType& type) {
    return type.has_extension(extension);
  });
  return found == kTypes.end() ? nullptr : &*found;
}

const FileType* type_of_content(const ByteSource& source) {
  auto read = source.read(0, kLookedAt);
  if (!read) return nullptr;
  std::string_view head = *read;
  for (const Mark& mark : kMarks) {
    if (head.substr(std::min(mark.offset, head.size()), mark.bytes.size()) == mark.bytes) {
      return &type_of(mark.format);
    }
  }
  for (auto* look : {of_riff, of_brand, of_matroska}) {
    if (auto format = look(head)) return &type_of(*format);
  }
  if (is_mp3_frame(head)) return &type_of(Format::kMp3);
  if (has_line(head, "WEBVTT")) return &type_of(Format::kVtt);
  if (has_line(head, "BEGIN:VCALENDAR")) return &type_of(Format::kIcs);
  return is_element(head, "svg") ? &type_of(Format::kSvg) : nullptr;
}

std::string_view foreign_type(const ByteSource& source) {
  auto read = source.read(0, kLookedAt);
  if (!read) return "";
  std::string_view head = *read;
  if (head.empty()) return "nothing";
  if (head.starts_with("\x7f"
                       "ELF") ||
      head.starts_with("MZ") || head.starts_with("#!")) {
    return "a program";
  }
  for (std::string_view name : {"html", "head", "body", "script"}) {
    if (is_element(head, name)) return "HTML";
  }
  if (first_element(head).starts_with('<')) return "XML";
  bool is_text = utf8_prefix(head) + 4 > head.size() && head.find('\0') == std::string_view::npos;
  return is_text ? "text" : "";
}

}  // namespace stet::image

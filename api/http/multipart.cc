#include "api/http/multipart.h"

#include <algorithm>

#include "api/http/headers.h"
#include "api/http/url.h"
#include "storage/base/utf8.h"

namespace stet::http {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kBoundaryBytesMax = 70;  // RFC 2046
constexpr std::size_t kWindowBytes = std::size_t{64} << 10;
constexpr std::size_t kPaddingBytesMax = 64;  // blanks behind a boundary
constexpr std::string_view kLineEnd = "\r\n";

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

// Takes `"a \"b\""` off the text; none where it does not end. Browsers escape quotes alone, and
// some send backslashes of paths as they are.
std::optional<std::string> take_quoted(std::string_view& text) {
  std::string value;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') {
      text.remove_prefix(i + 1);
      return value;
    }
    bool is_escape = text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '"';
    if (is_escape) ++i;
    value += text[i];
  }
  return std::nullopt;
}

// "UTF-8'en'a%20b" (RFC 8187).
std::optional<std::string> decoded_extended(std::string_view value) {
  std::size_t first = value.find('\''), second = value.find('\'', first + 1);
  if (first == kNone || second == kNone) return std::nullopt;
  if (!equal_without_case(value.substr(0, first), "utf-8")) return std::nullopt;
  auto decoded = percent_decode(value.substr(second + 1));
  return decoded && is_utf8(*decoded) ? std::optional(*std::move(decoded)) : std::nullopt;
}

// Where a text next stands in a source, read a window at a time.
class Finder {
 public:
  Finder(const ByteSource& source, std::string needle)
      : source_(source), needle_(std::move(needle)) {}

  // None: nowhere from `at` on.
  Result<std::optional<std::uint64_t>> find(std::uint64_t at) {
    while (at + needle_.size() <= source_.size()) {
      TRY(look_at(at));
      std::size_t found = window_.find(needle_, static_cast<std::size_t>(at - begin_));
      if (found != kNone) return std::optional(begin_ + found);
      at = begin_ + window_.size() - needle_.size() + 1;
    }
    return std::optional<std::uint64_t>();
  }

 private:
  Status look_at(std::uint64_t at) {
    bool is_there = at >= begin_ && at + needle_.size() <= begin_ + window_.size();
    if (is_there) return {};
    begin_ = at;
    window_ = TRY(source_.read(at, kWindowBytes));
    return {};
  }

  const ByteSource& source_;
  const std::string needle_;
  std::uint64_t begin_ = 0;
  std::string window_;
};

struct Boundary {
  std::uint64_t begin = 0;  // where the content before it ends
  std::uint64_t end = 0;    // behind its line
  bool is_last = false;
};

class Parser {
 public:
  Parser(const ByteSource& body, std::string_view boundary, const MultipartLimits& limits)
      : body_(body),
        limits_(limits),
        delimiter_(std::string(kLineEnd) + "--" + std::string(boundary)),
        finder_(body, delimiter_) {}

  Result<std::vector<Part>> run() {
    auto first = TRY(first_boundary());
    if (!first) return invalid_input("the body does not begin with its boundary");
    Boundary at = *first;
    while (!at.is_last) {
      if (parts_.size() == limits_.parts_max) {
        return invalid_input("the body has more than " + std::to_string(limits_.parts_max) +
                             " parts");
      }
      Part part = TRY(head_of(at.end));
      // The line end of an empty head may be that of an empty content's boundary too.
      auto next = TRY(next_boundary(part.offset >= 2 ? part.offset - 2 : 0, part.offset));
      if (!next) return fault("does not end: the body was cut off");
      part.size = std::max(next->begin, part.offset) - part.offset;
      parts_.push_back(std::move(part));
      at = *next;
    }
    return std::move(parts_);
  }

 private:
  Error fault(const std::string& what) const {
    return invalid_input("part " + std::to_string(parts_.size() + 1) + " of the body " + what);
  }

  // At the very beginning the boundary has no line end before it.
  Result<std::optional<Boundary>> first_boundary() {
    std::string_view bare = std::string_view(delimiter_).substr(kLineEnd.size());
    std::string begin = TRY(body_.read(0, bare.size()));
    if (begin == bare) {
      auto boundary = TRY(line_of(0, bare.size()));
      if (boundary) return boundary;
    }
    return next_boundary(0, 0);
  }

  // Of those at `from` or behind it; none: there is none.
  Result<std::optional<Boundary>> next_boundary(std::uint64_t from, std::uint64_t content) {
    for (std::uint64_t at = from;; ++at) {
      auto found = TRY(finder_.find(at));
      if (!found) return std::optional<Boundary>();
      auto boundary = TRY(line_of(*found, delimiter_.size()));
      bool is_good = boundary && boundary->end >= content;
      if (is_good) return boundary;
      at = *found;
    }
  }

  // The rest of the boundary's line; none: it is another that only begins like it.
  Result<std::optional<Boundary>> line_of(std::uint64_t begin, std::size_t size) {
    std::string rest = TRY(body_.read(begin + size, kPaddingBytesMax + 2));
    Boundary boundary{.begin = begin, .end = begin + size, .is_last = rest.starts_with("--")};
    if (boundary.is_last) return std::optional(boundary);
    std::size_t blanks = 0;
    while (blanks < rest.size() && is_blank(rest[blanks])) ++blanks;
    if (rest.compare(blanks, kLineEnd.size(), kLineEnd) != 0) return std::optional<Boundary>();
    boundary.end += blanks + kLineEnd.size();
    return std::optional(boundary);
  }

  Result<Part> head_of(std::uint64_t at) {
    std::string head = TRY(body_.read(at, limits_.head_bytes_max));
    std::size_t end = head.starts_with(kLineEnd) ? 0 : head.find("\r\n\r\n");
    if (end == kNone) {
      return fault("has a head without an end within " + std::to_string(limits_.head_bytes_max) +
                   " bytes");
    }
    Part part;
    part.offset = at + end + (end == 0 ? 2 : 4);
    bool is_named = false;
    std::string_view rest = std::string_view(head).substr(0, end);
    while (!rest.empty()) {
      std::size_t line_end = rest.find(kLineEnd);
      std::string_view line = rest.substr(0, line_end);
      rest.remove_prefix(line_end == kNone ? rest.size() : line_end + kLineEnd.size());
      TRY(take_field(line, part, is_named));
    }
    if (!is_named) return fault("has no Content-Disposition: form-data with a name");
    return part;
  }

  Status take_field(std::string_view line, Part& part, bool& is_named) const {
    std::size_t colon = line.find(':');
    bool is_field = colon != kNone && colon > 0 && !is_blank(line.front()) && is_utf8(line) &&
                    line.find_first_of(std::string_view("\r\n\0", 3)) == kNone;
    if (!is_field) return fault("has a header line that is no UTF-8 field on one line");
    std::string name = lower(line.substr(0, colon));
    std::string_view value = trimmed(line.substr(colon + 1));
    if (name == "content-disposition") {
      if (is_named) return fault("has two Content-Dispositions");
      is_named = true;
      return take_disposition(value, part);
    }
    if (name == "content-type") {
      if (lower(value).starts_with("multipart/")) return fault("has parts of its own");
      part.type = value;
    }
    if (name == "content-transfer-encoding") {
      std::string encoding = lower(value);
      bool is_plain = encoding == "binary" || encoding == "8bit" || encoding == "7bit";
      if (!is_plain) return fault("is encoded as '" + printable(value, 40) + "'; send its bytes");
    }
    return {};
  }

  Status take_disposition(std::string_view value, Part& part) const {
    auto parameters = parse_parameters(value);
    bool is_form = lower(trimmed(value.substr(0, value.find(';')))) == "form-data";
    auto name = parameters ? parameter_of(*parameters, "name") : std::nullopt;
    if (!is_form || !name)
      return fault("has a Content-Disposition that is no form-data with a name");
    part.name = *std::move(name);
    part.filename = parameter_of(*parameters, "filename");
    return {};
  }

  const ByteSource& body_;
  const MultipartLimits limits_;
  const std::string delimiter_;
  Finder finder_;
  std::vector<Part> parts_;
};

}  // namespace

Result<std::unique_ptr<ByteSource>> source_of(const Body& body) {
  if (body.is_in_memory()) {
    return std::unique_ptr<ByteSource>(std::make_unique<MemorySource>(body.memory()));
  }
  // The body keeps its file open.
  const int descriptor = TRY(body.as_file())->descriptor();
  return std::unique_ptr<ByteSource>(std::make_unique<FileSource>(descriptor, body.size()));
}

std::optional<Parameters> parse_parameters(std::string_view field) {
  Parameters plain, extended;
  std::string_view rest = field.substr(std::min(field.find(';'), field.size()));
  while (!(rest = trimmed(rest)).empty()) {
    if (rest.front() != ';') return std::nullopt;
    rest = trimmed(rest.substr(1));
    if (rest.empty()) break;
    std::size_t sign = rest.find('=');
    if (sign == kNone || sign == 0) return std::nullopt;
    std::string name = lower(trimmed(rest.substr(0, sign)));
    rest = trimmed(rest.substr(sign + 1));
    std::string value;
    if (rest.starts_with('"')) {
      auto quoted = take_quoted(rest);
      if (!quoted) return std::nullopt;
      value = *std::move(quoted);
    } else {
      std::size_t end = std::min(rest.find(';'), rest.size());
      value = trimmed(rest.substr(0, end));
      rest.remove_prefix(end);
    }
    bool is_extended = name.ends_with('*');
    if (is_extended) name.pop_back();
    Parameters& list = is_extended ? extended : plain;
    if (parameter_of(list, name)) return std::nullopt;
    if (!is_extended) {
      list.emplace_back(std::move(name), std::move(value));
    } else if (auto decoded = decoded_extended(value)) {
      list.emplace_back(std::move(name), *std::move(decoded));
    }
  }
  for (auto& [name, value] : plain) {
    if (!parameter_of(extended, name)) extended.emplace_back(std::move(name), std::move(value));
  }
  return extended;
}

std::optional<std::string> parameter_of(const Parameters& parameters, std::string_view name) {
  auto found = std::find_if(parameters.begin(), parameters.end(), [&](const auto& parameter) {
    return parameter.first == name;
  });
  return found == parameters.end() ? std::nullopt : std::optional(found->second);
}

Result<std::string> boundary_of(std::string_view content_type) {
  std::string type = lower(trimmed(content_type.substr(0, content_type.find(';'))));
  if (type != "multipart/form-data") return invalid_input("the body is no multipart/form-data");
  auto parameters = parse_parameters(content_type);
  auto boundary = parameters ? parameter_of(*parameters, "boundary") : std::nullopt;
  bool is_good =
      boundary && !boundary->empty() && boundary->size() <= kBoundaryBytesMax &&
      !boundary->ends_with(' ') &&
      std::all_of(boundary->begin(), boundary->end(), [](char c) { return c >= ' ' && c < 0x7f; });
  if (is_good) return *std::move(boundary);
  return invalid_input("multipart/form-data needs a boundary of 1 to 70 printable characters");
}

Result<std::vector<Part>> parse_multipart(const ByteSource& body,
                                          std::string_view boundary,
                                          const MultipartLimits& limits) {
  return Parser(body, boundary, limits).run();
}

}  // namespace stet::http

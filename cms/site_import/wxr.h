// What WordPress exports (WXR, "WordPress eXtended RSS", versions 1.0 to 1.2): authors, posts,
// pages, attachments and what else lies among them, as values with the lines that they stand in.
//
// Names are on one line and without markup; texts are WordPress's own HTML, without control
// characters. Times are as they are written: a wall clock of that site, and the same in UTC.
// Values; any thread. Limits: below; what exceeds one is cut or left out, and told.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/site_import/told.h"
#include "storage/base/result.h"
#include "storage/base/time.h"

namespace stet::site_import {

inline constexpr std::size_t kWxrMebibytesMax = 128;
inline constexpr std::size_t kWxrElementsMax = 5'000'000;
inline constexpr std::size_t kWxrItemsMax = 50'000;
inline constexpr std::size_t kWxrBodyBytesMax = std::size_t{4} << 20;
inline constexpr std::size_t kWxrValueBytesMax = 64 * 1024;  // of a custom field
inline constexpr std::size_t kWxrTermsMax = 200;             // of an item
inline constexpr std::size_t kWxrFieldsMax = 1000;           // likewise

struct WxrAuthor {
  Place place;
  std::string login, name;
  bool has_mail = false;  // the address itself is not read
};

struct WxrTerm {
  enum class Kind { kCategory, kTag };
  Kind kind = Kind::kCategory;
  std::string slug, name;
};

struct WxrField {
  Place place;
  std::string key, value;
};

struct WxrItem {
  Place place, body_place, excerpt_place;
  std::string id, type, status, title, link, author, slug, parent, attachment;
  std::string body, excerpt;
  std::optional<CivilTime> wall, utc;  // when it was published
  bool has_password = false, is_sticky = false;
  std::size_t comments = 0;  // and pings; without spam
  std::vector<WxrTerm> terms;
  std::vector<WxrField> fields;  // wp:postmeta
};

struct WxrExport {
  std::string title, description, language, address;  // of the site: "https://example.org/blog"
  std::vector<WxrAuthor> authors;
  std::vector<WxrItem> items;
  std::vector<Finding> findings;
};

// kInvalidInput, with the mend: no XML that may be read, or none that WordPress exports. Threads:
// pure. Cost: linear. Input may be any bytes.
Result<WxrExport> read_wxr(std::string_view bytes);

}  // namespace stet::site_import

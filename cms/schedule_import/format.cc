#include "cms/schedule_import/format.h"

#include <string>

#include "cms/schedule_import/markup.h"

namespace stet::schedule_import {

std::optional<Format> format_named(std::string_view name) {
  if (name == "page") return Format::kPage;
  if (name == "xml") return Format::kXml;
  if (name == "json") return Format::kJson;
  if (name == "ics") return Format::kCalendar;
  if (name == "csv") return Format::kCsv;
  return std::nullopt;
}

Format format_of(std::string_view path, std::string_view bytes) {
  std::size_t dot = path.rfind('.');
  std::string extension = dot == path.npos ? "" : lower_ascii(path.substr(dot + 1));
  if (auto format = format_named(extension)) return *format;
  if (extension == "tsv") return Format::kCsv;
  if (extension == "ical") return Format::kCalendar;
  if (extension == "md" || extension == "markdown" || extension == "html" || extension == "htm") {
    return Format::kPage;
  }
  std::string_view start = trimmed(bytes.substr(0, 200));
  if (start.starts_with("<?xml") || start.starts_with("<schedule")) return Format::kXml;
  if (start.starts_with('{')) return Format::kJson;
  if (start.starts_with("BEGIN:VCALENDAR")) return Format::kCalendar;
  return Format::kPage;
}

}  // namespace stet::schedule_import
